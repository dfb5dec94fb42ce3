//! Jobs whose input, result, events and log line are sealed. Their states and times stay readable for the store's own
//! scripts, and so does the session's turn, which holds nothing of the learner's text.

use super::{Seal, place};
use crate::{
    id::{JobId, Tenant},
    job::{JobEvent, JobInput, JobRecord, NewJob, OutboxEntry},
    queue::{
        Delivery, IdempotencyClaim, IdempotencyOutcome, Jobs,
        jobs::{
            Backlog, Cancel, Finish, Hold, JobWatch, Lookup, Progress, Started, Success, Unwritten,
        },
    },
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use serde_json::value::RawValue;
use std::sync::Arc;

const STORE: &str = "jobs";
const INPUT: &str = "job input";
const RESULT: &str = "job result";
const EVENT: &str = "job event";
const INTERACTION: &str = "job interaction";

pub(super) struct SealedJobs {
    pub inner: Arc<dyn Jobs>,
    pub seal: Seal,
}

impl SealedJobs {
    fn open_input(&self, tenant: &Tenant, id: &JobId, input: JobInput) -> StoreResult<JobInput> {
        match input {
            JobInput::Inline(json) => {
                let place = place(tenant, INPUT, id.as_str());
                self.seal.open_text(STORE, &place, json).map(JobInput::Inline)
            }
            blob @ JobInput::Blob(_) => Ok(blob),
        }
    }

    fn open_record(&self, mut record: Box<JobRecord>) -> StoreResult<Box<JobRecord>> {
        if let Some(result) = record.result.take() {
            let place = place(&record.tenant, RESULT, record.id.as_str());
            let json = self.seal.open_json(STORE, &place, result.get().to_owned())?;
            let result = RawValue::from_string(json)
                .map_err(|_| StoreError::corrupt(STORE, "the result is not JSON"))?;
            record.result = Some(result);
        }
        Ok(record)
    }

    fn open_unwritten(&self, unwritten: Unwritten) -> StoreResult<Unwritten> {
        let Unwritten { record, input, interaction } = unwritten;
        let place = place(&record.tenant, INTERACTION, record.id.as_str());
        let interaction = self.seal.open_json(STORE, &place, interaction)?;
        let input = self.open_input(&record.tenant, &record.id, input)?;
        Ok(Unwritten { record: self.open_record(record)?, input, interaction })
    }

    /// A delivery whose envelope is unreadable has no tenant to seal for, and never succeeds.
    fn tenant(delivery: &Delivery) -> StoreResult<&Tenant> {
        let envelope = delivery.envelope.as_ref();
        envelope
            .map(|envelope| &envelope.tenant)
            .map_err(|_| StoreError::corrupt(STORE, "a delivery without an envelope"))
    }
}

#[async_trait]
impl Jobs for SealedJobs {
    async fn create(&self, job: &NewJob) -> StoreResult<()> {
        let mut job = job.clone();
        if let JobInput::Inline(json) = &mut job.input {
            *json = self.seal.text(&place(&job.tenant, INPUT, job.id.as_str()), json);
        }
        self.inner.create(&job).await
    }

    async fn forget(&self, tenant: &Tenant, id: &JobId) -> StoreResult<()> {
        self.inner.forget(tenant, id).await
    }

    async fn get(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Lookup> {
        match self.inner.get(tenant, id, now).await? {
            Lookup::Found(record) => self.open_record(record).map(Lookup::Found),
            other => Ok(other),
        }
    }

    async fn events(
        &self,
        tenant: &Tenant,
        id: &JobId,
        after: u64,
    ) -> StoreResult<Option<Vec<JobEvent>>> {
        let Some(events) = self.inner.events(tenant, id, after).await? else { return Ok(None) };
        let place = place(tenant, EVENT, id.as_str());
        let opened = events.into_iter().map(|event| {
            let data = self.seal.open_json(STORE, &place, event.data)?;
            Ok(JobEvent { data, ..event })
        });
        opened.collect::<StoreResult<_>>().map(Some)
    }

    async fn watch(&self, id: &JobId) -> StoreResult<JobWatch> {
        self.inner.watch(id).await
    }

    async fn cancel(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Cancel> {
        self.inner.cancel(tenant, id, now).await
    }

    async fn claim_key(
        &self,
        claim: &IdempotencyClaim,
        now: Timestamp,
    ) -> StoreResult<IdempotencyOutcome> {
        self.inner.claim_key(claim, now).await
    }

    async fn settle_key(
        &self,
        claim: &IdempotencyClaim,
        accepted: bool,
        now: Timestamp,
    ) -> StoreResult<()> {
        self.inner.settle_key(claim, accepted, now).await
    }

    async fn start(&self, delivery: &Delivery, now: Timestamp) -> StoreResult<Started> {
        match self.inner.start(delivery, now).await? {
            Started::Run { record, input, past } => {
                let input = self.open_input(&record.tenant, &record.id, input)?;
                Ok(Started::Run { record: self.open_record(record)?, input, past })
            }
            other => Ok(other),
        }
    }

    async fn advance(
        &self,
        delivery: &Delivery,
        progress: &Progress,
        now: Timestamp,
    ) -> StoreResult<Hold> {
        let sealed;
        let progress = match progress {
            Progress::Partial(part) => {
                let place = place(Self::tenant(delivery)?, EVENT, delivery.entry.as_str());
                sealed = Progress::Partial(self.seal.json(&place, part));
                &sealed
            }
            other => other,
        };
        self.inner.advance(delivery, progress, now).await
    }

    async fn finish(
        &self,
        delivery: &Delivery,
        finish: &Finish,
        now: Timestamp,
    ) -> StoreResult<Hold> {
        let sealed;
        let finish = match finish {
            Finish::Succeeded(success) => {
                let (tenant, id) = (Self::tenant(delivery)?, delivery.entry.as_str());
                sealed = Finish::Succeeded(Success {
                    result: self.seal.json(&place(tenant, RESULT, id), &success.result),
                    turn: success.turn.clone(),
                    interaction: self
                        .seal
                        .json(&place(tenant, INTERACTION, id), &success.interaction),
                });
                &sealed
            }
            other => other,
        };
        self.inner.finish(delivery, finish, now).await
    }

    async fn unwritten(&self, until: Timestamp, limit: usize) -> StoreResult<Vec<Unwritten>> {
        let mut opened = Vec::new();
        for one in self.inner.unwritten(until, limit).await? {
            let id = one.record.id.clone();
            match self.open_unwritten(one) {
                Ok(one) => opened.push(one),
                // One that cannot be opened holds up no other; it waits for its key.
                Err(e) => tracing::warn!(job_id = id.as_str(), error = %e, "an end cannot be read"),
            }
        }
        Ok(opened)
    }

    async fn backlog(&self, until: Timestamp) -> StoreResult<Backlog> {
        self.inner.backlog(until).await
    }

    async fn written(&self, jobs: &[JobId]) -> StoreResult<Vec<JobId>> {
        self.inner.written(jobs).await
    }

    async fn expire_due(&self, now: Timestamp, limit: usize) -> StoreResult<usize> {
        self.inner.expire_due(now, limit).await
    }

    async fn outbox(&self, limit: usize) -> StoreResult<Vec<OutboxEntry>> {
        self.inner.outbox(limit).await
    }

    async fn acknowledge(&self, entries: &[OutboxEntry]) -> StoreResult<()> {
        self.inner.acknowledge(entries).await
    }

    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
        now: Timestamp,
    ) -> StoreResult<Vec<JobId>> {
        self.inner.erase_learner(tenant, learner, now).await
    }
}
