//! What is left of a key's budgets, as headers: `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers)
//! and the older `X-RateLimit-*`.

use super::policy::Policy;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use lexilingo_shared::{
    queue::{Budget, Usage},
    time::Timestamp,
};
use std::time::Duration;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LEFT: HeaderName = HeaderName::from_static("ratelimit");
const OLD_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const OLD_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const OLD_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// Every budget that a submission was charged to, or should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    shares: Vec<Share>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Share {
    policy: Policy,
    budget: Budget,
    remaining: u64,
    resets_at: Timestamp,
    resets_in: Duration,
}

impl Standing {
    pub fn new(policies: &[Policy], budgets: Vec<Budget>, usage: &[Usage], now: Timestamp) -> Self {
        let share = |((policy, budget), usage): ((&Policy, Budget), &Usage)| Share {
            policy: *policy,
            remaining: budget.quota.saturating_sub(usage.used),
            resets_at: usage.resets_at,
            resets_in: usage.resets_at.since(now),
            budget,
        };
        Standing { shares: policies.iter().zip(budgets).zip(usage).map(share).collect() }
    }

    /// Of the budgets that are used up the one that has room again last, and the time until then.
    pub fn exhausted(&self) -> Option<(Policy, Duration)> {
        let empty = self.shares.iter().filter(|share| share.remaining == 0);
        let last = empty.max_by_key(|share| share.resets_in)?;
        Some((last.policy, last.resets_in))
    }

    pub fn show(&self, headers: &mut HeaderMap) {
        let seconds = |span: Duration| crate::error::whole_seconds(span);
        let policy = |share: &Share| {
            let Budget { name, quota, window } = &share.budget;
            format!("\"{name}\";q={quota};w={}", seconds(*window))
        };
        let left = |share: &Share| {
            let Share { budget, remaining, resets_in, .. } = share;
            format!("\"{}\";r={remaining};t={}", budget.name, seconds(*resets_in))
        };
        insert(headers, POLICY, self.list(policy));
        insert(headers, LEFT, self.list(left));
        // The older ones know one budget: that which ends first.
        if let Some(share) = self.shares.iter().min_by_key(|share| share.remaining) {
            let reset = share.resets_at.as_millis().div_euclid(1000) + 1;
            insert(headers, OLD_LIMIT, share.budget.quota.to_string());
            insert(headers, OLD_REMAINING, share.remaining.to_string());
            insert(headers, OLD_RESET, reset.to_string());
        }
    }

    fn list(&self, item: impl Fn(&Share) -> String) -> String {
        self.shares.iter().map(item).collect::<Vec<_>>().join(", ")
    }
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexilingo_shared::lane::Class;

    fn standing(used: [u64; 2]) -> Standing {
        let minute = Budget { name: "voice", quota: 60, window: Duration::from_secs(60) };
        let day = Budget { name: "day", quota: 100, window: Duration::from_secs(86_400) };
        let usage = |used, at| Usage { used, resets_at: Timestamp::from_millis(at) };
        let usage = [usage(used[0], 31_000), usage(used[1], 5_000_500)];
        let policies = [Policy::Class(Class::Voice), Policy::Day];
        Standing::new(&policies, vec![minute, day], &usage, Timestamp::from_millis(1000))
    }

    #[test]
    fn headers_name_every_budget_and_the_older_ones_the_tightest() {
        let mut headers = HeaderMap::new();
        standing([15, 90]).show(&mut headers);
        for (name, value) in [
            ("ratelimit-policy", "\"voice\";q=60;w=60, \"day\";q=100;w=86400"),
            ("ratelimit", "\"voice\";r=45;t=30, \"day\";r=10;t=5000"),
            ("x-ratelimit-limit", "100"),
            ("x-ratelimit-remaining", "10"),
            ("x-ratelimit-reset", "5001"),
        ] {
            assert_eq!(headers[name], value, "{name}");
        }
    }

    #[test]
    fn what_is_used_up_says_how_long() {
        let voice = Policy::Class(Class::Voice);
        assert_eq!(standing([60, 0]).exhausted(), Some((voice, Duration::from_secs(30))));
        let day = Some((Policy::Day, Duration::from_millis(4_999_500)));
        assert_eq!(standing([60, 100]).exhausted(), day);
        assert_eq!(standing([59, 99]).exhausted(), None);
    }
}
