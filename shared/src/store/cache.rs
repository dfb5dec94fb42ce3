//! The result cache: bytes under a key, for a time. It may forget at any moment.

use crate::{id::Tenant, store_error::StoreResult, time::Timestamp};
use async_trait::async_trait;
use std::time::Duration;

/// A cache key: the tenant and a digest of everything that the answer depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CacheKey {
    pub tenant: Tenant,
    /// What kind of answer, e.g. `analysis`.
    pub space: &'static str,
    /// Hex digest.
    pub digest: String,
}

#[async_trait]
pub trait Cache: Send + Sync + 'static {
    async fn get(&self, key: &CacheKey, now: Timestamp) -> StoreResult<Option<Vec<u8>>>;

    /// Stores for `keep`. `learner` names whose text it holds, so that erasure finds it; an entry that several
    /// learners caused goes with the first who is erased.
    async fn put(
        &self,
        key: &CacheKey,
        value: &[u8],
        learner: Option<&str>,
        keep: Duration,
        now: Timestamp,
    ) -> StoreResult<()>;

    /// Notes that the entry also serves this learner.
    async fn attribute(&self, key: &CacheKey, learner: &str, keep: Duration) -> StoreResult<()>;

    /// Removes what the learner caused; returns how many entries.
    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64>;
}
