//! How an attempt can end.

use lexilingo_shared::job::JobError;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The job has ended, through this attempt or without it.
    Done,
    /// The attempt failed; the job is queued again.
    RetryAfter(Duration),
    /// The job has failed for good; its entry is kept aside with the reason.
    GiveUp(JobError),
}
