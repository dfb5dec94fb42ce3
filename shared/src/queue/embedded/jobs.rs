//! Job records in the database.

use super::{
    delivery,
    ending::{self, Outcome, close},
    erasure,
    events::{self, NO_DATA, add_event},
    idempotency, outbox,
    record::Stored,
    signals::{Signals, wake},
    unwritten,
};
use crate::{
    id::{EndpointId, JobId, Tenant},
    job::{EventKind, JobEvent, NewJob, OutboxEntry},
    queue::{
        jobs::{
            Backlog, Cancel, Finish, GONE_FOR, Hold, IdempotencyClaim, IdempotencyOutcome,
            JobWatch, Jobs, Lookup, Progress, Started, Unwritten,
        },
        lanes::Delivery,
    },
    status::JobStatus,
    store::embedded::{
        column::{named, rows},
        database::{Database, Write},
        fault::unreadable_json,
        janitor,
    },
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use rusqlite::{Connection, params};
use std::sync::Arc;

pub struct EmbeddedJobs {
    database: Arc<Database>,
    signals: Arc<Signals>,
}

impl EmbeddedJobs {
    pub(crate) fn new(database: Arc<Database>, signals: Arc<Signals>) -> Self {
        EmbeddedJobs { database, signals }
    }

    /// Runs a change of jobs that tells their watchers.
    async fn change<T, F>(&self, work: F) -> StoreResult<T>
    where
        F: FnOnce(&Write<'_>, &Arc<Signals>) -> StoreResult<T> + Send + 'static,
        T: Send + 'static,
    {
        let signals = Arc::clone(&self.signals);
        self.database.write(move |write| work(write, &signals)).await
    }
}

#[async_trait]
impl Jobs for EmbeddedJobs {
    async fn create(&self, job: &NewJob) -> StoreResult<()> {
        let job = job.clone();
        self.change(move |write, signals| create(write, signals, &job)).await
    }

    async fn forget(&self, tenant: &Tenant, id: &JobId) -> StoreResult<()> {
        let (tenant, id) = (tenant.clone(), id.clone());
        self.change(move |write, signals| {
            let job = Stored::find(write.connection, &id)?;
            if job.is_some_and(|job| job.record.tenant == tenant) {
                ending::remove(write.connection, &id, None)?;
                write
                    .connection
                    .prepare_cached("DELETE FROM outbox WHERE job = ?1")?
                    .execute(params![id.as_str()])?;
                wake(write, signals, &id);
            }
            Ok(())
        })
        .await
    }

    async fn get(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Lookup> {
        let (tenant, id) = (tenant.clone(), id.clone());
        let (reader, name) = (tenant.clone(), id.clone());
        let (found, overdue) = self
            .database
            .read(move |connection| {
                let job = Stored::of_tenant(connection, &reader, &name, now)?;
                let overdue = job.as_ref().is_some_and(|job| job.is_overdue(now));
                Ok((lookup(connection, job, &reader, &name, now)?, overdue))
            })
            .await?;
        if !overdue {
            return Ok(found);
        }
        self.change(move |write, signals| {
            let job = Stored::of_tenant(write.connection, &tenant, &id, now)?;
            if let Some(job) = job.filter(|job| job.is_overdue(now)) {
                close(write, signals, &job.record, JobStatus::Expired, Outcome::None, now)?;
            }
            let job = Stored::of_tenant(write.connection, &tenant, &id, now)?;
            lookup(write.connection, job, &tenant, &id, now)
        })
        .await
    }

    async fn events(
        &self,
        tenant: &Tenant,
        id: &JobId,
        after: u64,
    ) -> StoreResult<Option<Vec<JobEvent>>> {
        let (tenant, id) = (tenant.clone(), id.clone());
        self.database.read(move |connection| events::after(connection, &tenant, &id, after)).await
    }

    async fn watch(&self, id: &JobId) -> StoreResult<JobWatch> {
        Ok(self.signals.watch(id))
    }

    async fn cancel(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Cancel> {
        let (tenant, id) = (tenant.clone(), id.clone());
        self.change(move |write, signals| {
            let job = Stored::of_tenant(write.connection, &tenant, &id, now)?;
            let Some(job) = job else {
                return Ok(match lookup(write.connection, None, &tenant, &id, now)? {
                    Lookup::Gone => Cancel::Gone,
                    _ => Cancel::Unknown,
                });
            };
            if job.record.status.is_final() {
                return Ok(Cancel::TooLate(job.record.status));
            }
            close(write, signals, &job.record, JobStatus::Canceled, Outcome::None, now)?;
            Ok(Cancel::Canceled)
        })
        .await
    }

    async fn claim_key(
        &self,
        claim: &IdempotencyClaim,
        now: Timestamp,
    ) -> StoreResult<IdempotencyOutcome> {
        let claim = claim.clone();
        self.database
            .write(move |write| idempotency::claim_key(write.connection, &claim, now))
            .await
    }

    async fn settle_key(
        &self,
        claim: &IdempotencyClaim,
        accepted: bool,
        now: Timestamp,
    ) -> StoreResult<()> {
        let claim = claim.clone();
        self.database
            .write(move |write| idempotency::settle_key(write.connection, &claim, accepted, now))
            .await
    }

    async fn start(&self, delivery: &Delivery, now: Timestamp) -> StoreResult<Started> {
        let delivery = delivery.clone();
        self.change(move |write, signals| delivery::start(write, signals, &delivery, now)).await
    }

    async fn advance(
        &self,
        delivery: &Delivery,
        progress: &Progress,
        now: Timestamp,
    ) -> StoreResult<Hold> {
        let (delivery, progress) = (delivery.clone(), progress.clone());
        self.change(move |write, signals| {
            delivery::advance(write, signals, &delivery, &progress, now)
        })
        .await
    }

    async fn finish(
        &self,
        delivery: &Delivery,
        finish: &Finish,
        now: Timestamp,
    ) -> StoreResult<Hold> {
        let (delivery, finish) = (delivery.clone(), finish.clone());
        self.change(move |write, signals| delivery::finish(write, signals, &delivery, finish, now))
            .await
    }

    async fn unwritten(&self, until: Timestamp, limit: usize) -> StoreResult<Vec<Unwritten>> {
        self.database.read(move |connection| unwritten::oldest(connection, until, limit)).await
    }

    async fn backlog(&self, until: Timestamp) -> StoreResult<Backlog> {
        self.database.read(move |connection| unwritten::backlog(connection, until)).await
    }

    async fn written(&self, jobs: &[JobId]) -> StoreResult<Vec<JobId>> {
        let jobs = jobs.to_vec();
        self.database.write(move |write| unwritten::written(write.connection, &jobs)).await
    }

    async fn expire_due(&self, now: Timestamp, limit: usize) -> StoreResult<usize> {
        self.change(move |write, signals| {
            let overdue: Vec<JobId> = write
                .connection
                .prepare_cached(
                    "SELECT id FROM jobs WHERE status IN ('queued', 'processing')
                     AND deadline_at <= ?1 ORDER BY deadline_at LIMIT ?2",
                )?
                .query_map(params![now.as_millis(), rows(limit)], |row| named(row, 0))?
                .collect::<Result<_, _>>()?;
            for id in &overdue {
                if let Some(job) = Stored::find(write.connection, id)? {
                    close(write, signals, &job.record, JobStatus::Expired, Outcome::None, now)?;
                }
            }
            // Whoever calls this regularly is the janitor: nothing else removes what has expired.
            janitor::sweep(write, now, limit)?;
            Ok(overdue.len())
        })
        .await
    }

    async fn outbox(&self, limit: usize) -> StoreResult<Vec<OutboxEntry>> {
        self.database.read(move |connection| outbox::unacknowledged(connection, limit)).await
    }

    async fn acknowledge(&self, entries: &[OutboxEntry]) -> StoreResult<()> {
        let cursors: Vec<String> = entries.iter().map(|entry| entry.cursor.clone()).collect();
        self.database.write(move |write| outbox::acknowledge(write.connection, &cursors)).await
    }

    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
        now: Timestamp,
    ) -> StoreResult<u64> {
        let (tenant, learner) = (tenant.clone(), learner.to_owned());
        let erased = self
            .change(move |write, signals| erasure::erase(write, signals, &tenant, &learner, now))
            .await?;
        self.database.checkpoint().await?;
        Ok(erased)
    }
}

fn create(write: &Write<'_>, signals: &Arc<Signals>, job: &NewJob) -> StoreResult<()> {
    let input = serde_json::to_string(&job.input).map_err(|error| unreadable_json(&error))?;
    let id = job.id.as_str();
    let new = write
        .connection
        .prepare_cached(
            "INSERT OR IGNORE INTO jobs (id, tenant, lane, session_id, user_id, status, created_at,
                 deadline_at, expires_at, traceparent, webhook)
             VALUES (?1, ?2, ?3, ?4, ?5, 'queued', ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            id,
            job.tenant.as_str(),
            job.lane.to_string(),
            job.session_id,
            job.user_id,
            job.created_at.as_millis(),
            job.deadline_at.as_millis(),
            job.expires_at.as_millis(),
            job.traceparent,
            job.webhook.as_ref().map(EndpointId::as_str)
        ])?;
    if new == 0 {
        return Ok(());
    }
    write
        .connection
        .prepare_cached("INSERT OR REPLACE INTO job_inputs (job, input) VALUES (?1, ?2)")?
        .execute(params![id, input])?;
    add_event(write.connection, &job.id, EventKind::Queued, NO_DATA, job.created_at)?;
    wake(write, signals, &job.id);
    Ok(())
}

/// What is told of a job: `job` when it is there, otherwise whether it ever was.
fn lookup(
    connection: &Connection,
    job: Option<Stored>,
    tenant: &Tenant,
    id: &JobId,
    now: Timestamp,
) -> StoreResult<Lookup> {
    if let Some(job) = job {
        return Ok(Lookup::Found(Box::new(job.record)));
    }
    // The record may still lie there, past its time and not yet swept.
    let gone = connection
        .prepare_cached(
            "SELECT 1 FROM gone_jobs WHERE id = ?1 AND tenant = ?2 AND until > ?3
             UNION ALL
             SELECT 1 FROM jobs WHERE id = ?1 AND tenant = ?2 AND expires_at > ?3 - ?4",
        )?
        .exists(params![
            id.as_str(),
            tenant.as_str(),
            now.as_millis(),
            GONE_FOR.as_millis() as i64
        ])?;
    Ok(if gone { Lookup::Gone } else { Lookup::Unknown })
}
