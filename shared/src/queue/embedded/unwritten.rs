//! Successes whose documents are still to be written.

use super::{delivery, record::Stored};
use crate::{
    id::JobId,
    queue::jobs::{Backlog, MOST_UNWRITTEN, Unwritten},
    store::embedded::column::{count, named, rows},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn oldest(
    connection: &Connection,
    until: Timestamp,
    limit: usize,
) -> StoreResult<Vec<Unwritten>> {
    let waiting: Vec<(JobId, String)> = connection
        .prepare_cached(
            "SELECT id, interaction FROM jobs WHERE interaction IS NOT NULL AND finished_at < ?1
             ORDER BY finished_at, id LIMIT ?2",
        )?
        .query_map(params![until.as_millis(), rows(limit)], |row| {
            Ok((named(row, 0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for (id, interaction) in waiting {
        let job = Stored::find(connection, &id)?;
        if let (Some(job), Some(input)) = (job, delivery::input(connection, &id)?) {
            found.push(Unwritten { record: Box::new(job.record), input, interaction });
        }
    }
    Ok(found)
}

pub(super) fn backlog(connection: &Connection, until: Timestamp) -> StoreResult<Backlog> {
    let waiting = connection
        .prepare_cached(
            "SELECT COUNT(*) FROM jobs WHERE interaction IS NOT NULL AND finished_at < ?1",
        )?
        .query_row(params![until.as_millis()], |row| count(row, 0))?;
    let given_up = connection
        .prepare_cached("SELECT total FROM queue_totals WHERE name = 'given_up'")?
        .query_row([], |row| count(row, 0))
        .optional()?;
    Ok(Backlog { waiting, given_up: given_up.unwrap_or(0) })
}

pub(super) fn written(connection: &Connection, jobs: &[JobId]) -> StoreResult<Vec<JobId>> {
    let mut gone = Vec::new();
    for id in jobs {
        connection
            .prepare_cached("DELETE FROM job_inputs WHERE job = ?1")?
            .execute(params![id.as_str()])?;
        let found = connection
            .prepare_cached("UPDATE jobs SET interaction = NULL WHERE id = ?1")?
            .execute(params![id.as_str()])?;
        if found == 0 {
            gone.push(id.clone());
        }
    }
    Ok(gone)
}

/// Gives up the oldest of those past the bound, and counts them.
pub(super) fn give_up_surplus(connection: &Connection) -> StoreResult<()> {
    let surplus: Option<String> = connection
        .prepare_cached(
            "SELECT id FROM jobs WHERE interaction IS NOT NULL
             ORDER BY finished_at DESC, id DESC LIMIT 1 OFFSET ?1",
        )?
        .query_row(params![rows(MOST_UNWRITTEN as usize)], |row| row.get(0))
        .optional()?;
    let Some(id) = surplus else { return Ok(()) };
    for statement in [
        "UPDATE jobs SET interaction = NULL WHERE id = ?1",
        "DELETE FROM job_inputs WHERE job = ?1",
    ] {
        connection.prepare_cached(statement)?.execute(params![id])?;
    }
    connection
        .prepare_cached(
            "INSERT INTO queue_totals VALUES ('given_up', 1)
             ON CONFLICT DO UPDATE SET total = total + 1",
        )?
        .execute([])?;
    Ok(())
}
