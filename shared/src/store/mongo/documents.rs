//! Documents: the members lie at the top level beside the reserved ones, so that operators can query them.

use super::{
    connection::{STORE, fault, is_duplicate},
    field,
    gathered::GatheredInserts,
};
use crate::{
    id::Tenant,
    store::documents::{Collection, Document, DocumentKey, Documents, NewDocument, Put},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use mongodb::{
    Database,
    bson::{self, DateTime, doc},
};
use std::{collections::BTreeMap, sync::Arc};

#[derive(Debug, Clone)]
pub struct MongoDocuments {
    database: Database,
    inserts: Arc<BTreeMap<Collection, GatheredInserts>>,
}

impl MongoDocuments {
    pub(super) fn new(database: Database) -> Self {
        let inserts = Collection::ALL.iter().map(|collection| {
            (*collection, GatheredInserts::new(database.collection(collection.as_str())))
        });
        MongoDocuments { inserts: Arc::new(inserts.collect()), database }
    }

    fn collection(&self, collection: Collection) -> mongodb::Collection<bson::Document> {
        self.database.collection(collection.as_str())
    }
}

#[async_trait]
impl Documents for MongoDocuments {
    async fn get(&self, key: &DocumentKey, now: Timestamp) -> StoreResult<Option<Document>> {
        let filter = doc! { "_id": id(key), "expires_at": { "$gt": date(now) } };
        let found = self.collection(key.collection).find_one(filter).await.map_err(fault)?;
        found.map(read).transpose()
    }

    async fn put(
        &self,
        key: &DocumentKey,
        document: &NewDocument,
        expected: u64,
        now: Timestamp,
    ) -> StoreResult<Put> {
        let stored = write(key, document, expected + 1);
        let collection = self.collection(key.collection);
        if expected == 0 {
            // Replaces an expired one or inserts; one that still lives fails the filter, and then its id is taken.
            let expired = doc! { "_id": id(key), "expires_at": { "$lte": date(now) } };
            return match collection.replace_one(expired, stored).upsert(true).await {
                Ok(_) => Ok(Put::Stored),
                Err(error) if is_duplicate(&error) => Ok(Put::Conflict),
                Err(error) => Err(fault(error)),
            };
        }
        let unchanged = doc! {
            "_id": id(key),
            "version": integer(expected),
            "expires_at": { "$gt": date(now) },
        };
        let outcome = collection.replace_one(unchanged, stored).await.map_err(fault)?;
        Ok(if outcome.matched_count == 1 { Put::Stored } else { Put::Conflict })
    }

    async fn insert(&self, documents: &[(DocumentKey, NewDocument)]) -> StoreResult<u64> {
        let mut by_collection: BTreeMap<Collection, Vec<bson::Document>> = BTreeMap::new();
        for (key, document) in documents {
            by_collection.entry(key.collection).or_default().push(write(key, document, 1));
        }
        // Each command waits for the journal, so the collections do not wait for each other.
        let inserts = by_collection.into_iter().map(|(collection, documents)| {
            let inserts = self.inserts.get(&collection);
            async move {
                match inserts {
                    Some(inserts) => inserts.insert(documents).await,
                    None => Ok(0),
                }
            }
        });
        Ok(futures::future::try_join_all(inserts).await?.into_iter().sum())
    }

    async fn delete(&self, key: &DocumentKey) -> StoreResult<bool> {
        let filter = doc! { "_id": id(key) };
        let gone = self.collection(key.collection).delete_one(filter).await.map_err(fault)?;
        Ok(gone.deleted_count == 1)
    }

    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
    ) -> StoreResult<Vec<(Collection, u64)>> {
        let mut erased = Vec::new();
        for collection in Collection::ALL {
            let filter = doc! { "tenant": tenant.as_str(), "learner": learner };
            let gone = self.collection(*collection).delete_many(filter).await.map_err(fault)?;
            if gone.deleted_count > 0 {
                erased.push((*collection, gone.deleted_count));
            }
        }
        Ok(erased)
    }

    async fn ping(&self) -> StoreResult<()> {
        self.database.run_command(doc! { "ping": 1 }).await.map(drop).map_err(fault)
    }
}

fn id(key: &DocumentKey) -> String {
    format!("{}/{}", key.tenant, key.id)
}

fn date(at: Timestamp) -> DateTime {
    DateTime::from_millis(at.as_millis())
}

fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn write(key: &DocumentKey, document: &NewDocument, version: u64) -> bson::Document {
    let mut stored = doc! { "_id": id(key), "tenant": key.tenant.as_str() };
    if let Some(learner) = &document.learner {
        stored.insert("learner", learner);
    }
    stored.insert("version", integer(version));
    stored.insert("expires_at", date(document.expires_at));
    let reserved = stored.clone();
    stored.extend(field::to_document(&document.body));
    // Should a body hold a reserved member after all, the document must stay its owner's.
    stored.extend(reserved);
    stored
}

fn read(mut stored: bson::Document) -> StoreResult<Document> {
    let bad = |what| StoreError::corrupt(STORE, format!("a document's {what}"));
    let learner = match stored.remove("learner") {
        Some(bson::Bson::String(learner)) => Some(learner),
        None => None,
        Some(_) => return Err(bad("learner")),
    };
    let expires_at = stored.get_datetime("expires_at").map_err(|_| bad("expires_at"))?;
    let expires_at = Timestamp::from_millis(expires_at.timestamp_millis());
    let version = stored.get_i64("version").ok().and_then(|version| version.try_into().ok());
    let version = version.ok_or_else(|| bad("version"))?;
    for reserved in ["_id", "tenant", "version", "expires_at"] {
        stored.remove(reserved);
    }
    let body = field::to_members(stored).ok_or_else(|| bad("members"))?;
    Ok(Document { learner, expires_at, version, body })
}
