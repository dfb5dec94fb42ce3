//! How a job ends, and how its record goes.

use super::{
    events::{NO_DATA, add_event},
    outbox::announce,
    signals::{Signals, wake},
};
use crate::{
    id::JobId,
    job::{EventKind, JobError, JobRecord},
    status::JobStatus,
    store::embedded::{database::Write, fault::unreadable_json},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, params};
use std::sync::Arc;

/// What a final state brings with it.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) result: Option<String>,
    pub(super) error: Option<JobError>,
}

/// Ends the job: state, outcome, final event and outbox entry; its input goes.
pub(super) fn close(
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
    add_event(write.connection, &record.id, kind, NO_DATA, now)?;
    announce(write.connection, record, kind, now)?;
    wake(write, signals, &record.id);
    Ok(())
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
