//! What a delivery may do to its job: begin, progress, finish. Each checks the fence first.

use super::{
    ending::{Outcome, close},
    events::{NO_DATA, add_event},
    record::Stored,
    signals::{Signals, wake},
};
use crate::{
    id::JobId,
    job::{EventKind, JobInput, JobRecord},
    queue::{
        jobs::{Finish, Hold, PARTIALS_UNTIL_EVENT, PAST_FOR, PAST_TURNS, Progress, Started},
        lanes::Delivery,
    },
    status::JobStatus,
    store::embedded::{
        column::{named, rows, stored},
        database::Write,
        fault::unreadable_json,
    },
    store_error::StoreResult,
    time::Timestamp,
};
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

pub(super) fn start(
    write: &Write<'_>,
    signals: &Arc<Signals>,
    delivery: &Delivery,
    now: Timestamp,
) -> StoreResult<Started> {
    let Some(job) = of_delivery(write.connection, delivery, now)? else {
        return Ok(last_known(write.connection, &delivery.entry)?
            .map_or(Started::NotThere, Started::Ended));
    };
    if job.record.status.is_final() {
        return Ok(Started::Ended(job.record.status));
    }
    let repeated = job.record.fence == delivery.fence;
    // The same fence again means that the answer to the first call was lost, unless the job was given back since.
    if job.record.fence > delivery.fence || (repeated && job.record.status != JobStatus::Processing)
    {
        return Ok(Started::Stale);
    }
    if job.is_overdue(now) {
        close(write, signals, &job.record, JobStatus::Expired, Outcome::None, now)?;
        return Ok(Started::Expired);
    }
    if !repeated {
        take(write.connection, delivery, now)?;
        wake(write, signals, &delivery.entry);
    }
    let Some(input) = input(write.connection, &delivery.entry)? else {
        return Ok(Started::InputMissing);
    };
    let record =
        Stored::find(write.connection, &delivery.entry)?.map_or(job.record, |job| job.record);
    let past = past(write.connection, &record, now)?;
    Ok(Started::Run { record: Box::new(record), input, past })
}

pub(super) fn advance(
    write: &Write<'_>,
    signals: &Arc<Signals>,
    delivery: &Delivery,
    progress: &Progress,
    now: Timestamp,
) -> StoreResult<Hold> {
    let held = match held(write.connection, delivery)? {
        Ok(held) => held,
        Err(hold) => return Ok(hold),
    };
    if held.record.status == JobStatus::Queued {
        // Given back already: saying so twice is fine, going on is not.
        let again = matches!(progress, Progress::Retrying | Progress::HandedBack);
        return Ok(if again { Hold::Held } else { Hold::Lost });
    }
    let failures = match progress {
        Progress::Stage(stage) if held.record.stage == Some(*stage) => return Ok(Hold::Held),
        Progress::Partial(_) if held.last_event >= PARTIALS_UNTIL_EVENT => return Ok(Hold::Held),
        Progress::Stage(stage) => {
            write
                .connection
                .prepare_cached("UPDATE jobs SET stage = ?2 WHERE id = ?1")?
                .execute(params![delivery.entry.as_str(), stage.as_str()])?;
            let data = format!(r#"{{"stage":"{}"}}"#, stage.as_str());
            add_event(write.connection, &delivery.entry, EventKind::Stage, &data, now)?;
            None
        }
        Progress::Partial(answer) => {
            add_event(write.connection, &delivery.entry, EventKind::Partial, answer, now)?;
            None
        }
        Progress::Retrying => Some(1),
        Progress::HandedBack => Some(0),
    };
    if let Some(failures) = failures {
        write
            .connection
            .prepare_cached(
                "UPDATE jobs SET status = 'queued', stage = NULL, failures = failures + ?2
                 WHERE id = ?1",
            )?
            .execute(params![delivery.entry.as_str(), failures])?;
    }
    write
        .connection
        .prepare_cached("UPDATE jobs SET revision = revision + 1 WHERE id = ?1")?
        .execute(params![delivery.entry.as_str()])?;
    wake(write, signals, &delivery.entry);
    Ok(Hold::Held)
}

pub(super) fn finish(
    write: &Write<'_>,
    signals: &Arc<Signals>,
    delivery: &Delivery,
    finish: Finish,
    now: Timestamp,
) -> StoreResult<Hold> {
    let Some(job) = Stored::find(write.connection, &delivery.entry)? else {
        return Ok(Hold::Lost);
    };
    if job.record.status.is_final() {
        return Ok(Hold::Ended(job.record.status));
    }
    if job.record.fence > delivery.fence {
        return Ok(Hold::Lost);
    }
    let (status, outcome) = match finish {
        Finish::Succeeded(success) => (JobStatus::Succeeded, Outcome::Success(success)),
        Finish::Failed(error) => (JobStatus::Failed, Outcome::Error(error)),
        Finish::Expired => (JobStatus::Expired, Outcome::None),
    };
    // A delivery that was never started, e.g. of an unreadable entry, is started here, so that states move as they may.
    let started = job.record.fence == delivery.fence && job.record.status == JobStatus::Processing;
    if !started && status != JobStatus::Expired {
        take(write.connection, delivery, now)?;
    }
    close(write, signals, &job.record, status, outcome, now)?;
    Ok(Hold::Held)
}

/// Gives the job to the delivery.
fn take(connection: &Connection, delivery: &Delivery, now: Timestamp) -> StoreResult<()> {
    connection
        .prepare_cached(
            "UPDATE jobs SET status = 'processing', fence = ?2, stage = NULL,
                 started_at = COALESCE(started_at, ?3), revision = revision + 1
             WHERE id = ?1",
        )?
        .execute(params![delivery.entry.as_str(), stored(delivery.fence), now.as_millis()])?;
    add_event(connection, &delivery.entry, EventKind::Started, NO_DATA, now)
}

/// The job under the delivery's fence, or why it is not held.
fn held(connection: &Connection, delivery: &Delivery) -> StoreResult<Result<Stored, Hold>> {
    let Some(job) = Stored::find(connection, &delivery.entry)? else {
        return Ok(Err(Hold::Lost));
    };
    if job.record.status.is_final() {
        return Ok(Err(Hold::Ended(job.record.status)));
    }
    if job.record.fence != delivery.fence {
        return Ok(Err(Hold::Lost));
    }
    Ok(Ok(job))
}

/// The record that the entry stands for, unless its time is over or the envelope names another tenant.
fn of_delivery(
    connection: &Connection,
    delivery: &Delivery,
    now: Timestamp,
) -> StoreResult<Option<Stored>> {
    let job = Stored::find(connection, &delivery.entry)?;
    Ok(job.filter(|job| {
        let same = delivery.envelope.as_ref().map_or(true, |is| is.tenant == job.record.tenant);
        same && now < job.record.expires_at
    }))
}

/// The last turns of the job's session, oldest first.
fn past(connection: &Connection, record: &JobRecord, now: Timestamp) -> StoreResult<Vec<String>> {
    let mut turns: Vec<String> = connection
        .prepare_cached(
            "SELECT turn FROM jobs
             WHERE tenant = ?1 AND session_id = ?2 AND turn IS NOT NULL AND finished_at > ?3
             ORDER BY finished_at DESC, id DESC LIMIT ?4",
        )?
        .query_map(
            params![
                record.tenant.as_str(),
                record.session_id,
                now.minus(PAST_FOR).as_millis(),
                rows(PAST_TURNS)
            ],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    turns.reverse();
    Ok(turns)
}

/// How a job ended whose record has gone; `None` when there never was one.
fn last_known(connection: &Connection, id: &JobId) -> StoreResult<Option<JobStatus>> {
    let status = connection
        .prepare_cached(
            "SELECT status FROM gone_jobs WHERE id = ?1
             UNION ALL SELECT status FROM jobs WHERE id = ?1",
        )?
        .query_row(params![id.as_str()], |row| named(row, 0))
        .optional()?;
    let ended = |status: JobStatus| if status.is_final() { status } else { JobStatus::Expired };
    Ok(status.map(ended))
}

pub(super) fn input(connection: &Connection, id: &JobId) -> StoreResult<Option<JobInput>> {
    let input: Option<String> = connection
        .prepare_cached("SELECT input FROM job_inputs WHERE job = ?1")?
        .query_row(params![id.as_str()], |row| row.get(0))
        .optional()?;
    input
        .map(|text| serde_json::from_str(&text).map_err(|error| unreadable_json(&error)))
        .transpose()
}
