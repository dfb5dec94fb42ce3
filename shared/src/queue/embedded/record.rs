//! Job records as rows.

use crate::{
    id::{JobId, Tenant},
    job::JobRecord,
    store::embedded::column::{UnknownWord, count, instant, named, optional_instant, unreadable},
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, OptionalExtension, Result as SqlResult, Row, params};
use serde_json::value::RawValue;

/// A record with what only the store knows of it.
pub(super) struct Stored {
    pub(super) record: JobRecord,
    /// Number of the newest event.
    pub(super) last_event: u64,
}

impl Stored {
    /// The job, whoever it belongs to.
    pub(super) fn find(connection: &Connection, id: &JobId) -> StoreResult<Option<Stored>> {
        let found = connection
            .prepare_cached(
                "SELECT id, tenant, lane, session_id, user_id, status, stage, created_at,
                     deadline_at, expires_at, started_at, finished_at, failures, fence, revision,
                     traceparent, result, error, last_event, webhook
                 FROM jobs WHERE id = ?1",
            )?
            .query_row(params![id.as_str()], read)
            .optional()?;
        Ok(found)
    }

    /// The job of this tenant whose time is not over.
    pub(super) fn of_tenant(
        connection: &Connection,
        tenant: &Tenant,
        id: &JobId,
        now: Timestamp,
    ) -> StoreResult<Option<Stored>> {
        let found = Stored::find(connection, id)?;
        Ok(found.filter(|job| job.record.tenant == *tenant && now < job.record.expires_at))
    }

    pub(super) fn is_overdue(&self, now: Timestamp) -> bool {
        !self.record.status.is_final() && now >= self.record.deadline_at
    }
}

fn read(row: &Row<'_>) -> SqlResult<Stored> {
    let tenant = Tenant::new(row.get_ref(1)?.as_str()?).map_err(|error| unreadable(1, error))?;
    let error: Option<String> = row.get(17)?;
    let error = error
        .map(|text| serde_json::from_str(&text).map_err(|_| unreadable(17, UnknownWord)))
        .transpose()?;
    let result: Option<String> = row.get(16)?;
    let result = result
        .map(|text| RawValue::from_string(text).map_err(|_| unreadable(16, UnknownWord)))
        .transpose()?;
    let stage: Option<String> = row.get(6)?;
    let stage = stage.map(|text| text.parse().map_err(|error| unreadable(6, error))).transpose()?;
    let webhook: Option<String> = row.get(19)?;
    let webhook =
        webhook.map(|id| id.parse().map_err(|error| unreadable(19, error))).transpose()?;
    let record = JobRecord {
        id: named(row, 0)?,
        tenant,
        lane: named(row, 2)?,
        session_id: row.get(3)?,
        user_id: row.get(4)?,
        webhook,
        status: named(row, 5)?,
        stage,
        created_at: instant(row, 7)?,
        deadline_at: instant(row, 8)?,
        expires_at: instant(row, 9)?,
        started_at: optional_instant(row, 10)?,
        finished_at: optional_instant(row, 11)?,
        failures: row.get(12)?,
        fence: count(row, 13)?,
        revision: count(row, 14)?,
        traceparent: row.get(15)?,
        result,
        error,
    };
    Ok(Stored { record, last_event: count(row, 18)? })
}
