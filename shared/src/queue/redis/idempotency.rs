//! Uses of `Idempotency-Key`: a claim holds for a minute, an accepted one for as long as it asks.

use super::{handle::RedisQueue, scripts};
use crate::{
    queue::jobs::{IdempotencyClaim, IdempotencyOutcome},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use redis::{Script, ScriptInvocation};
use std::time::Duration;

/// How long a claim holds that nobody settles.
const UNSETTLED_FOR: Duration = Duration::from_secs(60);

impl RedisQueue {
    pub(super) async fn claim(
        &self,
        claim: &IdempotencyClaim,
        now: Timestamp,
    ) -> StoreResult<IdempotencyOutcome> {
        let call = self.on_claim(&scripts::CLAIM, claim, now, UNSETTLED_FOR);
        let (answer, job): (String, String) = self.connection.script(&call).await?;
        match answer.as_str() {
            "fresh" => Ok(IdempotencyOutcome::Fresh),
            "mismatch" => Ok(IdempotencyOutcome::Mismatch),
            "in_progress" => Ok(IdempotencyOutcome::InProgress),
            _ => job.parse().map(IdempotencyOutcome::Replay).map_err(|_| {
                StoreError::corrupt(super::handle::STORE, "the job of an idempotency key")
            }),
        }
    }

    pub(super) async fn settle_claim(
        &self,
        claim: &IdempotencyClaim,
        accepted: bool,
        now: Timestamp,
    ) -> StoreResult<()> {
        let mut call = self.on_claim(&scripts::SETTLE_CLAIM, claim, now, claim.keep);
        self.connection.script(call.arg(u8::from(accepted))).await
    }

    fn on_claim<'a>(
        &self,
        script: &'a Script,
        claim: &IdempotencyClaim,
        now: Timestamp,
        span: Duration,
    ) -> ScriptInvocation<'a> {
        let mut call = script.key(self.keys.idempotency(&claim.key));
        call.arg(&claim.fingerprint).arg(claim.job.as_str());
        call.arg(now.as_millis()).arg(span.as_millis().max(1) as u64);
        call
    }
}
