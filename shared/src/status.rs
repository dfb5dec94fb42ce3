//! The states of a job and the moves between them.
//!
//! ```text
//! queued ⇄ processing → succeeded | failed
//!    └──────────┴─────→ canceled | expired
//! ```
//! A processing job goes back to queued when its attempt failed and is retried, when its worker died, or when its
//! worker is shut down. A final state is never left.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobStatus {
    Queued,
    Processing,
    Succeeded,
    Failed,
    Canceled,
    Expired,
}

impl JobStatus {
    pub const ALL: [JobStatus; 6] = [
        JobStatus::Queued,
        JobStatus::Processing,
        JobStatus::Succeeded,
        JobStatus::Failed,
        JobStatus::Canceled,
        JobStatus::Expired,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            JobStatus::Queued => "queued",
            JobStatus::Processing => "processing",
            JobStatus::Succeeded => "succeeded",
            JobStatus::Failed => "failed",
            JobStatus::Canceled => "canceled",
            JobStatus::Expired => "expired",
        }
    }

    pub fn is_final(self) -> bool {
        !matches!(self, JobStatus::Queued | JobStatus::Processing)
    }

    /// Whether a job in this state may move to `next`.
    pub fn may_become(self, next: JobStatus) -> bool {
        match self {
            JobStatus::Queued => {
                matches!(next, JobStatus::Processing | JobStatus::Canceled | JobStatus::Expired)
            }
            JobStatus::Processing => next != JobStatus::Processing,
            _ => false,
        }
    }
}

impl fmt::Display for JobStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no state.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a job state")]
pub struct UnknownStatus;

impl FromStr for JobStatus {
    type Err = UnknownStatus;

    fn from_str(s: &str) -> Result<Self, UnknownStatus> {
        JobStatus::ALL.into_iter().find(|status| status.as_str() == s).ok_or(UnknownStatus)
    }
}

/// Which of the five phases a processing job is in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    TaskAnalysis,
    ResourceAllocation,
    Execution,
    Aggregation,
    StateManagement,
}

impl Stage {
    pub const ALL: [Stage; 5] = [
        Stage::TaskAnalysis,
        Stage::ResourceAllocation,
        Stage::Execution,
        Stage::Aggregation,
        Stage::StateManagement,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Stage::TaskAnalysis => "task_analysis",
            Stage::ResourceAllocation => "resource_allocation",
            Stage::Execution => "execution",
            Stage::Aggregation => "aggregation",
            Stage::StateManagement => "state_management",
        }
    }

    /// Phases done before this one began, of five.
    pub fn done_before(self) -> u32 {
        self as u32
    }
}

impl FromStr for Stage {
    type Err = UnknownStatus;

    fn from_str(s: &str) -> Result<Self, UnknownStatus> {
        Stage::ALL.into_iter().find(|stage| stage.as_str() == s).ok_or(UnknownStatus)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_final_state_is_never_left() {
        for from in JobStatus::ALL.into_iter().filter(|status| status.is_final()) {
            for to in JobStatus::ALL {
                assert!(!from.may_become(to), "{from} → {to}");
            }
        }
    }

    #[test]
    fn a_queued_job_cannot_succeed_without_being_processed() {
        assert!(!JobStatus::Queued.may_become(JobStatus::Succeeded));
        assert!(JobStatus::Processing.may_become(JobStatus::Queued));
    }
}
