//! Job records: every change is one script, so that state, event and outbox entry cannot part.

use super::{
    idempotency,
    keys::{learner_index, past_of},
    record::{self, RECORD, Values},
    redis_queue::{RedisQueue, STORE},
    scripts, unwritten,
};
use crate::{
    id::{JobId, SHARDS, Tenant},
    job::{JobEvent, JobInput, JobRecord, NewJob, OutboxEntry},
    queue::{
        jobs::{
            Backlog, Cancel, Finish, Hold, IdempotencyClaim, IdempotencyOutcome, JobWatch, Jobs,
            Lookup, Progress, Started, Unwritten,
        },
        lanes::Delivery,
    },
    status::JobStatus,
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use std::collections::BTreeMap;

#[async_trait]
impl Jobs for RedisQueue {
    async fn create(&self, job: &NewJob) -> StoreResult<()> {
        let ttl = job.expires_at.since(job.created_at).as_millis().max(1) as u64;
        let index = job.user_id.as_ref().map(|user| learner_index(&job.tenant, user));
        let mut call = self.on_job(&scripts::CREATE, &job.id, job.created_at);
        call.arg(ttl).arg(job.tenant.as_str()).arg(json(&job.input)?);
        call.arg(job.deadline_at.as_millis()).arg(job.expires_at.as_millis());
        call.arg(index.unwrap_or_default()).arg(past_of(&job.tenant, &job.session_id));
        for (name, value) in record::fields(job) {
            call.arg(name).arg(value);
        }
        self.connection.script(&call).await
    }

    async fn forget(&self, tenant: &Tenant, id: &JobId) -> StoreResult<()> {
        let mut call = self.on_job(&scripts::FORGET, id, Timestamp::default());
        self.connection.script(call.arg(tenant.as_str())).await
    }

    async fn get(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Lookup> {
        // Nearly every read finds a job that needs no ending: a plain read costs the server a third of the script.
        if let Some(record) = self.record(id).await?
            && record.tenant == *tenant
            && now < record.expires_at
            && (record.status.is_final() || now < record.deadline_at)
        {
            return Ok(Lookup::Found(Box::new(record)));
        }
        let mut call = self.on_job(&scripts::GET, id, now);
        let (answer, values): (String, Values) =
            self.connection.script(call.arg(tenant.as_str())).await?;
        Ok(match answer.as_str() {
            "found" => Lookup::Found(Box::new(record::read(id, values)?)),
            "gone" => Lookup::Gone,
            _ => Lookup::Unknown,
        })
    }

    async fn events(
        &self,
        tenant: &Tenant,
        id: &JobId,
        after: u64,
    ) -> StoreResult<Option<Vec<JobEvent>>> {
        let mut call = self.on_job(&scripts::EVENTS, id, Timestamp::default());
        let lines: Option<Vec<String>> =
            self.connection.script(call.arg(tenant.as_str()).arg(after)).await?;
        lines.map(|lines| lines.iter().map(|line| record::read_event(line)).collect()).transpose()
    }

    async fn watch(&self, id: &JobId) -> StoreResult<JobWatch> {
        Ok(JobWatch::new(self.signals.watch(id)))
    }

    async fn cancel(&self, tenant: &Tenant, id: &JobId, now: Timestamp) -> StoreResult<Cancel> {
        let mut call = self.on_job(&scripts::CANCEL, id, now);
        let answer: String = self.connection.script(call.arg(tenant.as_str())).await?;
        Ok(match answer.as_str() {
            "canceled!" => Cancel::Canceled,
            "gone" => Cancel::Gone,
            "unknown" => Cancel::Unknown,
            status => Cancel::TooLate(state(status)?),
        })
    }

    async fn claim_key(
        &self,
        claim: &IdempotencyClaim,
        now: Timestamp,
    ) -> StoreResult<IdempotencyOutcome> {
        idempotency::claim_key(self, claim, now).await
    }

    async fn settle_key(
        &self,
        claim: &IdempotencyClaim,
        accepted: bool,
        now: Timestamp,
    ) -> StoreResult<()> {
        idempotency::settle_key(self, claim, accepted, now).await
    }

    async fn start(&self, delivery: &Delivery, now: Timestamp) -> StoreResult<Started> {
        let mut call = self.on_job(&scripts::START, &delivery.entry, now);
        type Answer = (String, Values, Option<String>, Vec<String>);
        let (answer, values, value, past): Answer =
            self.connection.script(call.arg(delivery.fence)).await?;
        Ok(match (answer.as_str(), value) {
            ("run", Some(input)) => Started::Run {
                record: Box::new(record::read(&delivery.entry, values)?),
                input: read_input(&input)?,
                past,
            },
            ("run", None) => Started::InputMissing,
            ("ended", Some(status)) => Started::Ended(state(&status)?),
            ("expired", _) => Started::Expired,
            ("not_there", _) => Started::NotThere,
            _ => Started::Stale,
        })
    }

    async fn advance(
        &self,
        delivery: &Delivery,
        progress: &Progress,
        now: Timestamp,
    ) -> StoreResult<Hold> {
        let (what, value) = match progress {
            Progress::Stage(stage) => ("stage", stage.as_str()),
            Progress::Partial(part) => ("partial", part.as_str()),
            Progress::Retrying => ("retrying", ""),
            Progress::HandedBack => ("handed_back", ""),
        };
        let mut call = self.on_job(&scripts::ADVANCE, &delivery.entry, now);
        call.arg(delivery.fence).arg(what).arg(value);
        hold(self.connection.script(&call).await?)
    }

    async fn finish(
        &self,
        delivery: &Delivery,
        finish: &Finish,
        now: Timestamp,
    ) -> StoreResult<Hold> {
        let mut call = self.on_job(&scripts::FINISH, &delivery.entry, now);
        call.arg(delivery.fence);
        match finish {
            Finish::Succeeded(success) => {
                call.arg(JobStatus::Succeeded.as_str()).arg("result").arg(&success.result);
                call.arg(&success.turn).arg(&success.interaction);
            }
            Finish::Failed(error) => {
                call.arg(JobStatus::Failed.as_str()).arg("error").arg(json(error)?);
            }
            Finish::Expired => {
                call.arg(JobStatus::Expired.as_str()).arg("").arg("");
            }
        }
        hold(self.connection.script(&call).await?)
    }

    async fn unwritten(&self, until: Timestamp, limit: usize) -> StoreResult<Vec<Unwritten>> {
        unwritten::oldest(self, until, limit).await
    }

    async fn backlog(&self, until: Timestamp) -> StoreResult<Backlog> {
        unwritten::backlog(self, until).await
    }

    async fn written(&self, jobs: &[JobId]) -> StoreResult<Vec<JobId>> {
        let mut by_shard: BTreeMap<u8, Vec<&JobId>> = BTreeMap::new();
        for job in jobs {
            by_shard.entry(job.shard()).or_default().push(job);
        }
        let calls = by_shard.into_iter().map(async |(shard, jobs)| {
            let mut call = self.on_shard(&scripts::WRITTEN, shard, Timestamp::default());
            for job in jobs {
                call.arg(job.as_str());
            }
            self.connection.script::<Vec<String>>(&call).await
        });
        let gone = futures::future::try_join_all(calls).await?;
        let ids = gone.into_iter().flatten();
        ids.map(|id| id.parse().map_err(|_| StoreError::corrupt(STORE, "a job id"))).collect()
    }

    async fn expire_due(&self, now: Timestamp, limit: usize) -> StoreResult<usize> {
        let mut due = redis::pipe();
        for shard in 0..SHARDS {
            due.zcount(self.keys.deadlines(shard), "-inf", now.as_millis());
        }
        let due: Vec<usize> = self.connection.pipeline(&due).await?;
        let mut ended = 0;
        for (shard, _) in (0..SHARDS).zip(due).filter(|(_, due)| *due > 0) {
            loop {
                // Scripts are kept short, because the server does nothing else meanwhile.
                let chunk = (limit - ended).min(100);
                if chunk == 0 {
                    return Ok(ended);
                }
                let mut call = self.on_shard(&scripts::EXPIRE, shard, now);
                let (some, seen): (usize, usize) = self.connection.script(call.arg(chunk)).await?;
                ended += some;
                if seen < chunk {
                    break;
                }
            }
        }
        Ok(ended)
    }

    async fn outbox(&self, limit: usize) -> StoreResult<Vec<OutboxEntry>> {
        self.oldest_outbox(limit).await
    }

    async fn acknowledge(&self, entries: &[OutboxEntry]) -> StoreResult<()> {
        self.acknowledge_outbox(entries).await
    }

    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
        now: Timestamp,
    ) -> StoreResult<Vec<JobId>> {
        let index = learner_index(tenant, learner);
        let mut erased = Vec::new();
        for shard in 0..SHARDS {
            loop {
                let mut call = self.on_shard(&scripts::ERASE, shard, now);
                let (some, seen): (Vec<String>, u64) =
                    self.connection.script(call.arg(&index)).await?;
                for id in some {
                    erased.push(id.parse().map_err(|_| StoreError::corrupt(STORE, "a job id"))?);
                }
                if seen == 0 {
                    break;
                }
            }
        }
        Ok(erased)
    }
}

impl RedisQueue {
    /// The record as it stands.
    async fn record(&self, id: &JobId) -> StoreResult<Option<JobRecord>> {
        let mut read = redis::pipe();
        read.hmget(self.keys.job(id), &RECORD);
        let (values,): (Values,) = self.connection.pipeline(&read).await?;
        if values.iter().all(Option::is_none) {
            return Ok(None);
        }
        record::read(id, values).map(Some)
    }
}

pub(super) fn read_input(json: &str) -> StoreResult<JobInput> {
    serde_json::from_str(json).map_err(|_| StoreError::corrupt(STORE, "the input of a job"))
}

fn json<T: serde::Serialize>(value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|error| StoreError::corrupt(STORE, error))
}

fn state(name: &str) -> StoreResult<JobStatus> {
    name.parse().map_err(|_| StoreError::corrupt(STORE, "the state of a job"))
}

fn hold(answer: String) -> StoreResult<Hold> {
    match answer.as_str() {
        "held" => Ok(Hold::Held),
        "lost" => Ok(Hold::Lost),
        status => state(status).map(Hold::Ended),
    }
}
