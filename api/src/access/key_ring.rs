//! The keys that were asked for lately, so that a request seldom waits for the store.

use crate::error::{ApiError, ApiResult};
use lexilingo_shared::{
    api_key::{ApiKey, KeyPrefix, KeyRecord},
    error_code::ErrorCode,
    principal::Principal,
    store::KeyRegistry,
    time::Timestamp,
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::Semaphore;

/// How long a key is not looked at again: a revoked one may be used this long.
const FRESH: Duration = Duration::from_secs(5);
/// How long a key goes on being good while the store is away.
const STALE: Duration = Duration::from_secs(15 * 60);
/// Prefixes that are remembered, those of no key included.
const MOST: usize = 10_000;
/// Look-ups at once: strangers who make up keys must not take up the store.
const LOOKUPS: usize = 32;
/// Time that a look-up may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// How exactly the last use of a key is known.
const USE_STEP: Duration = Duration::from_secs(60);

pub struct KeyRing {
    registry: KeyRegistry,
    known: Mutex<HashMap<KeyPrefix, Known>>,
    lookups: Semaphore,
}

#[derive(Debug, Clone)]
struct Known {
    /// None: there is no such key.
    record: Option<KeyRecord>,
    read_at: Timestamp,
    /// When the store was last asked, in vain or not.
    asked_at: Timestamp,
}

impl KeyRing {
    pub fn new(registry: KeyRegistry) -> Self {
        KeyRing { registry, known: Mutex::default(), lookups: Semaphore::new(LOOKUPS) }
    }

    /// The principal of a key as it was sent. Every refusal is the same one.
    pub async fn principal(&self, sent: &str, now: Timestamp) -> ApiResult<Principal> {
        let refused = || ApiError::bare(ErrorCode::Unauthorized);
        let key: ApiKey = sent.parse().map_err(|_| refused())?;
        let record = self.record(key.prefix(), now).await?.ok_or_else(refused)?;
        let principal = record.principal(&key, now).ok_or_else(refused)?;
        if record.last_used_at.is_none_or(|at| now.since(at) >= USE_STEP) {
            self.note_use(record, now);
        }
        Ok(principal)
    }

    async fn record(&self, prefix: &KeyPrefix, now: Timestamp) -> ApiResult<Option<KeyRecord>> {
        let known = self.known().get(prefix).cloned();
        if let Some(known) = &known
            && now.since(known.asked_at) < FRESH
        {
            return Ok(known.record.clone());
        }
        let looked_up = async {
            let _place = self.lookups.acquire().await;
            self.registry.find(prefix, now).await
        };
        let problem = match tokio::time::timeout(PATIENCE, looked_up).await {
            Ok(Ok(record)) => {
                self.remember(prefix, record.clone(), now);
                return Ok(record);
            }
            Ok(Err(error)) => error.into(),
            Err(_) => ApiError::bare(ErrorCode::StoreUnavailable),
        };
        let good = |known: &Known| known.record.is_some() && now.since(known.read_at) < STALE;
        let Some(known) = known.filter(good) else { return Err(problem) };
        if let Some(kept) = self.known().get_mut(prefix) {
            // The next request must not wait for the store as this one did.
            kept.asked_at = now;
        }
        Ok(known.record)
    }

    fn remember(&self, prefix: &KeyPrefix, record: Option<KeyRecord>, now: Timestamp) {
        let mut known = self.known();
        if known.len() >= MOST && !known.contains_key(prefix) {
            known.retain(|_, known| known.record.is_some() && now.since(known.read_at) < STALE);
            if known.len() >= MOST {
                known.clear();
            }
        }
        known.insert(prefix.clone(), Known { record, read_at: now, asked_at: now });
    }

    /// Beside the request: nobody waits for it, and a use that is not noted is noted a minute later.
    fn note_use(&self, mut record: KeyRecord, now: Timestamp) {
        let prefix = record.prefix.clone();
        record.last_used_at = Some(now);
        if let Some(known) = self.known().get_mut(&prefix) {
            known.record = Some(record);
        }
        let registry = self.registry.clone();
        tokio::spawn(async move {
            let noted = registry.change(&prefix, now, |record| {
                record.last_used_at = record.last_used_at.max(Some(now));
            });
            if let Err(error) = noted.await {
                tracing::debug!(%error, "the use of a key was not noted");
            }
        });
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashMap<KeyPrefix, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
