//! Charging a submission to the budgets of its key.

use super::{policy::Policy, standing::Standing};
use crate::{
    error::{ApiError, ApiResult},
    extract::Caller,
    state::App,
};
use lexilingo_shared::{error_code::ErrorCode, lane::Class, queue::Budget};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    Job(Class),
    Upload,
}

impl App {
    /// Refuses with 429 when a budget of the caller's key is used up. Without a key there is no limit.
    pub async fn admit(&self, caller: &Caller, charge: Charge) -> ApiResult<()> {
        let Some(key) = &caller.principal.key else { return Ok(()) };
        let budget = |policy: Policy| policy.budget(key.limits, &self.config.access);
        let (policies, budgets): (Vec<Policy>, Vec<Budget>) = Policy::of(charge)
            .into_iter()
            .filter_map(|policy| Some((policy, budget(policy)?)))
            .unzip();
        if budgets.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let taken = self.stores.budgets.take(key.prefix.as_str(), &budgets, now).await?;
        let standing = Standing::new(&policies, budgets, &taken.usage, now);
        let exhausted = standing.exhausted();
        let _ = caller.standing.set(standing);
        let Some((policy, wait)) = exhausted.filter(|_| !taken.admitted) else { return Ok(()) };
        let code = match policy {
            Policy::Day => ErrorCode::QuotaExceeded,
            _ => ErrorCode::RateLimitExceeded,
        };
        let refusal = ApiError::bare(code).with_retry_after(wait);
        Err(ApiError { violated: Some(policy), ..refusal })
    }
}
