//! Erasing a learner's jobs.

use super::{
    ending::remove,
    outbox::announce,
    record::Stored,
    signals::{Signals, wake},
};
use crate::{
    id::{JobId, Tenant},
    job::EventKind,
    queue::jobs::GONE_FOR,
    store::embedded::{column::named, database::Write},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::params;
use std::sync::Arc;

/// Removes the learner's jobs; returns which. That they existed is told for a while (an id says nothing of a
/// learner); entries that no worker holds go too, the others are settled by workers that find their job gone.
pub(super) fn erase(
    write: &Write<'_>,
    signals: &Arc<Signals>,
    tenant: &Tenant,
    learner: &str,
    now: Timestamp,
) -> StoreResult<Vec<JobId>> {
    let ids: Vec<JobId> = write
        .connection
        .prepare_cached("SELECT id FROM jobs WHERE tenant = ?1 AND user_id = ?2")?
        .query_map(params![tenant.as_str(), learner], |row| named(row, 0))?
        .collect::<Result<_, _>>()?;
    for id in &ids {
        let job = Stored::find(write.connection, id)?.map(|job| job.record);
        if let Some(record) = job.filter(|record| !record.status.is_final()) {
            announce(write.connection, &record, EventKind::Canceled, now)?;
        }
        remove(write.connection, id, Some(now.plus(GONE_FOR)))?;
        // The fingerprint of a request is made from the learner's text: the key goes as well.
        for statement in [
            "DELETE FROM idempotency_keys WHERE job = ?1",
            "DELETE FROM entries WHERE id = ?1 AND state <> 'leased'",
        ] {
            write.connection.prepare_cached(statement)?.execute(params![id.as_str()])?;
        }
        wake(write, signals, id);
    }
    Ok(ids)
}
