//! Outbox entries as rows.

use super::events::kind;
use crate::{
    id::Tenant,
    job::{EventKind, JobRecord, OutboxEntry},
    store::embedded::column::{instant, named, rows, unreadable},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, params};

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
