//! Job records, their events and the outbox: what clients see of a job.
//!
//! Every write by a worker names the fence of its delivery and is refused once a later delivery has started, so that a
//! worker that was paused and comes back can change nothing.

use crate::{
    id::{JobId, Tenant},
    job::{JobError, JobEvent, JobInput, JobRecord, NewJob, OutboxEntry},
    queue::lanes::Delivery,
    status::{JobStatus, Stage},
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use std::time::Duration;
use tokio::sync::watch;

/// How long it is told that a job existed, once its record has gone.
pub const GONE_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long a claim of an idempotency key holds that nobody settles.
pub const UNSETTLED_FOR: Duration = Duration::from_secs(60);
/// Events that are kept of one job.
pub const MOST_EVENTS: u64 = 200;
/// Turns of a session that its next job looks back on, and for how long.
pub const PAST_TURNS: usize = 5;
pub const PAST_FOR: Duration = Duration::from_secs(24 * 3600);
/// Successes whose documents may wait, about; past it the oldest are given up and counted.
pub const MOST_UNWRITTEN: u64 = 10_000;
/// Number of events from which on partial answers are left out. Their end supersedes them: rather leave some out than
/// push the beginning off the history.
pub const PARTIALS_UNTIL_EVENT: u64 = 150;

/// What is known under a job id.
#[derive(Debug)]
pub enum Lookup {
    Found(Box<JobRecord>),
    /// It existed; its record has gone (answered for `GONE_FOR` after that).
    Gone,
    Unknown,
}

/// Answer to a delivery that is about to be worked on.
#[derive(Debug)]
pub enum Started {
    /// The job is now processing under this delivery's fence. `past` are the session's last turns as they were finished,
    /// oldest first.
    Run { record: Box<JobRecord>, input: JobInput, past: Vec<String> },
    /// It has already ended (or is gone): only the queue entry is left to settle.
    Ended(JobStatus),
    /// No such job was ever created. Record and entry are written at the same time, so it may still come.
    NotThere,
    /// A later delivery has started.
    Stale,
    /// The deadline has passed; the job has now ended as expired.
    Expired,
    /// The record is there but its input is not.
    InputMissing,
}

/// Whether the delivery still holds its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    Held,
    /// The job ended meanwhile, e.g. a client canceled it.
    Ended(JobStatus),
    /// A later delivery has started, or the record is gone.
    Lost,
}

/// A change of a running job.
#[derive(Debug, Clone)]
pub enum Progress {
    Stage(Stage),
    /// Part of an answer, a JSON object.
    Partial(String),
    /// The attempt failed and will be repeated: back to queued, one more failure.
    Retrying,
    /// The worker shuts down: back to queued, no failure counted.
    HandedBack,
}

/// The end of a job.
#[derive(Debug, Clone)]
pub enum Finish {
    Succeeded(Success),
    Failed(JobError),
    Expired,
}

/// What a job that succeeded leaves.
#[derive(Debug, Clone, Default)]
pub struct Success {
    /// The result object as JSON.
    pub result: String,
    /// What the session's next jobs look back on: JSON with nothing of the learner's text.
    pub turn: String,
    /// The line for the interaction log, a JSON object. It stays with the job until its documents are written.
    pub interaction: String,
}

/// A success whose documents are still to be written, with all that they are made of.
#[derive(Debug)]
pub struct Unwritten {
    pub record: Box<JobRecord>,
    pub input: JobInput,
    pub interaction: String,
}

/// How many successes wait for their documents, and how many were given up because too many waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: u64,
    pub given_up: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancel {
    Canceled,
    /// It had already ended in this state.
    TooLate(JobStatus),
    Gone,
    Unknown,
}

/// One use of an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07).
#[derive(Debug, Clone)]
pub struct IdempotencyClaim {
    /// Hash of scope, route and key.
    pub key: String,
    /// SHA-256 of the canonical request.
    pub fingerprint: String,
    pub job: JobId,
    /// How long the key is remembered once settled.
    pub keep: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdempotencyOutcome {
    /// First use: go on with `job`, then settle.
    Fresh,
    /// The same request made this job before.
    Replay(JobId),
    /// The key was used with another request.
    Mismatch,
    /// Another request with the key is still being taken in.
    InProgress,
}

/// What was told of one job so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Changes {
    pub all: u64,
    /// Those that may have been its end.
    pub endings: u64,
}

impl Changes {
    pub fn add(&mut self, may_be_end: bool) {
        self.all += 1;
        self.endings += u64::from(may_be_end);
    }
}

/// Wakes on every change of one job. Subscribe first, read the record second, then wait.
#[derive(Debug)]
pub struct JobWatch {
    pub(crate) changes: watch::Receiver<Changes>,
    endings_seen: u64,
}

impl JobWatch {
    pub fn new(changes: watch::Receiver<Changes>) -> JobWatch {
        let endings_seen = changes.borrow().endings;
        JobWatch { changes, endings_seen }
    }

    /// Waits for the next change, at most `patience`. A change may be told late or twice, so read the record after.
    pub async fn changed(&mut self, patience: Duration) {
        if let Ok(Err(_closed)) = tokio::time::timeout(patience, self.changes.changed()).await {
            tokio::time::sleep(patience).await;
        }
    }

    /// Waits until the job may have ended, at most `patience`: whoever wants nothing but the result need not read the
    /// record at every step.
    pub async fn ended(&mut self, patience: Duration) {
        let seen = self.endings_seen;
        let ending = self.changes.wait_for(|changes| changes.endings > seen);
        match tokio::time::timeout(patience, ending).await.map(|told| told.map(|now| now.endings)) {
            Ok(Ok(endings)) => self.endings_seen = endings,
            Ok(Err(_closed)) => tokio::time::sleep(patience).await,
            Err(_elapsed) => {}
        }
    }
}

#[async_trait]
pub trait Jobs: Send + Sync + 'static {
    /// Writes the record (status queued), its input and the event `queued`. Repeating it with the same id changes
    /// nothing. Not yet in a lane: `Lanes::push` comes next.
    async fn create(&self, job: &NewJob) -> StoreResult<()>;

    /// Takes back a record whose entry was refused by the lane; no trace stays.
    async fn forget(&self, tenant: &Tenant, id: &JobId) -> StoreResult<()>;

    /// The record, if it belongs to the tenant. A job past its deadline that has not ended is ended as expired first.
    async fn get(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Lookup>;

    /// Events with `seq > after`, oldest first. `None` when there is no such job.
    async fn events(
        &self,
        tenant: &Tenant,
        id: &JobId,
        after: u64,
    ) -> StoreResult<Option<Vec<JobEvent>>>;

    /// Subscribes to changes of one job.
    async fn watch(&self, id: &JobId) -> StoreResult<JobWatch>;

    /// Ends a job as canceled unless it has ended.
    async fn cancel(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Cancel>;

    async fn claim_key(
        &self,
        claim: &IdempotencyClaim,
        now: Timestamp,
    ) -> StoreResult<IdempotencyOutcome>;

    /// Ends a claim: `accepted` remembers the job for `keep`, otherwise the key is free again. A claim that nobody
    /// settles frees itself after `UNSETTLED_FOR`.
    async fn settle_key(
        &self,
        claim: &IdempotencyClaim,
        accepted: bool,
        now: Timestamp,
    ) -> StoreResult<()>;

    /// Begins a delivery: queued or processing → processing, fence raised to the delivery's, event `started`.
    async fn start(&self, delivery: &Delivery, now: Timestamp) -> StoreResult<Started>;

    /// Notes progress, if the delivery still holds the job.
    async fn advance(
        &self,
        delivery: &Delivery,
        progress: &Progress,
        now: Timestamp,
    ) -> StoreResult<Hold>;

    /// Ends the job: state, result or error, final event and outbox entry in one step, and with a success the session's
    /// turn. The input goes; a success keeps it until its documents are `written`. Repeating it changes nothing and
    /// answers `Ended`.
    async fn finish(
        &self,
        delivery: &Delivery,
        finish: &Finish,
        now: Timestamp,
    ) -> StoreResult<Hold>;

    /// Up to `limit` successes that ended before `until` and whose documents are still to be written, oldest first.
    async fn unwritten(&self, until: Timestamp, limit: usize) -> StoreResult<Vec<Unwritten>>;

    /// Counts the successes that ended before `until` and whose documents are still to be written.
    async fn backlog(&self, until: Timestamp) -> StoreResult<Backlog>;

    /// Notes that the documents of these successes are written; answers those whose record has gone meanwhile.
    async fn written(&self, jobs: &[JobId]) -> StoreResult<Vec<JobId>>;

    /// Ends up to `limit` jobs whose deadline has passed as expired; returns how many.
    async fn expire_due(&self, now: Timestamp, limit: usize) -> StoreResult<usize>;

    /// Up to `limit` unacknowledged outbox entries, oldest first.
    async fn outbox(&self, limit: usize) -> StoreResult<Vec<OutboxEntry>>;

    async fn acknowledge(&self, entries: &[OutboxEntry]) -> StoreResult<()>;

    /// Removes every job of the learner with input, result and events; running ones are canceled. Returns which.
    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
        now: Timestamp,
    ) -> StoreResult<Vec<JobId>>;
}
