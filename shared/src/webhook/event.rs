//! What is told: thin bodies with ids and states, and nothing that a learner wrote.

use crate::{
    error_code::ErrorCode,
    id::JobId,
    job::{EventKind, JobRecord},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{fmt, str::FromStr};

macro_rules! event_types {
    ($($variant:ident = $name:literal;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EventType { $(#[serde(rename = $name)] $variant),+ }

        impl EventType {
            pub const ALL: &'static [EventType] = &[$(EventType::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(EventType::$variant => $name),+ }
            }
        }
    };
}

event_types! {
    Succeeded = "analysis.succeeded";
    Failed = "analysis.failed";
    Canceled = "analysis.canceled";
    Expired = "analysis.expired";
    Upgraded = "analysis.upgraded";
    Test = "endpoint.test";
}

impl EventType {
    /// The type that tells of a job's event; only ends are told.
    pub fn of_job(kind: EventKind) -> Option<EventType> {
        match kind {
            EventKind::Succeeded => Some(EventType::Succeeded),
            EventKind::Failed => Some(EventType::Failed),
            EventKind::Canceled => Some(EventType::Canceled),
            EventKind::Expired => Some(EventType::Expired),
            EventKind::Upgraded => Some(EventType::Upgraded),
            EventKind::Queued | EventKind::Started | EventKind::Stage | EventKind::Partial => None,
        }
    }

    /// Whether an endpoint may ask for it. Tests go to the endpoint that is tested, whatever it asks for.
    pub fn is_subject(self) -> bool {
        self != EventType::Test
    }
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EventType {
    type Err = MalformedEvent;

    fn from_str(text: &str) -> Result<Self, MalformedEvent> {
        EventType::ALL.iter().copied().find(|kind| kind.as_str() == text).ok_or(MalformedEvent)
    }
}

/// The text names no event, or no type of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an event")]
pub struct MalformedEvent;

/// `webhook-id`: the same for every attempt and every endpoint. An id is made of what it tells, so that an announcement
/// which is read twice makes one event: `evt_<job's ULID>_<type's last word>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventId(String);

const MARK: &str = "evt_";

impl EventId {
    pub fn of_job(job: &JobId, kind: EventType) -> Self {
        let ulid = &job.as_str()[JobId::PREFIX.len()..];
        let word = kind.as_str().rsplit('.').next().unwrap_or_default();
        EventId(format!("{MARK}{ulid}_{word}"))
    }

    /// A test's own, made of a fresh job id that no job has.
    pub fn of_test(fresh: &JobId) -> Self {
        EventId::of_job(fresh, EventType::Test)
    }

    /// The job that it tells of, and how.
    pub fn source(&self) -> Option<(JobId, EventType)> {
        let (ulid, word) = self.0.strip_prefix(MARK)?.split_once('_')?;
        let job = format!("{}{ulid}", JobId::PREFIX).parse().ok()?;
        let kind =
            EventType::ALL.iter().find(|kind| kind.as_str().rsplit('.').next() == Some(word));
        Some((job, *kind?))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for EventId {
    type Err = MalformedEvent;

    fn from_str(text: &str) -> Result<Self, MalformedEvent> {
        let id = EventId(text.to_owned());
        if id.source().is_some() { Ok(id) } else { Err(MalformedEvent) }
    }
}

impl TryFrom<String> for EventId {
    type Error = MalformedEvent;

    fn try_from(text: String) -> Result<Self, MalformedEvent> {
        text.parse()
    }
}

impl From<EventId> for String {
    fn from(id: EventId) -> String {
        id.0
    }
}

/// The body of a job's end. Who wants the result asks for the job.
pub fn job_body(record: &JobRecord, kind: EventType) -> String {
    let error: Option<ErrorCode> = record.error.as_ref().map(|error| error.code);
    let at = record.finished_at.unwrap_or(record.created_at);
    json!({
        "type": kind,
        "timestamp": at,
        "data": {
            "job_id": record.id,
            "status": record.status,
            "revision": record.revision,
            "created_at": record.created_at,
            "finished_at": record.finished_at,
            "error_code": error,
            "links": { "job": format!("/api/v1/jobs/{}", record.id) },
        },
    })
    .to_string()
}

/// The body of a test.
pub fn test_body(endpoint: &str, now: Timestamp) -> String {
    json!({"type": EventType::Test, "timestamp": now, "data": {"webhook_id": endpoint}}).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        id::Tenant,
        job::JobError,
        lane::{Capability, Class, Lane},
        status::JobStatus,
    };

    #[test]
    fn an_id_names_its_job_and_its_type() {
        let job = JobId::new(Timestamp::from_millis(7), 7);
        for kind in EventType::ALL {
            let id = EventId::of_job(&job, *kind);
            assert_eq!(id.source(), Some((job.clone(), *kind)));
            assert_eq!(id.as_str().parse::<EventId>(), Ok(id));
        }
        for bad in ["evt_", "evt_x_succeeded", "succeeded", &format!("evt_{job}_succeeded")] {
            assert!(bad.parse::<EventId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_body_is_thin_and_holds_nothing_of_the_learners() {
        let canary = "Quangxuanville";
        let at = Timestamp::from_millis(7);
        let record = JobRecord {
            id: JobId::new(at, 7),
            tenant: Tenant::local(),
            lane: Lane::new(Capability::Text, Class::Interactive),
            session_id: canary.to_owned(),
            user_id: Some(canary.to_owned()),
            webhook: None,
            status: JobStatus::Failed,
            stage: None,
            created_at: at,
            deadline_at: at,
            expires_at: at,
            started_at: None,
            finished_at: Some(at),
            failures: 0,
            fence: 1,
            revision: 3,
            traceparent: None,
            result: serde_json::value::to_raw_value(canary).ok(),
            error: Some(JobError { code: ErrorCode::Internal, detail: canary.repeat(3000) }),
        };
        let body = job_body(&record, EventType::Failed);
        assert!(body.len() < 1000 && !body.contains(canary), "{body}");
        let body: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            (&body["type"], &body["data"]["error_code"]),
            (&json!("analysis.failed"), &json!("internal"))
        );
    }
}
