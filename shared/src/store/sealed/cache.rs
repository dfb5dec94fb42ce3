//! Cached answers, sealed.

use super::{Seal, place};
use crate::{
    id::Tenant,
    sealing::envelope,
    store::{Cache, CacheKey},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use std::{sync::Arc, time::Duration};

pub(super) struct SealedCache {
    pub inner: Arc<dyn Cache>,
    pub seal: Seal,
}

fn record(key: &CacheKey) -> String {
    format!("{}/{}", key.space, key.digest)
}

#[async_trait]
impl Cache for SealedCache {
    async fn get(&self, key: &CacheKey, now: Timestamp) -> StoreResult<Option<Vec<u8>>> {
        let Some(value) = self.inner.get(key, now).await? else { return Ok(None) };
        if !envelope::is_sealed(&value) {
            return Ok(Some(value));
        }
        let record = record(key);
        let opened = envelope::open(&self.seal.keys, &place(&key.tenant, "cache", &record), &value);
        opened.map(Some).map_err(|error| StoreError::corrupt("cache", error))
    }

    async fn put(
        &self,
        key: &CacheKey,
        value: &[u8],
        learner: Option<&str>,
        keep: Duration,
        now: Timestamp,
    ) -> StoreResult<()> {
        let record = record(key);
        let sealed = self.seal.keys.newest().map(|newest| {
            envelope::seal(newest, &place(&key.tenant, "cache", &record), rand::random(), value)
        });
        let value = sealed.as_deref().unwrap_or(value);
        self.inner.put(key, value, learner, keep, now).await
    }

    async fn attribute(&self, key: &CacheKey, learner: &str, keep: Duration) -> StoreResult<()> {
        self.inner.attribute(key, learner, keep).await
    }

    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64> {
        self.inner.erase_learner(tenant, learner).await
    }
}
