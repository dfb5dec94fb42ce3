//! Documents, sealed: those that hold learners' words as a whole, those of endpoints in their secrets. What the stores
//! themselves look at (id, tenant, learner, version, end of life) stays as it is.

use super::{Seal, place};
use crate::{
    id::Tenant,
    store::{Collection, Document, DocumentKey, Documents, Listing, NewDocument, Put, Write},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use serde_json::{Map, Value};
use std::sync::Arc;

const STORE: &str = "documents";
/// The only member of a body that is sealed as a whole.
const SEALED: &str = "sealed";

pub(super) struct SealedDocuments {
    pub inner: Arc<dyn Documents>,
    pub seal: Seal,
}

/// How much of a collection's bodies is sealed.
enum Extent {
    Nothing,
    Whole,
    Members(&'static [&'static str]),
}

impl Extent {
    fn of(collection: Collection) -> Extent {
        match collection {
            Collection::Sessions
            | Collection::Profiles
            | Collection::Texts
            | Collection::Feedback => Extent::Whole,
            Collection::WebhookEndpoints => Extent::Members(&["secret", "old_secrets"]),
            // Lines about work and about access: none has a learner's words in it.
            Collection::Interactions
            | Collection::ApiKeys
            | Collection::WebhookAttempts
            | Collection::EncryptionKeys
            | Collection::AuditLog => Extent::Nothing,
        }
    }
}

fn record(key: &DocumentKey) -> String {
    format!("{}/{}", key.collection.as_str(), key.id)
}

impl SealedDocuments {
    fn seal(&self, key: &DocumentKey, document: &NewDocument) -> StoreResult<NewDocument> {
        let mut document = document.clone();
        if self.seal.keys.newest().is_none() {
            return Ok(document);
        }
        let record = record(key);
        let place = place(&key.tenant, "document", &record);
        let text = |value: &Value| -> StoreResult<Value> {
            let json = serde_json::to_string(value).map_err(|e| StoreError::corrupt(STORE, e))?;
            Ok(Value::String(self.seal.text(&place, &json)))
        };
        match Extent::of(key.collection) {
            Extent::Nothing => {}
            Extent::Whole => {
                let whole = text(&Value::Object(std::mem::take(&mut document.body)))?;
                document.body.insert(SEALED.to_owned(), whole);
            }
            Extent::Members(names) => {
                for name in names {
                    if let Some(value) = document.body.get_mut(*name) {
                        *value = text(value)?;
                    }
                }
            }
        }
        Ok(document)
    }

    fn open(&self, key: &DocumentKey, mut document: Document) -> StoreResult<Document> {
        let record = record(key);
        let place = place(&key.tenant, "document", &record);
        let open = |stored: &str| -> StoreResult<Value> {
            let json = self.seal.open_text(STORE, &place, stored.to_owned())?;
            // The parser's message could quote the learner.
            serde_json::from_str(&json)
                .map_err(|_| StoreError::corrupt(STORE, "what was sealed is not JSON"))
        };
        let is_sealed = crate::sealing::envelope::is_sealed_text;
        match Extent::of(key.collection) {
            Extent::Nothing => {}
            Extent::Whole => {
                if let Some(Value::String(stored)) = sole(&document.body)
                    && is_sealed(stored)
                {
                    let Value::Object(body) = open(stored)? else {
                        return Err(StoreError::corrupt(STORE, "what was sealed is no object"));
                    };
                    document.body = body;
                }
            }
            Extent::Members(names) => {
                for name in names {
                    if let Some(value) = document.body.get_mut(*name)
                        && let Some(stored) = value.as_str().filter(|text| is_sealed(text))
                    {
                        *value = open(stored)?;
                    }
                }
            }
        }
        Ok(document)
    }
}

fn sole(body: &Map<String, Value>) -> Option<&Value> {
    if body.len() == 1 { body.get(SEALED) } else { None }
}

#[async_trait]
impl Documents for SealedDocuments {
    async fn get_all(
        &self,
        keys: &[DocumentKey],
        now: Timestamp,
    ) -> StoreResult<Vec<Option<Document>>> {
        let found = self.inner.get_all(keys, now).await?;
        let opened = keys.iter().zip(found);
        opened.map(|(key, found)| found.map(|one| self.open(key, one)).transpose()).collect()
    }

    async fn put_all(&self, writes: &[Write], now: Timestamp) -> StoreResult<Put> {
        let sealed = writes.iter().map(|write| {
            let document = self.seal(&write.key, &write.document)?;
            Ok(Write { document, ..write.clone() })
        });
        let sealed: Vec<Write> = sealed.collect::<StoreResult<_>>()?;
        self.inner.put_all(&sealed, now).await
    }

    async fn insert(&self, documents: &[(DocumentKey, NewDocument)]) -> StoreResult<u64> {
        let sealed = documents.iter().map(|(key, new)| Ok((key.clone(), self.seal(key, new)?)));
        let sealed: Vec<(DocumentKey, NewDocument)> = sealed.collect::<StoreResult<_>>()?;
        self.inner.insert(&sealed).await
    }

    async fn list(
        &self,
        listing: &Listing,
        now: Timestamp,
    ) -> StoreResult<Vec<(String, Document)>> {
        let found = self.inner.list(listing, now).await?;
        let opened = found.into_iter().map(|(id, document)| {
            let key = DocumentKey::new(listing.collection, &listing.tenant, id);
            let document = self.open(&key, document)?;
            Ok((key.id, document))
        });
        opened.collect()
    }

    async fn delete(&self, key: &DocumentKey) -> StoreResult<bool> {
        self.inner.delete(key).await
    }

    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
    ) -> StoreResult<Vec<(Collection, u64)>> {
        self.inner.erase_learner(tenant, learner).await
    }

    async fn ping(&self) -> StoreResult<()> {
        self.inner.ping().await
    }
}
