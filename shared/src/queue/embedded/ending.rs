//! How a job ends, how it goes, and what it leaves.

use super::signals::Signals;
use crate::{
    id::JobId,
    job::{EventKind, JobError, JobRecord},
    status::JobStatus,
    store::embedded::{database::Write, fault::unreadable_json},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, params};
use std::{sync::Arc, time::Duration};

/// How long it is told that a job existed.
pub(crate) const GONE_IS_TOLD: Duration = Duration::from_secs(30 * 24 * 3600);
/// Events of one job that are kept.
const KEPT_EVENTS: i64 = 200;
/// The data of an event that has none.
pub(super) const NO_DATA: &str = "{}";

/// What a final state brings with it.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) result: Option<String>,
    pub(super) error: Option<JobError>,
}

/// Ends the job: state, outcome, final event and outbox entry; its input goes.
pub(super) fn end(
    write: &Write<'_>,
    signals: &Arc<Signals>,
    record: &JobRecord,
    status: JobStatus,
    outcome: Outcome,
    now: Timestamp,
) -> StoreResult<()> {
    let Some(kind) = EventKind::of_final(status) else { return Ok(()) };
    let error = outcome.error.map(|error| serde_json::to_string(&error)).transpose();
    let error = error.map_err(|error| unreadable_json(&error))?;
    let id = record.id.as_str();
    write
        .connection
        .prepare_cached(
            "UPDATE jobs SET status = ?2, stage = NULL, result = ?3, error = ?4, finished_at = ?5,
                 revision = revision + 1
             WHERE id = ?1",
        )?
        .execute(params![id, status.as_str(), outcome.result, error, now.as_millis()])?;
    write
        .connection
        .prepare_cached("DELETE FROM job_inputs WHERE job = ?1")?
        .execute(params![id])?;
    note(write.connection, &record.id, kind, NO_DATA, now)?;
    announce(write.connection, record, kind, now)?;
    tell(write, signals, &record.id);
    Ok(())
}

/// Leaves word for the outside.
pub(super) fn announce(
    connection: &Connection,
    record: &JobRecord,
    kind: EventKind,
    now: Timestamp,
) -> StoreResult<()> {
    connection
        .prepare_cached("INSERT INTO outbox (job, tenant, kind, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            record.id.as_str(),
            record.tenant.as_str(),
            kind.as_str(),
            now.as_millis()
        ])?;
    Ok(())
}

/// Adds an event with the next number and lets the oldest go.
pub(super) fn note(
    connection: &Connection,
    id: &JobId,
    kind: EventKind,
    data: &str,
    now: Timestamp,
) -> StoreResult<()> {
    let seq: i64 = connection
        .prepare_cached(
            "UPDATE jobs SET last_event = last_event + 1 WHERE id = ?1 RETURNING last_event",
        )?
        .query_row(params![id.as_str()], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO job_events (job, seq, kind, at, data) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id.as_str(), seq, kind.as_str(), now.as_millis(), data])?;
    connection
        .prepare_cached("DELETE FROM job_events WHERE job = ?1 AND seq <= ?2")?
        .execute(params![id.as_str(), seq - KEPT_EVENTS])?;
    Ok(())
}

/// Wakes those who watch the job, once the change is durable.
pub(super) fn tell(write: &Write<'_>, signals: &Arc<Signals>, id: &JobId) {
    let (signals, id) = (Arc::clone(signals), id.clone());
    write.after_commit(move || signals.job_changed(&id));
}

/// Removes the record with all that hangs on it. Until `told_until` it is known that it existed; a job that had not
/// ended then counts as canceled.
pub(crate) fn remove(
    connection: &Connection,
    id: &JobId,
    told_until: Option<Timestamp>,
) -> StoreResult<()> {
    if let Some(until) = told_until {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO gone_jobs (id, tenant, status, until)
                 SELECT id, tenant, IIF(status IN ('queued', 'processing'), 'canceled', status), ?2
                 FROM jobs WHERE id = ?1",
            )?
            .execute(params![id.as_str(), until.as_millis()])?;
    }
    for statement in [
        "DELETE FROM jobs WHERE id = ?1",
        "DELETE FROM job_inputs WHERE job = ?1",
        "DELETE FROM job_events WHERE job = ?1",
    ] {
        connection.prepare_cached(statement)?.execute(params![id.as_str()])?;
    }
    Ok(())
}
