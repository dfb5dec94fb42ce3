//! Documents that could not be written at once: kept in order, within a bound, and written behind.

use crate::effects::{self, Effects};
use lexilingo_shared::{config::Retention, store::Stores};
use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

/// Jobs whose documents may wait; the oldest are dropped past it, and counted.
const BOUND: usize = 10_000;
const RETRY: Duration = Duration::from_secs(1);

/// The waiting documents of one worker.
#[derive(Debug, Default)]
pub struct Spool {
    waiting: Mutex<VecDeque<Effects>>,
    dropped: AtomicU64,
    added: Notify,
}

impl Spool {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    pub fn push(&self, effects: Effects) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == BOUND {
            waiting.pop_front();
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
        waiting.push_back(effects);
        self.added.notify_one();
    }

    /// True while documents wait: later ones must queue up behind them to stay in order.
    pub fn is_behind(&self) -> bool {
        !self.is_empty()
    }

    pub fn len(&self) -> usize {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Jobs whose documents were dropped because the spool was full.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Writes what waits until `stop`, then once more what is left, as long as that succeeds.
    pub async fn run(&self, stores: Stores, retention: Retention, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = self.added.notified() => {}
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
            warn!(waiting = self.len(), "documents are lost with this worker");
        }
    }

    /// Writes the oldest first; false when one could not be written.
    async fn drain(&self, stores: &Stores, retention: &Retention) -> bool {
        loop {
            let next = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).front().cloned();
            let Some(effects) = next else { return true };
            match effects::write_behind(&effects, stores, retention).await {
                Ok(()) => {
                    let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                    // A full spool may have dropped the front meanwhile.
                    let job = &effects.result.metadata.job_id;
                    if waiting.front().is_some_and(|front| front.result.metadata.job_id == *job) {
                        waiting.pop_front();
                    }
                    if waiting.is_empty() {
                        info!("documents have caught up");
                    }
                }
                Err(e) => {
                    warn!(error = %e, waiting = self.len(), "documents cannot be written");
                    return false;
                }
            }
        }
    }
}
