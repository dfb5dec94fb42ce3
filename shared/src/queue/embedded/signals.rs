//! Wake-ups inside the process: of those who watch a job, and of workers who wait for a lane.

use crate::{
    id::JobId,
    lane::Lane,
    queue::jobs::{Changes, JobWatch},
    store::embedded::database::Write,
    time::Timestamp,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};
use tokio::sync::watch;

/// Watched jobs from which on those that nobody watches any more are looked for.
const PRUNE_FROM: usize = 64;

#[derive(Default)]
pub(crate) struct Signals {
    jobs: Mutex<Watched>,
    lanes: Mutex<HashMap<Lane, LaneSignal>>,
}

#[derive(Default)]
struct Watched {
    senders: HashMap<JobId, watch::Sender<Changes>>,
    prune_at: usize,
}

struct LaneSignal {
    filled: watch::Sender<u64>,
    /// The newest time that a worker named, and when it did.
    told: Option<(Timestamp, Instant)>,
}

impl Signals {
    pub(super) fn watch(&self, id: &JobId) -> JobWatch {
        let mut watched = locked(&self.jobs);
        if watched.senders.len() >= watched.prune_at.max(PRUNE_FROM) {
            watched.senders.retain(|_, sender| sender.receiver_count() > 0);
            watched.prune_at = watched.senders.len() * 2;
        }
        let sender = watched.senders.entry(id.clone()).or_default();
        JobWatch::new(sender.subscribe())
    }

    pub(super) fn job_changed(&self, id: &JobId) {
        let mut watched = locked(&self.jobs);
        if let Some(sender) = watched.senders.get(id) {
            // Reading a record costs little here: every change may be the end.
            sender.send_modify(|changes| changes.add(true));
            if sender.receiver_count() == 0 {
                watched.senders.remove(id);
            }
        }
    }

    /// A wake-up for every fill from now on.
    pub(super) fn lane_fills(&self, lane: Lane) -> watch::Receiver<u64> {
        locked(&self.lanes).entry(lane).or_default().filled.subscribe()
    }

    pub(super) fn lane_filled(&self, lane: Lane) {
        let mut lanes = locked(&self.lanes);
        lanes.entry(lane).or_default().filled.send_modify(|fills| *fills += 1);
    }

    /// Notes the time by a worker's clock.
    pub(super) fn tell_time(&self, lane: Lane, now: Timestamp) {
        locked(&self.lanes).entry(lane).or_default().told = Some((now, Instant::now()));
    }

    /// The time by the clock of the lane's workers, if one has told it: waiting has no clock of its own.
    pub(super) fn time_now(&self, lane: Lane) -> Option<Timestamp> {
        let (then, at) = locked(&self.lanes).entry(lane).or_default().told?;
        Some(then.plus(at.elapsed()))
    }
}

impl Default for LaneSignal {
    fn default() -> Self {
        LaneSignal { filled: watch::Sender::new(0), told: None }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it is held.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wakes those who watch the job, once the change is durable.
pub(super) fn wake(write: &Write<'_>, signals: &Arc<Signals>, id: &JobId) {
    let (signals, id) = (Arc::clone(signals), id.clone());
    write.after_commit(move || signals.job_changed(&id));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_that_nobody_watches_are_forgotten() {
        let signals = Signals::default();
        for random in 0..10_000 {
            signals.watch(&JobId::new(Timestamp::from_millis(1), random));
        }
        assert!(locked(&signals.jobs).senders.len() <= 2 * PRUNE_FROM);
    }

    #[test]
    fn a_watched_job_stays_watched_when_others_are_forgotten() {
        let signals = Signals::default();
        let id = JobId::new(Timestamp::from_millis(1), u128::MAX);
        let watch = signals.watch(&id);
        for random in 0..1_000 {
            signals.watch(&JobId::new(Timestamp::from_millis(1), random));
        }
        signals.job_changed(&id);
        assert!(watch.changes.has_changed().unwrap());
    }
}
