//! The fleet: workers' reports, shared counters and recent sessions.

use super::{
    keys::{FleetKey, pseudonym},
    redis_queue::RedisQueue,
    scripts,
};
use crate::{
    id::WorkerId,
    queue::fleet::{Fleet, SESSIONS_FOR, WorkerReport},
    store_error::{StoreError, StoreResult},
    tally::Tally,
    time::Timestamp,
};
use async_trait::async_trait;
use std::collections::BTreeMap;

#[async_trait]
impl Fleet for RedisQueue {
    async fn report(&self, report: &WorkerReport) -> StoreResult<()> {
        let json = serde_json::to_string(report)
            .map_err(|error| StoreError::corrupt(super::redis_queue::STORE, error))?;
        let id = report.id.as_str();
        let mut commands = redis::pipe();
        commands.atomic();
        commands.hset(self.keys.fleet(FleetKey::Workers), id, json).ignore();
        commands.zadd(self.keys.fleet(FleetKey::Beats), id, report.at.as_millis()).ignore();
        self.connection.pipeline(&commands).await
    }

    async fn retire(&self, worker: &WorkerId) -> StoreResult<()> {
        let mut commands = redis::pipe();
        commands.atomic();
        commands.hdel(self.keys.fleet(FleetKey::Workers), worker.as_str()).ignore();
        commands.zrem(self.keys.fleet(FleetKey::Beats), worker.as_str()).ignore();
        self.connection.pipeline(&commands).await
    }

    async fn workers(&self, lost_before: Timestamp) -> StoreResult<Vec<WorkerReport>> {
        let mut call = scripts::LIVING.key(self.keys.fleet(FleetKey::Workers));
        call.key(self.keys.fleet(FleetKey::Beats)).arg(lost_before.as_millis());
        let reports: Vec<String> = self.connection.script(&call).await?;
        let read = |json: String| match serde_json::from_str(&json) {
            Ok(report) => Some(report),
            Err(error) => {
                // A worker of another release: it lives, but what it says is not for us.
                tracing::warn!(%error, "report of a worker is not readable");
                None
            }
        };
        let mut workers: Vec<WorkerReport> = reports.into_iter().filter_map(read).collect();
        workers.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(workers)
    }

    async fn add(&self, tally: &Tally) -> StoreResult<()> {
        if tally.is_empty() {
            return Ok(());
        }
        let counters = self.keys.fleet(FleetKey::Counters);
        let mut commands = redis::pipe();
        commands.atomic();
        for (name, by) in tally.iter() {
            commands.hincr(&counters, name, i64::try_from(by).unwrap_or(i64::MAX)).ignore();
        }
        // Not repeated: counted once too little is better than twice.
        Ok(self.connection.pipeline_once::<()>(&commands).await?)
    }

    async fn counters(&self) -> StoreResult<BTreeMap<String, u64>> {
        let mut commands = redis::pipe();
        commands.hgetall(self.keys.fleet(FleetKey::Counters));
        let (counters,): (BTreeMap<String, u64>,) = self.connection.pipeline(&commands).await?;
        Ok(counters)
    }

    async fn active_sessions(&self, since: Timestamp) -> StoreResult<u64> {
        let mut commands = redis::pipe();
        commands.zcount(self.keys.fleet(FleetKey::Sessions), since.as_millis(), "+inf");
        let (active,): (u64,) = self.connection.pipeline(&commands).await?;
        Ok(active)
    }

    async fn touch_session(&self, tenant_and_session: &str, now: Timestamp) -> StoreResult<()> {
        let sessions = self.keys.fleet(FleetKey::Sessions);
        let old = now.minus(SESSIONS_FOR).as_millis();
        let mut commands = redis::pipe();
        commands.zrembyscore(&sessions, "-inf", old).ignore();
        let session = pseudonym(tenant_and_session);
        commands.cmd("ZADD").arg(&sessions).arg("GT").arg(now.as_millis()).arg(session).ignore();
        self.connection.pipeline(&commands).await
    }

    async fn ping(&self) -> StoreResult<()> {
        self.connection.pipeline(redis::pipe().cmd("PING").ignore()).await
    }
}
