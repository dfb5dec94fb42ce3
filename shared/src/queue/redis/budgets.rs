//! Budgets as one hash each. All of an owner's have the same hash tag, so that one script sees them together.

use super::{
    redis_queue::{RedisQueue, STORE},
    scripts,
};
use crate::{
    queue::budgets::{Budget, Budgets, Taken, Usage},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;

#[async_trait]
impl Budgets for RedisQueue {
    async fn take(&self, owner: &str, budgets: &[Budget], now: Timestamp) -> StoreResult<Taken> {
        if budgets.is_empty() {
            return Ok(Taken { admitted: true, usage: Vec::new() });
        }
        let mut call = scripts::TAKE.prepare_invoke();
        for budget in budgets {
            call.key(self.keys.budget(owner, budget.name));
        }
        call.arg(now.as_millis());
        for budget in budgets {
            call.arg(budget.quota).arg(budget.window.as_millis().max(1) as u64);
        }
        // Never repeated: a use whose answer was lost would be charged twice.
        let answer: Vec<i64> = self.connection.script_once(&call).await?;
        let Some((admitted, usage)) = answer.split_first() else {
            return Err(StoreError::corrupt(STORE, "the answer about a budget"));
        };
        let usage = usage.chunks_exact(2).map(|pair| Usage {
            used: u64::try_from(pair[0]).unwrap_or(0),
            resets_at: Timestamp::from_millis(pair[1]),
        });
        Ok(Taken { admitted: *admitted == 1, usage: usage.collect() })
    }
}
