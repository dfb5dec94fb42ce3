//! How an attempt can end.

use lexilingo_shared::{error_code::ErrorCode, job::JobError};
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

impl Outcome {
    pub fn give_up(code: ErrorCode, detail: impl Into<String>) -> Self {
        Outcome::GiveUp(JobError { code, detail: detail.into() })
    }
}
