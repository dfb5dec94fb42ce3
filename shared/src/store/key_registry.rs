//! API keys as documents. They belong to no tenant's own documents, because a key is looked for before its tenant is
//! known.

use super::documents::{Collection, Document, DocumentKey, Documents, Listing, NewDocument, Put};
use crate::{
    api_key::{KeyPrefix, KeyRecord, KeyState},
    id::Tenant,
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

/// How long a key that has ended is still listed.
const ENDED_FOR: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// Keys without an end are kept "for ever".
const FOR_EVER: Timestamp = Timestamp::from_millis(253_402_300_799_000);
/// Keys that are read at a time.
const PAGE: usize = 200;
/// Tries of a change while others change the same key.
const TRIES: usize = 10;

#[derive(Clone)]
pub struct KeyRegistry {
    documents: Arc<dyn Documents>,
}

impl KeyRegistry {
    pub fn new(documents: Arc<dyn Documents>) -> Self {
        KeyRegistry { documents }
    }

    /// Adds a key; false when one with this prefix is there.
    pub async fn add(&self, record: &KeyRecord, now: Timestamp) -> StoreResult<bool> {
        let key = place(&record.prefix);
        Ok(self.documents.put(&key, &document(record)?, 0, now).await? == Put::Stored)
    }

    pub async fn find(&self, prefix: &KeyPrefix, now: Timestamp) -> StoreResult<Option<KeyRecord>> {
        let found = self.documents.get(&place(prefix), now).await?;
        found.map(|document| record(&document)).transpose()
    }

    /// Every key, those that have ended included, by prefix.
    pub async fn list(&self, now: Timestamp) -> StoreResult<Vec<KeyRecord>> {
        let mut all = Vec::new();
        let mut listing = Listing::new(Collection::ApiKeys, &Tenant::fleet(), PAGE);
        loop {
            let page = self.documents.list(&listing, now).await?;
            for (_, document) in &page {
                all.push(record(document)?);
            }
            match page.last() {
                Some((last, _)) if page.len() == PAGE => listing.after = Some(last.clone()),
                _ => return Ok(all),
            }
        }
    }

    /// Whether anybody could be let in.
    pub async fn any_active(&self, now: Timestamp) -> StoreResult<bool> {
        Ok(self.list(now).await?.iter().any(|key| key.state(now) == KeyState::Active))
    }

    /// Changes a key as it is stored; `None` when there is none.
    pub async fn change(
        &self,
        prefix: &KeyPrefix,
        now: Timestamp,
        change: impl Fn(&mut KeyRecord) + Send,
    ) -> StoreResult<Option<KeyRecord>> {
        let key = place(prefix);
        for _ in 0..TRIES {
            let Some(found) = self.documents.get(&key, now).await? else { return Ok(None) };
            let mut changed = record(&found)?;
            change(&mut changed);
            let put = self.documents.put(&key, &document(&changed)?, found.version, now).await?;
            if put == Put::Stored {
                return Ok(Some(changed));
            }
        }
        Err(StoreError::unavailable("api keys", "others change the same key all the time"))
    }
}

fn place(prefix: &KeyPrefix) -> DocumentKey {
    DocumentKey::new(Collection::ApiKeys, &Tenant::fleet(), prefix.as_str())
}

fn document(record: &KeyRecord) -> StoreResult<NewDocument> {
    let ends = [record.valid_until, record.revoked_at].into_iter().flatten().min();
    match serde_json::to_value(record) {
        Ok(Value::Object(body)) => Ok(NewDocument {
            learner: None,
            expires_at: ends.map_or(FOR_EVER, |at| at.plus(ENDED_FOR)),
            body,
        }),
        _ => Err(StoreError::corrupt("api keys", "a key has no JSON form")),
    }
}

fn record(document: &Document) -> StoreResult<KeyRecord> {
    serde_json::from_value(Value::Object(document.body.clone()))
        .map_err(|error| StoreError::corrupt("api keys", error))
}
