//! How a job ends, and how its record goes.

use super::{
    events::{NO_DATA, add_event},
    outbox::announce,
    signals::{Signals, wake},
    unwritten,
};
use crate::{
    id::JobId,
    job::{EventKind, JobError, JobRecord},
    queue::jobs::Success,
    status::JobStatus,
    store::embedded::{database::Write, fault::unreadable_json},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, params};
use std::sync::Arc;

/// What a final state brings with it.
pub(super) enum Outcome {
    Success(Success),
    Error(JobError),
    None,
}

/// Ends the job: state, outcome, final event and outbox entry; its input goes. A success keeps it until its documents
/// are written.
pub(super) fn close(
    write: &Write<'_>,
    signals: &Arc<Signals>,
    record: &JobRecord,
    status: JobStatus,
    outcome: Outcome,
    now: Timestamp,
) -> StoreResult<()> {
    let Some(kind) = EventKind::of_final(status) else { return Ok(()) };
    let id = record.id.as_str();
    let (success, error) = match outcome {
        Outcome::Success(success) => (Some(success), None),
        Outcome::Error(error) => {
            let error = serde_json::to_string(&error).map_err(|error| unreadable_json(&error))?;
            (None, Some(error))
        }
        Outcome::None => (None, None),
    };
    if success.is_none() {
        write
            .connection
            .prepare_cached("DELETE FROM job_inputs WHERE job = ?1")?
            .execute(params![id])?;
    }
    let success = success.as_ref();
    write
        .connection
        .prepare_cached(
            "UPDATE jobs SET status = ?2, stage = NULL, result = ?3, error = ?4, finished_at = ?5,
                 turn = ?6, interaction = ?7, revision = revision + 1
             WHERE id = ?1",
        )?
        .execute(params![
            id,
            status.as_str(),
            success.map(|success| &success.result),
            error,
            now.as_millis(),
            success.map(|success| &success.turn),
            success.map(|success| &success.interaction)
        ])?;
    if success.is_some() {
        unwritten::give_up_surplus(write.connection)?;
    }
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
