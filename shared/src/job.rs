//! A job: its record, the envelope that stands in the queue, and the events that it leaves.

use crate::{
    error_code::ErrorCode,
    id::{JobId, Tenant, UploadId},
    lane::Lane,
    status::{JobStatus, Stage},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Version that this release writes into envelopes. Readers take this one and the one before.
pub const ENVELOPE_VERSION: u32 = 1;

/// What stands in a queue: ids only, never a learner's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub v: u32,
    pub id: JobId,
    pub tenant: Tenant,
    /// W3C trace context of the request that made the job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
}

/// Inputs up to this many bytes lie beside the job's record, longer ones in the blob store.
pub const INLINE_INPUT_BYTES: usize = 16 * 1024;

/// Where the job's request (JSON of `AnalyzeRequest`) lies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobInput {
    Inline(String),
    Blob(UploadId),
}

/// A job to be taken in.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub id: JobId,
    pub tenant: Tenant,
    pub lane: Lane,
    pub session_id: String,
    pub user_id: Option<String>,
    pub input: JobInput,
    pub created_at: Timestamp,
    pub deadline_at: Timestamp,
    /// When the record goes.
    pub expires_at: Timestamp,
    pub traceparent: Option<String>,
}

impl NewJob {
    pub fn envelope(&self) -> Envelope {
        Envelope {
            v: ENVELOPE_VERSION,
            id: self.id.clone(),
            tenant: self.tenant.clone(),
            traceparent: self.traceparent.clone(),
        }
    }
}

/// Why a job failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobError {
    pub code: ErrorCode,
    pub detail: String,
}

/// A job as clients see it, except for the links.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JobRecord {
    pub id: JobId,
    pub tenant: Tenant,
    pub lane: Lane,
    pub session_id: String,
    pub user_id: Option<String>,
    pub status: JobStatus,
    pub stage: Option<Stage>,
    pub created_at: Timestamp,
    pub deadline_at: Timestamp,
    pub expires_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Attempts that ended in an error so far.
    pub failures: u32,
    /// Fence of the newest delivery that was started; 0 before the first.
    pub fence: u64,
    /// Rises with every change; the ETag.
    pub revision: u64,
    pub traceparent: Option<String>,
    /// The result object as the worker wrote it.
    pub result: Option<Box<RawValue>>,
    pub error: Option<JobError>,
}

/// What an event tells; the SSE event is `job.<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    Queued,
    Started,
    Stage,
    Partial,
    Succeeded,
    Failed,
    Canceled,
    Expired,
    Upgraded,
}

impl EventKind {
    pub fn as_str(self) -> &'static str {
        match self {
            EventKind::Queued => "queued",
            EventKind::Started => "started",
            EventKind::Stage => "stage",
            EventKind::Partial => "partial",
            EventKind::Succeeded => "succeeded",
            EventKind::Failed => "failed",
            EventKind::Canceled => "canceled",
            EventKind::Expired => "expired",
            EventKind::Upgraded => "upgraded",
        }
    }

    /// The event that a final state leaves.
    pub fn of_final(status: JobStatus) -> Option<EventKind> {
        match status {
            JobStatus::Succeeded => Some(EventKind::Succeeded),
            JobStatus::Failed => Some(EventKind::Failed),
            JobStatus::Canceled => Some(EventKind::Canceled),
            JobStatus::Expired => Some(EventKind::Expired),
            JobStatus::Queued | JobStatus::Processing => None,
        }
    }
}

/// One line of a job's history. `seq` counts from 1 within the job, without gaps or repeats.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobEvent {
    pub seq: u64,
    pub kind: EventKind,
    pub at: Timestamp,
    /// JSON object: `{"stage": …}` for stages, the partial answer for partials, empty otherwise.
    pub data: String,
}

/// A final event that has yet to be told to the outside (webhooks). Written in the step that ended the job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// Position; hand it back to acknowledge.
    pub cursor: String,
    pub job: JobId,
    pub tenant: Tenant,
    pub kind: EventKind,
    pub at: Timestamp,
}
