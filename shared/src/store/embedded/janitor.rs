//! What expires: rows that nobody may see any more. Each call removes a bounded part, so that it never holds up the
//! writer for long.

use super::{
    column::{named, rows},
    writer::Write,
};
use crate::{
    id::JobId,
    queue::{embedded::ending, fleet::SESSIONS_FOR, jobs::GONE_FOR, lanes::DEAD_FOR},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::params;
use std::time::Duration;

/// How long announcements are kept that nobody acknowledges.
const ANNOUNCED_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// Removes up to `limit` expired rows of each table; returns how many.
pub(crate) fn sweep(write: &Write<'_>, now: Timestamp, limit: usize) -> StoreResult<u64> {
    let mut removed = expired_records(write, now, limit)?;
    let ago = |span| now.minus(span).as_millis();
    let expired = [
        ("gone_jobs", "id", "until", now.as_millis()),
        ("idempotency_keys", "key", "until", now.as_millis()),
        ("cache", "rowid", "expires_at", now.as_millis()),
        ("documents", "rowid", "expires_at", now.as_millis()),
        ("seen_sessions", "session", "at", ago(SESSIONS_FOR)),
        ("budgets", "rowid", "resets_at", now.as_millis()),
        ("outbox", "cursor", "at", ago(ANNOUNCED_FOR)),
    ];
    for (table, key, time, before) in expired {
        let statement = format!(
            "DELETE FROM {table} WHERE {key} IN
             (SELECT {key} FROM {table} WHERE {time} <= ?1 ORDER BY {time} LIMIT ?2)"
        );
        removed +=
            write.connection.prepare_cached(&statement)?.execute(params![before, rows(limit)])?;
    }
    removed += write
        .connection
        .prepare_cached(
            "DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries
             WHERE state = 'dead' AND dead_at <= ?1 ORDER BY dead_at LIMIT ?2)",
        )?
        .execute(params![ago(DEAD_FOR), rows(limit)])?;
    removed += write
        .connection
        .prepare_cached(
            "DELETE FROM deliveries WHERE rowid IN (SELECT rowid FROM deliveries
             WHERE state = 'over' AND due_at <= ?1 ORDER BY due_at LIMIT ?2)",
        )?
        .execute(params![now.as_millis(), rows(limit)])?;
    Ok(removed as u64)
}

/// Records whose time is over become a note that they existed.
fn expired_records(write: &Write<'_>, now: Timestamp, limit: usize) -> StoreResult<usize> {
    let expired: Vec<(JobId, i64)> = write
        .connection
        .prepare_cached(
            "SELECT id, expires_at FROM jobs WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2",
        )?
        .query_map(params![now.as_millis(), rows(limit)], |row| Ok((named(row, 0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (id, expires_at) in &expired {
        let until = Timestamp::from_millis(*expires_at).plus(GONE_FOR);
        ending::remove(write.connection, id, Some(until))?;
    }
    Ok(expired.len())
}
