//! Lane entries as rows.

use crate::{
    id::{JobId, WorkerId},
    job::Envelope,
    lane::Lane,
    queue::lanes::{Delivery, Recovered},
    store::embedded::column::{count, named},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row, params};

/// Gives back what the workers of a former process held, with one more crash each.
pub(crate) fn recover_all(connection: &Connection) -> StoreResult<Vec<Recovered>> {
    let held = leased(
        connection,
        "SELECT id, lane, crashes FROM entries WHERE state = 'leased' ORDER BY position DESC",
        params![],
    )?;
    return_all(connection, held, 1)
}

/// Gives back the lane's entries that `worker` holds.
pub(super) fn give_back(
    connection: &Connection,
    worker: &WorkerId,
    lane: Lane,
    crashes: u32,
) -> StoreResult<Vec<Recovered>> {
    let held = leased(
        connection,
        "SELECT id, lane, crashes FROM entries
         WHERE state = 'leased' AND worker = ?1 AND lane = ?2 ORDER BY position DESC",
        params![worker.as_str(), lane.to_string()],
    )?;
    return_all(connection, held, crashes)
}

/// The entry that is handed out next: due retries first.
pub(super) fn head(
    connection: &Connection,
    lane: Lane,
    now: Timestamp,
) -> StoreResult<Option<JobId>> {
    let due = connection
        .prepare_cached(
            "SELECT id FROM entries WHERE lane = ?1 AND state = 'scheduled' AND due_at <= ?2
             ORDER BY due_at, position LIMIT 1",
        )?
        .query_row(params![lane.to_string(), now.as_millis()], |row| named(row, 0))
        .optional()?;
    if due.is_some() {
        return Ok(due);
    }
    let waiting = connection
        .prepare_cached(
            "SELECT id FROM entries WHERE lane = ?1 AND state = 'waiting' ORDER BY position LIMIT 1",
        )?
        .query_row(params![lane.to_string()], |row| named(row, 0))
        .optional()?;
    Ok(waiting)
}

/// Hands the entry out.
pub(super) fn lease(
    connection: &Connection,
    lane: Lane,
    worker: &WorkerId,
    id: &JobId,
) -> StoreResult<Delivery> {
    let delivery = connection
        .prepare_cached(
            "UPDATE entries SET state = 'leased', worker = ?2, fence = fence + 1, due_at = NULL
             WHERE id = ?1 RETURNING fence, crashes, envelope",
        )?
        .query_row(params![id.as_str(), worker.as_str()], |row| {
            Ok(Delivery {
                lane,
                worker: worker.clone(),
                entry: id.clone(),
                fence: count(row, 0)?,
                crashes: row.get(1)?,
                envelope: Envelope::read(id, row.get_ref(2)?.as_bytes()?),
            })
        })?;
    Ok(delivery)
}

/// Puts the entry at the head of its lane.
pub(super) fn to_head(
    connection: &Connection,
    id: &JobId,
    lane: Lane,
    crashes: u32,
) -> StoreResult<()> {
    connection
        .prepare_cached(
            "UPDATE entries SET state = 'waiting', worker = NULL, due_at = NULL,
                 crashes = crashes + ?3,
                 position = (SELECT COALESCE(MIN(position), 1) - 1 FROM entries
                             WHERE lane = ?2 AND state = 'waiting')
             WHERE id = ?1",
        )?
        .execute(params![id.as_str(), lane.to_string(), crashes])?;
    Ok(())
}

/// Entries of the lane in a state, as the triggers count them.
pub(super) fn total(connection: &Connection, lane: Lane, state: &str) -> StoreResult<u64> {
    let total = connection
        .prepare_cached("SELECT total FROM lane_totals WHERE lane = ?1 AND state = ?2")?
        .query_row(params![lane.to_string(), state], |row| count(row, 0))
        .optional()?;
    Ok(total.unwrap_or(0))
}

fn leased(
    connection: &Connection,
    statement: &str,
    values: impl rusqlite::Params,
) -> SqlResult<Vec<Recovered>> {
    let read = |row: &Row<'_>| {
        Ok(Recovered { entry: named(row, 0)?, lane: named(row, 1)?, crashes: row.get(2)? })
    };
    connection.prepare_cached(statement)?.query_map(values, read)?.collect()
}

/// `held` comes last first, so that the first of them ends up in front.
fn return_all(
    connection: &Connection,
    mut held: Vec<Recovered>,
    crashes: u32,
) -> StoreResult<Vec<Recovered>> {
    for entry in &mut held {
        to_head(connection, &entry.entry, entry.lane, crashes)?;
        entry.crashes += crashes;
    }
    held.reverse();
    Ok(held)
}
