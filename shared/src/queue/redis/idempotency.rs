//! Uses of `Idempotency-Key`: a claim holds for `UNSETTLED_FOR`, an accepted one for as long as it asks.

use super::{
    redis_queue::{RedisQueue, STORE},
    scripts,
};
use crate::{
    queue::jobs::{IdempotencyClaim, IdempotencyOutcome, UNSETTLED_FOR},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use redis::{Script, ScriptInvocation};
use std::time::Duration;

pub(super) async fn claim_key(
    queue: &RedisQueue,
    claim: &IdempotencyClaim,
    now: Timestamp,
) -> StoreResult<IdempotencyOutcome> {
    let call = on_key(&scripts::CLAIM_KEY, queue, claim, now, UNSETTLED_FOR);
    let (answer, job): (String, String) = queue.connection.script(&call).await?;
    match answer.as_str() {
        "fresh" => Ok(IdempotencyOutcome::Fresh),
        "mismatch" => Ok(IdempotencyOutcome::Mismatch),
        "in_progress" => Ok(IdempotencyOutcome::InProgress),
        _ => job
            .parse()
            .map(IdempotencyOutcome::Replay)
            .map_err(|_| StoreError::corrupt(STORE, "the job of an idempotency key")),
    }
}

pub(super) async fn settle_key(
    queue: &RedisQueue,
    claim: &IdempotencyClaim,
    accepted: bool,
    now: Timestamp,
) -> StoreResult<()> {
    let mut call = on_key(&scripts::SETTLE_KEY, queue, claim, now, claim.keep);
    queue.connection.script(call.arg(u8::from(accepted))).await
}

fn on_key<'a>(
    script: &'a Script,
    queue: &RedisQueue,
    claim: &IdempotencyClaim,
    now: Timestamp,
    span: Duration,
) -> ScriptInvocation<'a> {
    let mut call = script.key(queue.keys.idempotency(&claim.key));
    call.arg(&claim.fingerprint).arg(claim.job.as_str());
    call.arg(now.as_millis()).arg(span.as_millis().max(1) as u64);
    call
}
