//! Idempotency keys in the database.

use crate::{
    id::JobId,
    queue::jobs::{IdempotencyClaim, IdempotencyOutcome, UNSETTLED_FOR},
    store::embedded::column::named,
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, OptionalExtension, params};

pub(super) fn claim_key(
    connection: &Connection,
    claim: &IdempotencyClaim,
    now: Timestamp,
) -> StoreResult<IdempotencyOutcome> {
    let known: Option<(String, JobId, bool)> = connection
        .prepare_cached(
            "SELECT fingerprint, job, settled FROM idempotency_keys WHERE key = ?1 AND until > ?2",
        )?
        .query_row(params![claim.key, now.as_millis()], |row| {
            Ok((row.get(0)?, named(row, 1)?, row.get(2)?))
        })
        .optional()?;
    match known {
        Some((fingerprint, ..)) if fingerprint != claim.fingerprint => {
            Ok(IdempotencyOutcome::Mismatch)
        }
        Some((_, job, true)) => Ok(IdempotencyOutcome::Replay(job)),
        // The same claim again: the answer to the first call was lost.
        Some((_, job, false)) if job == claim.job => Ok(IdempotencyOutcome::Fresh),
        Some(_) => Ok(IdempotencyOutcome::InProgress),
        None => {
            write(connection, claim, false, now.plus(UNSETTLED_FOR))?;
            Ok(IdempotencyOutcome::Fresh)
        }
    }
}

pub(super) fn settle_key(
    connection: &Connection,
    claim: &IdempotencyClaim,
    accepted: bool,
    now: Timestamp,
) -> StoreResult<()> {
    // Who came after an abandoned claim owns the key: only the own claim is settled.
    let other = connection
        .prepare_cached(
            "SELECT 1 FROM idempotency_keys WHERE key = ?1 AND job <> ?2 AND until > ?3",
        )?
        .exists(params![claim.key, claim.job.as_str(), now.as_millis()])?;
    if other {
        return Ok(());
    }
    if accepted {
        return write(connection, claim, true, now.plus(claim.keep));
    }
    connection
        .prepare_cached("DELETE FROM idempotency_keys WHERE key = ?1")?
        .execute(params![claim.key])?;
    Ok(())
}

fn write(
    connection: &Connection,
    claim: &IdempotencyClaim,
    settled: bool,
    until: Timestamp,
) -> StoreResult<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO idempotency_keys (key, fingerprint, job, settled, until)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            claim.key,
            claim.fingerprint,
            claim.job.as_str(),
            settled,
            until.as_millis()
        ])?;
    Ok(())
}
