//! A job: its record, the envelope that stands in the queue, and the events that it leaves.

use crate::{
    error_code::ErrorCode,
    id::{EndpointId, JobId, Tenant, UploadId},
    lane::Lane,
    status::{JobStatus, Stage},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Version that this release writes into envelopes. Readers take every one from 1 to this one.
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

impl Envelope {
    /// The envelope that stands in the entry, or why it cannot be read. The reason ends up in logs and with clients: it
    /// never quotes what stands there.
    pub fn read(entry: &JobId, bytes: &[u8]) -> Result<Envelope, String> {
        let envelope: Envelope = serde_json::from_slice(bytes).map_err(|error| {
            format!("the envelope is not readable: {:?} error", error.classify())
        })?;
        if !(1..=ENVELOPE_VERSION).contains(&envelope.v) {
            return Err(format!("the envelope has the unknown version {}", envelope.v));
        }
        if envelope.id != *entry {
            return Err("the envelope is another job's".to_owned());
        }
        Ok(envelope)
    }
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
    /// The only endpoint that is told of its end, when it named one.
    pub webhook: Option<EndpointId>,
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
    pub webhook: Option<EndpointId>,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn id() -> JobId {
        JobId::new(Timestamp::from_millis(1), 1)
    }

    fn read(v: u32, id: &JobId) -> Result<Envelope, String> {
        let envelope = Envelope { v, id: id.clone(), tenant: Tenant::local(), traceparent: None };
        Envelope::read(&self::id(), &serde_json::to_vec(&envelope).unwrap())
    }

    #[test]
    fn every_version_up_to_this_release_is_read_and_no_other() {
        for v in 1..=ENVELOPE_VERSION {
            assert_eq!(read(v, &id()).map(|envelope| envelope.v), Ok(v));
        }
        assert!(read(0, &id()).is_err());
        assert!(read(ENVELOPE_VERSION + 1, &id()).unwrap_err().contains("version"));
    }

    #[test]
    fn an_envelope_in_another_jobs_entry_is_refused() {
        let other = JobId::new(Timestamp::from_millis(1), 2);
        assert!(read(ENVELOPE_VERSION, &other).is_err());
    }

    #[test]
    fn an_unreadable_envelope_has_a_reason_that_does_not_quote_it() {
        for broken in [r#"{"v":"my name is Lan"}"#, r#"{"v":1,"id":"Lan"}"#, r#""Lan""#, "{Lan", ""]
        {
            let reason = Envelope::read(&id(), broken.as_bytes()).unwrap_err();
            assert!(!reason.contains("Lan"), "{reason}");
        }
    }
}
