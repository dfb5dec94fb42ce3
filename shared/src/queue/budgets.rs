//! Budgets: how often something may be done within a span of time, over the whole fleet.

use crate::{store_error::StoreResult, time::Timestamp};
use async_trait::async_trait;
use std::time::Duration;

/// So many uses in a window, which begins with the first use and ends with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// e.g. `interactive`; at most 32 of `a-z` and `-`.
    pub name: &'static str,
    pub quota: u64,
    pub window: Duration,
}

/// What a budget's window holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    pub used: u64,
    pub resets_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Whether every budget had room. Otherwise none was charged.
    pub admitted: bool,
    /// In the order of the budgets, this use included when it was admitted.
    pub usage: Vec<Usage>,
}

#[async_trait]
pub trait Budgets: Send + Sync + 'static {
    /// Takes one use out of each of the owner's budgets, or out of none when one of them has no room.
    async fn take(&self, owner: &str, budgets: &[Budget], now: Timestamp) -> StoreResult<Taken>;
}
