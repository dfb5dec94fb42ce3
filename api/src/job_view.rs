//! A job as clients see it.

use crate::{
    eta::Eta,
    problem::{Occurrence, Problem},
};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::JobId,
    job::{JobError, JobRecord},
    status::{JobStatus, Stage},
    time::Timestamp,
    trace_context::TraceContext,
};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Phases done, of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobProgress {
    #[schema(maximum = 5)]
    pub done: usize,
    pub total: usize,
}

/// Paths of what can be done with a job. A job carries its result, so `result` is the job itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobLinks {
    #[serde(rename = "self")]
    pub this: String,
    pub cancel: String,
    pub events: String,
    pub result: String,
}

/// A job.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Job)]
pub struct JobView {
    pub id: JobId,
    #[schema(value_type = String, pattern = "^analysis\\.job$")]
    pub object: &'static str,
    pub status: JobStatus,
    /// The phase that a processing job is in.
    #[schema(required = true)]
    pub stage: Option<Stage>,
    pub progress: JobProgress,
    /// `null` once the job has ended.
    #[schema(required = true)]
    pub eta: Option<Eta>,
    pub created_at: Timestamp,
    #[schema(required = true)]
    pub started_at: Option<Timestamp>,
    #[schema(required = true)]
    pub finished_at: Option<Timestamp>,
    /// When the record goes; its address then answers 410.
    pub expires_at: Timestamp,
    /// When the job is given up unless it has ended.
    pub deadline_at: Timestamp,
    pub links: JobLinks,
    /// Only when succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<lexilingo_shared::result::AnalysisResult>)]
    pub result: Option<Box<RawValue>>,
    /// Only when failed or expired.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Problem>,
}

/// Where a job is found.
pub fn path_of(id: &JobId) -> String {
    format!("/api/v1/jobs/{id}")
}

impl JobView {
    /// `eta` is left out of a job that has ended.
    pub fn of(record: JobRecord, eta: Eta) -> Self {
        let path = path_of(&record.id);
        let error = error_of(&record).map(|error| {
            let trace: Option<TraceContext> =
                record.traceparent.as_deref().and_then(|header| header.parse().ok());
            let occurrence = Occurrence {
                trace_id: trace.map_or_else(|| "0".repeat(32), |trace| trace.trace_id()),
                path: path.clone(),
                at: record.finished_at.unwrap_or(record.deadline_at),
            };
            Problem::of_job(&error, occurrence)
        });
        JobView {
            object: "analysis.job",
            status: record.status,
            stage: record.stage.filter(|_| record.status == JobStatus::Processing),
            progress: progress(record.status, record.stage),
            eta: (!record.status.is_final()).then_some(eta),
            created_at: record.created_at,
            started_at: record.started_at,
            finished_at: record.finished_at,
            expires_at: record.expires_at,
            deadline_at: record.deadline_at,
            links: JobLinks {
                cancel: format!("{path}/cancel"),
                events: format!("{path}/events"),
                result: path.clone(),
                this: path,
            },
            result: record.result.filter(|_| record.status == JobStatus::Succeeded),
            error,
            id: record.id,
        }
    }
}

/// Why a job that ended did not succeed.
pub fn error_of(record: &JobRecord) -> Option<JobError> {
    let code = match record.status {
        JobStatus::Failed => ErrorCode::Internal,
        JobStatus::Expired => ErrorCode::DeadlinePassed,
        _ => return None,
    };
    let bare = || JobError { code, detail: code.title().to_owned() };
    Some(record.error.clone().unwrap_or_else(bare))
}

fn progress(status: JobStatus, stage: Option<Stage>) -> JobProgress {
    let total = Stage::ALL.len();
    let done = match (status, stage) {
        (JobStatus::Succeeded, _) => total,
        (JobStatus::Processing, Some(stage)) => stage.done_before() as usize,
        _ => 0,
    };
    JobProgress { done, total }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_counts_phases_that_are_done() {
        let done = |status, stage| progress(status, stage).done;
        assert_eq!(done(JobStatus::Queued, Some(Stage::Execution)), 0);
        assert_eq!(done(JobStatus::Processing, Some(Stage::Execution)), 2);
        assert_eq!(done(JobStatus::Succeeded, None), 5);
    }
}
