//! The result cache: values with an end of life, and an index by learner for erasure.
//!
//! A server that evicts may also evict an index; what it listed is then found by its end of life only.

use crate::{
    id::Tenant,
    queue::redis::{Connection, Keys, Patience, fault},
    store::cache::{Cache, CacheKey},
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use redis::{Client, Script};
use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

const STORE: &str = "redis cache";

/// Index entries erased in one round trip.
const CHUNK: isize = 500;

static INDEX: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("index.lua")));

/// Clones share the connection. A call fails within about a second; the caller takes that for a miss.
#[derive(Clone)]
pub struct RedisCache {
    connection: Connection,
    keys: Arc<Keys>,
}

impl RedisCache {
    /// Fails on a malformed URL only. Every key starts with `namespace`.
    pub async fn connect(url: &str, namespace: &str) -> StoreResult<RedisCache> {
        let client = Client::open(url).map_err(|error| fault(STORE, &error))?;
        let connection = Connection::open(client, STORE, Patience::CACHE)?;
        Ok(RedisCache { connection, keys: Arc::new(Keys::new(namespace)) })
    }

    fn key(&self, key: &CacheKey) -> String {
        self.keys.cached(&key.tenant, key.space, &key.digest)
    }
}

#[async_trait]
impl Cache for RedisCache {
    async fn get(&self, key: &CacheKey, now: Timestamp) -> StoreResult<Option<Vec<u8>>> {
        let mut commands = redis::pipe();
        commands.get(self.key(key));
        let (stored,): (Option<Vec<u8>>,) = self.connection.pipeline(&commands).await?;
        Ok(stored.and_then(|stored| unless_over(stored, now)))
    }

    async fn put(
        &self,
        key: &CacheKey,
        value: &[u8],
        learner: Option<&str>,
        keep: Duration,
        now: Timestamp,
    ) -> StoreResult<()> {
        // The index first: an entry that erasure does not find is worse than an index without its entry.
        if let Some(learner) = learner {
            self.attribute(key, learner, keep).await?;
        }
        let mut stored = now.plus(keep).as_millis().to_be_bytes().to_vec();
        stored.extend_from_slice(value);
        let mut commands = redis::pipe();
        commands.pset_ex(self.key(key), stored, millis(keep)).ignore();
        self.connection.pipeline(&commands).await
    }

    async fn attribute(&self, key: &CacheKey, learner: &str, keep: Duration) -> StoreResult<()> {
        let mut call = INDEX.key(self.keys.cached_for(&key.tenant, learner));
        self.connection.script(call.arg(self.key(key)).arg(millis(keep))).await
    }

    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64> {
        let index = self.keys.cached_for(tenant, learner);
        let mut erased = 0;
        loop {
            let mut commands = redis::pipe();
            commands.zrange(&index, 0, CHUNK - 1);
            let (keys,): (Vec<String>,) = self.connection.pipeline(&commands).await?;
            if keys.is_empty() {
                return Ok(erased);
            }
            let mut commands = redis::pipe();
            commands.unlink(&keys).zrem(&index, &keys).ignore();
            let (some,): (u64,) = self.connection.pipeline(&commands).await?;
            erased += some;
        }
    }
}

impl std::fmt::Debug for RedisCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisCache").finish_non_exhaustive()
    }
}

/// A stored value is its end of life (8 bytes, milliseconds) and the value itself.
fn unless_over(mut stored: Vec<u8>, now: Timestamp) -> Option<Vec<u8>> {
    let ends = i64::from_be_bytes(stored.get(..8)?.try_into().ok()?);
    (now.as_millis() < ends).then(|| stored.split_off(8))
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_whose_time_is_over_is_a_miss() {
        let stored = [&1000_i64.to_be_bytes()[..], b"value"].concat();
        assert_eq!(unless_over(stored.clone(), Timestamp::from_millis(999)), Some(b"value".into()));
        assert_eq!(unless_over(stored, Timestamp::from_millis(1000)), None);
        assert_eq!(unless_over(vec![1, 2], Timestamp::from_millis(0)), None);
    }
}
