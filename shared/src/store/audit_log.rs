//! The log of what administrators did, as documents of the tenant whose data it was.

use super::documents::{Collection, Document, DocumentKey, Documents, Listing, NewDocument};
use crate::{
    audit::AuditEntry,
    id::Tenant,
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

const STORE: &str = "audit log";

#[derive(Clone)]
pub struct AuditLog {
    documents: Arc<dyn Documents>,
    keep: Duration,
}

impl AuditLog {
    /// Entries stay for `keep`.
    pub fn new(documents: Arc<dyn Documents>, keep: Duration) -> Self {
        AuditLog { documents, keep }
    }

    /// `nonce` tells apart what happens in the same millisecond.
    pub async fn note(&self, tenant: &Tenant, entry: &AuditEntry, nonce: u64) -> StoreResult<()> {
        // Times have thirteen digits until the year 2286: in order of names is in order of time.
        let id = format!("{:013}-{nonce:016x}", entry.at.as_millis());
        let Ok(Value::Object(body)) = serde_json::to_value(entry) else {
            return Err(StoreError::corrupt(STORE, "an entry has no JSON form"));
        };
        let expires_at = entry.at.plus(self.keep);
        let document = NewDocument { learner: None, expires_at, body };
        let key = DocumentKey::new(Collection::AuditLog, tenant, id);
        self.documents.insert(&[(key, document)]).await.map(drop)
    }

    /// The newest entries, older than `before` if that is given: names to go on from, and what they say.
    pub async fn newest(
        &self,
        tenant: &Tenant,
        before: Option<&str>,
        limit: usize,
        now: Timestamp,
    ) -> StoreResult<Vec<(String, AuditEntry)>> {
        let listing = Listing {
            after: before.map(str::to_owned),
            backwards: true,
            ..Listing::new(Collection::AuditLog, tenant, limit)
        };
        let found = self.documents.list(&listing, now).await?;
        let entry = |(id, document): (String, Document)| {
            let entry = serde_json::from_value(Value::Object(document.body));
            Ok((id, entry.map_err(|error| StoreError::corrupt(STORE, error))?))
        };
        found.into_iter().map(entry).collect()
    }
}
