//! Documents: the members lie at the top level beside the reserved ones, so that operators can query them.

use super::{
    connection::{DUPLICATE, STORE, fault, is_duplicate},
    field,
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
    error::{Error, ErrorKind},
};
use std::collections::BTreeMap;

/// Documents in one insert command: below the server's 48 MB even when each is half a megabyte.
const CHUNK: usize = 64;

#[derive(Debug, Clone)]
pub struct MongoDocuments {
    database: Database,
}

impl MongoDocuments {
    pub(super) fn new(database: Database) -> Self {
        MongoDocuments { database }
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
        let mut inserted = 0;
        for (collection, documents) in by_collection {
            for chunk in documents.chunks(CHUNK) {
                let insert = self.collection(collection).insert_many(chunk).ordered(false).await;
                let there_before = insert.err().map_or(Ok(0), known_before)?;
                inserted += (chunk.len() - there_before) as u64;
            }
        }
        Ok(inserted)
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

/// How many documents of an insert were there before; any other fault is an error.
fn known_before(error: Error) -> StoreResult<usize> {
    if let ErrorKind::InsertMany(insert) = error.kind.as_ref() {
        let codes = || insert.write_errors.iter().flatten().map(|write| write.code);
        if insert.write_concern_error.is_none() && codes().all(|code| code == DUPLICATE) {
            return Ok(codes().count());
        }
    }
    Err(fault(error))
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
