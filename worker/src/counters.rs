//! The fleet-wide counters of this worker: gathered here, sent soon after.

use lexilingo_shared::{
    queue::Fleet,
    tally::Tally,
    time::{Clock, SystemClock},
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tracing::debug;

/// Counters of this much time go out together.
const GATHER: Duration = Duration::from_millis(20);

/// What waits to be sent.
#[derive(Debug, Default)]
struct Gathered {
    tally: Tally,
    /// Sessions that had a turn.
    sessions: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub struct Counters {
    waiting: Mutex<Gathered>,
    added: Notify,
}

impl Counters {
    pub fn merge(&self, tally: Tally) {
        self.waiting().tally.merge(tally);
        self.added.notify_one();
    }

    /// Notes that a session (`tenant/session`) had a turn.
    pub fn touch(&self, session: String) {
        self.waiting().sessions.insert(session);
    }

    fn waiting(&self) -> MutexGuard<'_, Gathered> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what was gathered until `stop`, then what is left.
    pub async fn run(&self, fleet: Arc<dyn Fleet>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            tokio::select! {
                () = self.added.notified() => {}
                () = stop.cancelled() => break,
            }
            // Whoever counts next within this time travels along.
            tokio::select! {
                () = tokio::time::sleep(GATHER) => {}
                () = stop.cancelled() => break,
            }
            self.send(fleet.as_ref()).await;
        }
        self.send(fleet.as_ref()).await;
    }

    async fn send(&self, fleet: &dyn Fleet) {
        let gathered = std::mem::take(&mut *self.waiting());
        for session in &gathered.sessions {
            // The count of active sessions is a figure for operators, not a record: it may miss one.
            let _ = fleet.touch_session(session, SystemClock.now()).await;
        }
        if gathered.tally.is_empty() {
            return;
        }
        if let Err(e) = fleet.add(&gathered.tally).await {
            debug!(error = %e, "counters wait for the store");
            self.waiting().tally.merge(gathered.tally);
        }
    }
}
