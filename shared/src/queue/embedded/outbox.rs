//! Events and outbox entries as rows.

use crate::{
    id::{JobId, Tenant},
    job::{EventKind, JobEvent, OutboxEntry},
    store::embedded::column::{UnknownWord, count, instant, named, rows, stored, unreadable},
    store_error::StoreResult,
};
use rusqlite::{Connection, Result as SqlResult, Row, params};

/// Events after a number; `None` when the tenant has no such job.
pub(super) fn events(
    connection: &Connection,
    tenant: &Tenant,
    id: &JobId,
    after: u64,
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
        .query_map(params![id.as_str(), stored(after)], |row| {
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

pub(super) fn unacknowledged(
    connection: &Connection,
    limit: usize,
) -> StoreResult<Vec<OutboxEntry>> {
    let entries = connection
        .prepare_cached(
            "SELECT cursor, job, tenant, kind, at FROM outbox ORDER BY cursor LIMIT ?1",
        )?
        .query_map(params![rows(limit)], |row| {
            let tenant = Tenant::new(row.get_ref(2)?.as_str()?);
            Ok(OutboxEntry {
                cursor: row.get::<_, i64>(0)?.to_string(),
                job: named(row, 1)?,
                tenant: tenant.map_err(|error| unreadable(2, error))?,
                kind: kind(row, 3)?,
                at: instant(row, 4)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(entries)
}

/// A cursor that this store never gave out acknowledges nothing.
pub(super) fn acknowledge(connection: &Connection, cursors: &[String]) -> StoreResult<()> {
    let mut delete = connection.prepare_cached("DELETE FROM outbox WHERE cursor = ?1")?;
    for cursor in cursors.iter().filter_map(|cursor| cursor.parse::<i64>().ok()) {
        delete.execute(params![cursor])?;
    }
    Ok(())
}

fn kind(row: &Row<'_>, column: usize) -> SqlResult<EventKind> {
    let word = row.get_ref(column)?.as_str()?;
    serde_json::from_value(serde_json::Value::from(word))
        .map_err(|_| unreadable(column, UnknownWord))
}
