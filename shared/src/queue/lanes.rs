//! Lanes: queues of envelopes with leases. An entry that was leased comes back when its worker is lost, never because
//! time has passed.

use crate::{
    id::{JobId, WorkerId},
    job::Envelope,
    lane::Lane,
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use std::time::Duration;

/// How long dead entries are kept.
pub const DEAD_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// One handing-out of one entry.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub lane: Lane,
    pub worker: WorkerId,
    /// The entry's id; the same as the job's.
    pub entry: JobId,
    /// Rises with every delivery of the entry, from 1.
    pub fence: u64,
    /// Deliveries before this one that ended with their worker.
    pub crashes: u32,
    /// The envelope, or the reason why it cannot be read.
    pub envelope: Result<Envelope, String>,
}

/// What becomes of a delivered entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    Done,
    /// Again at this time.
    Retry(Timestamp),
    /// Again at once, at the head of the lane.
    HandBack,
    /// Kept aside with the reason, for `DEAD_FOR`.
    Dead(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pushed {
    Accepted,
    /// The lane holds as many waiting entries as it may.
    Full {
        waiting: u64,
    },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaneStats {
    /// Entries that a worker could take now.
    pub waiting: u64,
    /// Entries that wait for their retry.
    pub scheduled: u64,
    /// Entries that are leased.
    pub running: u64,
    /// Entries kept aside.
    pub dead: u64,
    /// Age of the entry at the head.
    pub oldest: Option<Duration>,
}

/// An entry taken from a lost worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    pub entry: JobId,
    pub lane: Lane,
    /// Deliveries of it that ended with their worker, this one included.
    pub crashes: u32,
}

#[async_trait]
pub trait Lanes: Send + Sync + 'static {
    /// Adds an entry at the tail unless `max_waiting` are waiting. Pushing an id that is there already changes nothing.
    async fn push(&self, lane: Lane, envelope: &Envelope, max_waiting: u64) -> StoreResult<Pushed>;

    /// Takes up to `most` entries from the head, due retries first.
    async fn lease_up_to(
        &self,
        most: usize,
        lane: Lane,
        worker: &WorkerId,
        now: Timestamp,
    ) -> StoreResult<Vec<Delivery>>;

    /// Takes the entry at the head, if there is one.
    async fn lease(
        &self,
        lane: Lane,
        worker: &WorkerId,
        now: Timestamp,
    ) -> StoreResult<Option<Delivery>> {
        Ok(self.lease_up_to(1, lane, worker, now).await?.pop())
    }

    /// Returns when the lane may have work, or after `at_most`.
    async fn wait_for_work(&self, lane: Lane, at_most: Duration);

    /// Ends a delivery. Nothing happens when the worker no longer holds it under this fence.
    async fn settle(
        &self,
        delivery: &Delivery,
        settlement: &Settlement,
        now: Timestamp,
    ) -> StoreResult<()>;

    /// Says that the worker lives and serves these lanes.
    async fn beat(&self, worker: &WorkerId, lanes: &[Lane], now: Timestamp) -> StoreResult<()>;

    /// The worker goes: what it still holds returns to the head of its lane, with no crash counted.
    async fn leave(&self, worker: &WorkerId, lanes: &[Lane], now: Timestamp) -> StoreResult<()>;

    /// Takes back what workers hold that have not beaten since `lost_before`; each entry goes to the head of its lane
    /// with one more crash.
    async fn recover(
        &self,
        lanes: &[Lane],
        lost_before: Timestamp,
        now: Timestamp,
    ) -> StoreResult<Vec<Recovered>>;

    async fn stats(&self, lane: Lane, now: Timestamp) -> StoreResult<LaneStats>;
}
