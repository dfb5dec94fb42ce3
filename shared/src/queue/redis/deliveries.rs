//! Deliveries of webhooks. All keys have one hash tag; the scripts spell them from the prefix, see `lua/webhooks.lua`.

use super::{
    redis_queue::{RedisQueue, STORE},
    scripts,
};
use crate::{
    id::{EndpointId, Tenant},
    queue::deliveries::{
        AT_ONCE, Added, Deliveries, LEASED_FOR, LentDelivery, MOST_WAITING, NewDelivery,
        REMEMBERED_FOR, Sent,
    },
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use redis::{Script, ScriptInvocation};
use std::time::Duration;

impl RedisQueue {
    /// A call with what all scripts about deliveries begin with.
    fn on_deliveries<'a>(&self, script: &'a Script, now: Timestamp) -> ScriptInvocation<'a> {
        let prefix = self.keys.webhooks();
        let mut call = script.key(format!("{prefix}ready"));
        call.arg(prefix).arg(now.as_millis()).arg(AT_ONCE);
        call
    }
}

#[async_trait]
impl Deliveries for RedisQueue {
    async fn add(
        &self,
        deliveries: &[NewDelivery],
        again: bool,
        now: Timestamp,
    ) -> StoreResult<Added> {
        if deliveries.is_empty() {
            return Ok(Added::default());
        }
        let mut call = self.on_deliveries(&scripts::ADD_DELIVERIES, now);
        call.arg(u8::from(again)).arg(MOST_WAITING);
        for NewDelivery { endpoint, tenant, event, kind, body } in deliveries {
            call.arg(endpoint.as_str()).arg(event.as_str()).arg(tenant.as_str());
            call.arg(kind.as_str()).arg(body);
        }
        let (added, known, refused) = self.connection.script(&call).await?;
        Ok(Added { added, known, refused })
    }

    async fn lend(&self, limit: usize, now: Timestamp) -> StoreResult<Vec<LentDelivery>> {
        let mut call = self.on_deliveries(&scripts::LEND_DELIVERIES, now);
        call.arg(limit).arg(LEASED_FOR.as_millis() as u64);
        // Never repeated: what was lent to an answer that was lost comes back by itself.
        let lent: Vec<[String; 6]> = self.connection.script_once(&call).await?;
        lent.into_iter().map(read).collect()
    }

    async fn settle(
        &self,
        lent: &LentDelivery,
        sent: Sent,
        at_once: u32,
        now: Timestamp,
    ) -> StoreResult<()> {
        let mut call = self.on_deliveries(&scripts::SETTLE_DELIVERY, now);
        call.arg(lent.delivery.endpoint.as_str()).arg(lent.delivery.event.as_str());
        call.arg(lent.attempt).arg(match sent {
            Sent::Over => String::new(),
            Sent::Again(at) => at.as_millis().to_string(),
        });
        call.arg(at_once).arg(REMEMBERED_FOR.as_millis() as u64);
        self.connection.script(&call).await
    }

    async fn drop_endpoint(&self, endpoint: &EndpointId) -> StoreResult<u64> {
        let mut call = self.on_deliveries(&scripts::DROP_DELIVERIES, Timestamp::default());
        self.connection.script(call.arg(endpoint.as_str())).await
    }

    async fn leads(&self, reader: &str, span: Duration, now: Timestamp) -> StoreResult<bool> {
        let mut call = self.on_deliveries(&scripts::LEAD_DELIVERIES, now);
        self.connection.script(call.arg(reader).arg(span.as_millis().max(1) as u64)).await
    }
}

/// Endpoint, event, tenant, type, body and number of the attempt.
fn read([endpoint, event, tenant, kind, body, attempt]: [String; 6]) -> StoreResult<LentDelivery> {
    let bad = || StoreError::corrupt(STORE, "a delivery");
    let delivery = NewDelivery {
        endpoint: endpoint.parse().map_err(|_| bad())?,
        tenant: Tenant::new(&tenant).map_err(|_| bad())?,
        event: event.parse().map_err(|_| bad())?,
        kind: kind.parse().map_err(|_| bad())?,
        body,
    };
    Ok(LentDelivery { delivery, attempt: attempt.parse().map_err(|_| bad())? })
}
