//! A job as a Redis hash: one field per member, times in milliseconds. The hash holds more than the record: what only
//! scripts read, and the interaction's line until it is written.

use super::redis_queue::STORE;
use crate::{
    id::JobId,
    job::{EventKind, JobError, JobEvent, JobRecord, NewJob},
    status::Stage,
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, value::RawValue};
use std::str::FromStr;

/// The fields of a record, in the order in which they are read.
pub const RECORD: [&str; 18] = [
    "tenant",
    "lane",
    "session_id",
    "user_id",
    "webhook",
    "status",
    "stage",
    "created_at",
    "deadline_at",
    "expires_at",
    "started_at",
    "finished_at",
    "failures",
    "fence",
    "revision",
    "traceparent",
    "result",
    "error",
];

/// What was read of a hash: a value by each name of `RECORD`, where there is one.
pub type Values = Vec<Option<String>>;

/// The fields that never change, except those that scripts read (tenant, deadline, end of life).
pub fn fields(job: &NewJob) -> Vec<(&'static str, String)> {
    let mut fields = vec![
        ("lane", job.lane.to_string()),
        ("session_id", job.session_id.clone()),
        ("created_at", job.created_at.as_millis().to_string()),
        ("fence", "0".to_owned()),
        ("failures", "0".to_owned()),
    ];
    fields.extend(job.user_id.clone().map(|user| ("user_id", user)));
    fields.extend(job.webhook.clone().map(|webhook| ("webhook", webhook.to_string())));
    fields.extend(job.traceparent.clone().map(|trace| ("traceparent", trace)));
    fields
}

pub fn read(id: &JobId, values: Values) -> StoreResult<JobRecord> {
    let mut fields = Fields(values);
    Ok(JobRecord {
        id: id.clone(),
        tenant: fields.json_text("tenant")?,
        lane: fields.parsed("lane")?,
        session_id: fields.text("session_id")?,
        user_id: fields.take("user_id"),
        webhook: fields.optional("webhook")?,
        status: fields.parsed("status")?,
        stage: fields.optional::<Stage>("stage")?,
        created_at: fields.time("created_at")?,
        deadline_at: fields.time("deadline_at")?,
        expires_at: fields.time("expires_at")?,
        started_at: fields.optional("started_at")?.map(Timestamp::from_millis),
        finished_at: fields.optional("finished_at")?.map(Timestamp::from_millis),
        failures: fields.parsed("failures")?,
        fence: fields.parsed("fence")?,
        revision: fields.parsed("revision")?,
        traceparent: fields.take("traceparent"),
        result: fields.json::<Box<RawValue>>("result")?,
        error: fields.json::<JobError>("error")?,
    })
}

/// One stored event: seq, kind and time, each ended by a line feed, then the data.
pub fn read_event(line: &str) -> StoreResult<JobEvent> {
    let bad = || StoreError::corrupt(STORE, "an event of a job");
    let mut parts = line.splitn(4, '\n');
    let mut part = || parts.next().ok_or_else(bad);
    let seq = part()?.parse().map_err(|_| bad())?;
    let kind = read_kind(part()?)?;
    let at = part()?.parse().map_err(|_| bad())?;
    Ok(JobEvent { seq, kind, at: Timestamp::from_millis(at), data: part()?.to_owned() })
}

pub fn read_kind(name: &str) -> StoreResult<EventKind> {
    serde_json::from_value(Value::from(name))
        .map_err(|_| StoreError::corrupt(STORE, "the kind of an event"))
}

struct Fields(Values);

impl Fields {
    /// The value, which is then no longer there.
    fn take(&mut self, name: &str) -> Option<String> {
        let at = RECORD.iter().position(|field| *field == name)?;
        self.0.get_mut(at)?.take()
    }

    fn text(&mut self, name: &str) -> StoreResult<String> {
        self.take(name).ok_or_else(|| bad(name))
    }

    fn parsed<T: FromStr>(&mut self, name: &str) -> StoreResult<T> {
        self.text(name)?.parse().map_err(|_| bad(name))
    }

    fn optional<T: FromStr>(&mut self, name: &str) -> StoreResult<Option<T>> {
        self.take(name).map(|text| text.parse().map_err(|_| bad(name))).transpose()
    }

    fn time(&mut self, name: &str) -> StoreResult<Timestamp> {
        self.parsed(name).map(Timestamp::from_millis)
    }

    fn json<T: DeserializeOwned>(&mut self, name: &str) -> StoreResult<Option<T>> {
        let text = self.take(name);
        text.map(|text| serde_json::from_str(&text).map_err(|_| bad(name))).transpose()
    }

    /// A member whose JSON form is a plain string.
    fn json_text<T: DeserializeOwned>(&mut self, name: &str) -> StoreResult<T> {
        serde_json::from_value(Value::from(self.text(name)?)).map_err(|_| bad(name))
    }
}

/// Names the field only: its content may be a learner's.
fn bad(field: &str) -> StoreError {
    StoreError::corrupt(STORE, format!("field {field} of a job"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_events_data_may_hold_line_feeds() {
        let event = read_event("3\npartial\n1795397895123\n{\n}").unwrap();
        assert_eq!((event.seq, event.kind, event.data.as_str()), (3, EventKind::Partial, "{\n}"));
    }

    #[test]
    fn a_broken_record_names_the_field_but_not_its_content() {
        let id = JobId::new(Timestamp::from_millis(1), 1);
        let values = vec![Some("local".to_owned())];
        assert!(read(&id, values).unwrap_err().to_string().contains("lane"));
        assert!(read_event("x\nLan").is_err());
    }
}
