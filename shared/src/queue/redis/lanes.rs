//! Lanes: entries that wait, are leased, are retried later or are kept aside.

use super::{
    redis_queue::{RedisQueue, STORE},
    scripts,
};
use crate::{
    id::{JobId, WorkerId},
    job::Envelope,
    lane::Lane,
    queue::lanes::{DEAD_FOR, Delivery, LaneStats, Lanes, Pushed, Recovered, Settlement},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use std::time::Duration;

/// Dead entries that are kept per lane.
const MOST_DEAD: u64 = 10_000;

/// `{id, envelope, fence, crashes}`, see `lua/lease.lua`.
type Leased = (String, Option<Vec<u8>>, u64, u32);

#[async_trait]
impl Lanes for RedisQueue {
    async fn push(&self, lane: Lane, envelope: &Envelope, max_waiting: u64) -> StoreResult<Pushed> {
        let keys = self.keys.lane(lane);
        let bytes =
            serde_json::to_vec(envelope).map_err(|error| StoreError::corrupt(STORE, error))?;
        let mut call = scripts::PUSH.key(&keys.active);
        call.key(&keys.data).arg(envelope.id.as_str()).arg(bytes).arg(max_waiting).arg(&keys.wake);
        let (accepted, waiting): (bool, u64) = self.connection.script(&call).await?;
        Ok(if accepted { Pushed::Accepted } else { Pushed::Full { waiting } })
    }

    async fn lease_up_to(
        &self,
        most: usize,
        lane: Lane,
        worker: &WorkerId,
        now: Timestamp,
    ) -> StoreResult<Vec<Delivery>> {
        let mut deliveries = Vec::new();
        while deliveries.is_empty() {
            let leased = self.take(most, lane, worker, now).await?;
            if leased.is_empty() {
                break;
            }
            for (id, envelope, fence, crashes) in leased {
                let Ok(entry) = id.parse::<JobId>() else {
                    // Nothing of ours: no job would ever hear of it.
                    tracing::warn!(%lane, "queue entry without a job id is kept aside");
                    let end = ("dead", "the entry's id is not a job id".to_owned());
                    self.end(lane, worker, &id, fence, end, now).await?;
                    continue;
                };
                let envelope = match envelope {
                    Some(bytes) => Envelope::read(&entry, &bytes),
                    None => Err("the entry has no envelope".to_owned()),
                };
                let worker = worker.clone();
                deliveries.push(Delivery { lane, worker, entry, fence, crashes, envelope });
            }
        }
        Ok(deliveries)
    }

    async fn wait_for_work(&self, lane: Lane, at_most: Duration) {
        self.signals.lane(lane).wait(at_most).await;
    }

    async fn settle(
        &self,
        delivery: &Delivery,
        settlement: &Settlement,
        now: Timestamp,
    ) -> StoreResult<()> {
        let Delivery { lane, worker, entry, fence, .. } = delivery;
        let end = match settlement {
            Settlement::Done => ("done", String::new()),
            Settlement::Retry(at) => ("retry", at.as_millis().to_string()),
            Settlement::HandBack => ("hand_back", String::new()),
            Settlement::Dead(reason) => ("dead", reason.clone()),
        };
        self.end(*lane, worker, entry.as_str(), *fence, end, now).await
    }

    async fn beat(&self, worker: &WorkerId, lanes: &[Lane], now: Timestamp) -> StoreResult<()> {
        let mut commands = redis::pipe();
        for lane in lanes {
            let workers = &self.keys.lane(*lane).workers;
            commands.zadd(workers, worker.as_str(), now.as_millis()).ignore();
        }
        self.connection.pipeline(&commands).await
    }

    async fn leave(&self, worker: &WorkerId, lanes: &[Lane], _now: Timestamp) -> StoreResult<()> {
        for lane in lanes {
            while self.release(*lane, worker.as_str(), None).await?.0 {}
            self.lease_tokens.forget(*lane, worker);
        }
        Ok(())
    }

    async fn recover(
        &self,
        lanes: &[Lane],
        lost_before: Timestamp,
        now: Timestamp,
    ) -> StoreResult<Vec<Recovered>> {
        let mut recovered = Vec::new();
        for lane in lanes {
            loop {
                let (more, entries) = self.release(*lane, "", Some(lost_before)).await?;
                recovered.extend(entries.into_iter().filter_map(|(id, crashes)| {
                    Some(Recovered { entry: id.parse().ok()?, lane: *lane, crashes })
                }));
                if !more {
                    break;
                }
            }
            self.drop_old_dead(*lane, now).await?;
        }
        Ok(recovered)
    }

    async fn stats(&self, lane: Lane, now: Timestamp) -> StoreResult<LaneStats> {
        let keys = self.keys.lane(lane);
        let mut call = scripts::STATS.key(&keys.active);
        call.key(&keys.scheduled).key(&keys.workers).key(&keys.dead);
        call.arg(now.as_millis()).arg(&keys.inflight);
        type Counts = (u64, u64, u64, u64, Option<String>);
        let (waiting, scheduled, running, dead, head): Counts =
            self.connection.script(&call).await?;
        let oldest =
            head.and_then(|id| id.parse::<JobId>().ok()).map(|id| now.since(id.created_at()));
        Ok(LaneStats { waiting, scheduled, running, dead, oldest })
    }
}

impl RedisQueue {
    async fn take(
        &self,
        most: usize,
        lane: Lane,
        worker: &WorkerId,
        now: Timestamp,
    ) -> StoreResult<Vec<Leased>> {
        let keys = self.keys.lane(lane);
        let mut attempt = 1;
        let answer: Vec<redis::Value> = loop {
            let token = self.lease_tokens.token(lane, worker);
            let mut call = scripts::LEASE.key(&keys.active);
            call.key(&keys.data).key(&keys.scheduled).key(&keys.workers).key(keys.held_by(worker));
            call.arg(now.as_millis()).arg(worker.as_str()).arg(token.as_str());
            call.arg(u8::from(token.used_before)).arg(&keys.meta).arg(most);
            match self.connection.script_once(&call).await {
                Ok(leased) => {
                    token.resolved();
                    break leased;
                }
                Err(failed) if failed.may_pass(&self.connection, attempt).await => attempt += 1,
                Err(failed) => return Err(failed.into()),
            }
        };
        let fault = |error| StoreError::corrupt(STORE, error);
        let mut parts = answer.into_iter();
        let mut number = || redis::from_redis_value::<i64>(parts.next().unwrap_or_default());
        let (left, next_due) = (number().map_err(fault)?, number().map_err(fault)?);
        let signal = self.signals.lane(lane);
        signal.next_due_in(u64::try_from(next_due).ok().map(Duration::from_millis));
        if left > 0 {
            // Several pushes may have left a single wake-up: pass it on while there is work.
            signal.wake();
        }
        redis::from_redis_value(redis::Value::Array(parts.collect())).map_err(fault)
    }

    async fn end(
        &self,
        lane: Lane,
        worker: &WorkerId,
        id: &str,
        fence: u64,
        (kind, value): (&str, String),
        now: Timestamp,
    ) -> StoreResult<()> {
        let keys = self.keys.lane(lane);
        let mut call = scripts::SETTLE.key(&keys.active);
        call.key(&keys.data).key(&keys.scheduled).key(&keys.dead).key(keys.held_by(worker));
        call.arg(id).arg(fence).arg(kind).arg(value);
        call.arg(now.as_millis()).arg(&keys.meta).arg(&keys.wake);
        self.connection.script(&call).await
    }

    /// Gives back up to 100 entries of one worker, or of the first that is lost. Tells whether there may be more.
    async fn release(
        &self,
        lane: Lane,
        worker: &str,
        lost_before: Option<Timestamp>,
    ) -> StoreResult<(bool, Vec<(String, u32)>)> {
        let keys = self.keys.lane(lane);
        let mut call = scripts::RELEASE.key(&keys.active);
        call.key(&keys.workers).arg(worker);
        call.arg(lost_before.unwrap_or_default().as_millis());
        call.arg(&keys.inflight).arg(&keys.meta).arg(&keys.wake);
        call.arg(u8::from(lost_before.is_some()));
        let answer: Vec<redis::Value> = self.connection.script(&call).await?;
        let fault = |error| StoreError::corrupt(STORE, error);
        let mut parts = answer.into_iter();
        let more = parts.next().map(redis::from_redis_value::<bool>);
        let more = more.transpose().map_err(fault)?.unwrap_or(false);
        let entries = redis::from_redis_value(redis::Value::Array(parts.collect()));
        Ok((more, entries.map_err(fault)?))
    }

    async fn drop_old_dead(&self, lane: Lane, now: Timestamp) -> StoreResult<()> {
        let keys = self.keys.lane(lane);
        let mut call = scripts::DROP_OLD_DEAD.key(&keys.dead);
        call.key(&keys.data).arg(&keys.meta);
        call.arg(now.minus(DEAD_FOR).as_millis()).arg(MOST_DEAD);
        while self.connection.script::<u64>(&call).await? > 0 {}
        Ok(())
    }
}
