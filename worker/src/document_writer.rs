//! Writes documents behind the answers: a job ends first, and its documents follow, many jobs' at a time. Until they are
//! written the job stands in the queue store as unwritten, so that another worker can write them.

use crate::{effects, effects::Effects, input};
use lexilingo_shared::{
    config::Retention,
    id::JobId,
    queue::Unwritten,
    store::Stores,
    store_error::{StoreError, StoreResult},
    time::Clock,
};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

/// Jobs whose documents are written together.
const BATCH: usize = 256;
/// Jobs that wait in memory; those past it are found again in the queue store.
const MOST_WAITING: usize = 1_000;
/// How long jobs are gathered before they are written: a session that is busy is then written once for several turns.
const GATHER: Duration = Duration::from_millis(50);
/// Longest time that one batch may take.
const PATIENCE: Duration = Duration::from_secs(30);
const RETRY: Duration = Duration::from_secs(1);
/// Jobs that have been unwritten for so long were left by another worker, or by an earlier boot of this one.
const LEFT_BEHIND: Duration = Duration::from_secs(30);

/// The jobs of one worker whose documents are still to be written.
#[derive(Default)]
pub struct DocumentWriter {
    waiting: Mutex<VecDeque<Effects>>,
    added: Notify,
}

impl DocumentWriter {
    pub fn push(&self, effects: Effects) {
        let mut waiting = self.waiting();
        if waiting.len() < MOST_WAITING {
            waiting.push_back(effects);
            self.added.notify_one();
        }
    }

    pub fn len(&self) -> usize {
        self.waiting().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes until `stop`, then once more what is left, as long as that succeeds.
    pub async fn run(
        &self,
        stores: Stores,
        clock: Arc<dyn Clock>,
        retention: Retention,
        stop: CancellationToken,
    ) {
        let mut look_for_left = tokio::time::interval(LEFT_BEHIND / 2);
        // At the beginning all that is unwritten: what another worker is about to write does no harm when written twice.
        let mut left_for = Duration::ZERO;
        loop {
            tokio::select! {
                () = self.added.notified() => tokio::time::sleep(GATHER).await,
                _ = look_for_left.tick() => {
                    self.take_over(left_for, &stores, clock.as_ref()).await;
                    left_for = LEFT_BEHIND;
                }
                () = stop.cancelled() => break,
            }
            while !self.drain(&stores, &retention).await {
                tokio::select! {
                    () = tokio::time::sleep(RETRY) => {}
                    () = stop.cancelled() => break,
                }
            }
        }
        if !self.drain(&stores, &retention).await {
            warn!(waiting = self.len(), "documents are left to another worker");
        }
    }

    /// Takes in what nobody has written for a while, once nothing of its own waits.
    async fn take_over(&self, left_for: Duration, stores: &Stores, clock: &dyn Clock) {
        if !self.is_empty() {
            return;
        }
        let until = clock.now().minus(left_for);
        let left = match stores.jobs.unwritten(until, BATCH).await {
            Ok(left) => left,
            Err(e) => return warn!(error = %e, "jobs without documents cannot be looked for"),
        };
        for unwritten in left {
            let job = unwritten.record.id.clone();
            match rebuilt(stores, clock, unwritten).await {
                Ok(effects) => {
                    info!(job_id = job.as_str(), "documents of a job that was left are written");
                    self.push(effects);
                }
                Err(e) => warn!(job_id = job.as_str(), error = %e, "documents cannot be made"),
            }
        }
    }

    /// Writes the oldest first; false when the store is to be tried again later. After a failure jobs go one by one, so
    /// that one that can never be written holds up no other.
    async fn drain(&self, stores: &Stores, retention: &Retention) -> bool {
        let mut size = BATCH;
        loop {
            let batch = self.take(size);
            let Some(first) = batch.first() else { return true };
            let writing = tokio::time::timeout(PATIENCE, write(&batch, stores, retention)).await;
            match writing.unwrap_or_else(|_| Err(StoreError::unavailable("documents", "too slow")))
            {
                Ok(()) => {}
                Err(e) if size > 1 => {
                    self.put_back(batch);
                    warn!(error = %e, waiting = self.len(), "documents cannot be written");
                    size = 1;
                }
                Err(e @ StoreError::Corrupt { .. }) => {
                    let job = &first.result.metadata.job_id;
                    error!(job_id = job.as_str(), error = %e, "documents are given up");
                }
                Err(_) => {
                    self.put_back(batch);
                    return false;
                }
            }
        }
    }

    /// The oldest, at most `size`.
    fn take(&self, size: usize) -> Vec<Effects> {
        let mut waiting = self.waiting();
        let size = size.min(waiting.len());
        waiting.drain(..size).collect()
    }

    fn put_back(&self, batch: Vec<Effects>) {
        let mut waiting = self.waiting();
        for effects in batch.into_iter().rev() {
            waiting.push_front(effects);
        }
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Effects>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn write(batch: &[Effects], stores: &Stores, retention: &Retention) -> StoreResult<()> {
    effects::write(batch, stores.documents.as_ref(), retention).await?;
    let job = |effects: &Effects| effects.result.metadata.job_id.clone();
    let jobs: Vec<JobId> = batch.iter().map(job).collect();
    let gone = stores.jobs.written(&jobs).await?;
    for effects in batch.iter().filter(|effects| gone.contains(&job(effects))) {
        effects::undo(effects, stores).await?;
    }
    Ok(())
}

async fn rebuilt(stores: &Stores, clock: &dyn Clock, unwritten: Unwritten) -> StoreResult<Effects> {
    let Unwritten { record, input, interaction } = unwritten;
    let request = input::read(stores.blobs.as_ref(), &record.tenant, input, clock.now()).await?;
    Effects::of_record(&record, request, &interaction)
}
