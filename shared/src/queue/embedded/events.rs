//! Events as rows.

use crate::{
    id::{JobId, Tenant},
    job::{EventKind, JobEvent},
    queue::jobs::MOST_EVENTS,
    store::embedded::column::{UnknownWord, count, instant, stored, unreadable},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, Result as SqlResult, Row, params};

/// The data of an event that has none.
pub(super) const NO_DATA: &str = "{}";

/// Adds an event with the next number and lets the oldest go.
pub(super) fn add_event(
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
        .execute(params![id.as_str(), seq - MOST_EVENTS as i64])?;
    Ok(())
}

/// Events after a number; `None` when the tenant has no such job.
pub(super) fn after(
    connection: &Connection,
    tenant: &Tenant,
    id: &JobId,
    seq: u64,
) -> StoreResult<Option<Vec<JobEvent>>> {
    let there = connection
        .prepare_cached("SELECT 1 FROM jobs WHERE id = ?1 AND tenant = ?2")?
        .exists(params![id.as_str(), tenant.as_str()])?;
    if !there {
        return Ok(None);
    }
    let events = connection
        .prepare_cached(
            "SELECT seq, kind, at, data FROM job_events WHERE job = ?1 AND seq > ?2 ORDER BY seq",
        )?
        .query_map(params![id.as_str(), stored(seq)], |row| {
            Ok(JobEvent {
                seq: count(row, 0)?,
                kind: kind(row, 1)?,
                at: instant(row, 2)?,
                data: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Some(events))
}

/// The kind of event that a column names.
pub(super) fn kind(row: &Row<'_>, column: usize) -> SqlResult<EventKind> {
    let word = row.get_ref(column)?.as_str()?;
    serde_json::from_value(serde_json::Value::from(word))
        .map_err(|_| unreadable(column, UnknownWord))
}
