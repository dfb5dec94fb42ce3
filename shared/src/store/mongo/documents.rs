//! Documents: the members lie at the top level beside the reserved ones, so that operators can query them.

use super::{
    connection::{DUPLICATE, STORE, WRITE_TIMEOUT_MS, fault, refused},
    field,
};
use crate::{
    id::Tenant,
    store::documents::{
        Collection, Document, DocumentKey, Documents, Listing, NewDocument, Put, Write,
    },
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use futures::StreamExt;
use mongodb::{
    Database,
    bson::{self, DateTime, doc},
    error::{Error, ErrorKind},
};
use std::collections::{BTreeMap, HashMap};

/// Documents in one command: below the server's 48 MB even when each is half a megabyte.
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

    async fn find(
        &self,
        collection: Collection,
        keys: &[&DocumentKey],
        now: Timestamp,
    ) -> StoreResult<HashMap<String, Document>> {
        let ids: Vec<String> = keys.iter().map(|key| id(key)).collect();
        let filter = doc! { "_id": { "$in": ids }, "expires_at": { "$gt": date(now) } };
        let mut cursor = self.collection(collection).find(filter).await.map_err(fault)?;
        let mut found = HashMap::new();
        while let Some(stored) = cursor.next().await {
            let stored = stored.map_err(fault)?;
            let name = stored.get_str("_id").unwrap_or_default().to_owned();
            found.insert(name, read(stored)?);
        }
        Ok(found)
    }

    /// One command of many replacements. The driver's own bulk writes need a server of version 8.
    async fn replace(
        &self,
        collection: Collection,
        writes: &[&Write],
        now: Timestamp,
    ) -> StoreResult<Put> {
        let updates: Vec<bson::Document> =
            writes.iter().map(|write| replacement(write, now)).collect();
        let command = doc! {
            "update": collection.as_str(),
            "updates": updates,
            "ordered": false,
            "writeConcern": { "w": "majority", "j": true, "wtimeout": WRITE_TIMEOUT_MS },
        };
        let answer = self.database.run_command(command).await.map_err(fault)?;
        if let Ok(concern) = answer.get_document("writeConcernError") {
            return Err(refused(concern.get_i32("code").unwrap_or_default()));
        }
        let errors = answer.get_array("writeErrors").map(Vec::as_slice).unwrap_or_default();
        for error in errors {
            let code = error.as_document().and_then(|error| error.get_i32("code").ok());
            // A document that still lives fails the filter of its insertion, and then its id is taken.
            if code != Some(DUPLICATE) {
                return Err(refused(code.unwrap_or_default()));
            }
        }
        let matched = answer.get_i32("n").unwrap_or_default();
        let all = usize::try_from(matched) == Ok(writes.len());
        Ok(if all { Put::Stored } else { Put::Conflict })
    }
}

#[async_trait]
impl Documents for MongoDocuments {
    async fn get_all(
        &self,
        keys: &[DocumentKey],
        now: Timestamp,
    ) -> StoreResult<Vec<Option<Document>>> {
        let mut found = HashMap::new();
        for (collection, keys) in by_collection(keys, |key| key.collection) {
            for keys in keys.chunks(CHUNK) {
                let some = self.find(collection, keys, now).await?;
                found.extend(some.into_iter().map(|(id, document)| ((collection, id), document)));
            }
        }
        Ok(keys.iter().map(|key| found.remove(&(key.collection, id(key)))).collect())
    }

    async fn put_all(&self, writes: &[Write], now: Timestamp) -> StoreResult<Put> {
        let mut outcome = Put::Stored;
        for (collection, writes) in by_collection(writes, |write| write.key.collection) {
            for writes in writes.chunks(CHUNK) {
                if self.replace(collection, writes, now).await? == Put::Conflict {
                    outcome = Put::Conflict;
                }
            }
        }
        Ok(outcome)
    }

    async fn insert(&self, documents: &[(DocumentKey, NewDocument)]) -> StoreResult<u64> {
        // Each command waits for the journal, so the collections do not wait for each other.
        let by_collection = by_collection(documents, |(key, _)| key.collection).into_iter();
        let inserts = by_collection.map(async |(collection, documents)| {
            let mut inserted = 0;
            for chunk in documents.chunks(CHUNK) {
                let stored = chunk.iter().map(|(key, document)| write(key, document, 1));
                let outcome = self.collection(collection).insert_many(stored).ordered(false).await;
                let there_before = match outcome.map_err(|e| known_before(&e).ok_or(e)) {
                    Ok(_) => 0,
                    Err(Ok(there_before)) => there_before,
                    Err(Err(error)) => return Err(fault(error)),
                };
                inserted += (chunk.len() - there_before) as u64;
            }
            Ok(inserted)
        });
        Ok(futures::future::try_join_all(inserts).await?.into_iter().sum())
    }

    async fn list(
        &self,
        listing: &Listing,
        now: Timestamp,
    ) -> StoreResult<Vec<(String, Document)>> {
        let begin = format!("{}/{}", listing.tenant, listing.prefix);
        let mut range = doc! { "$gte": &begin, "$lt": format!("{begin}{}", char::MAX) };
        if let Some(after) = &listing.after {
            let bound = format!("{}/{after}", listing.tenant);
            // Of two bounds on the same side the one that was given last is the tighter one.
            if listing.backwards {
                range.insert("$lt", bound)
            } else {
                range.insert("$gt", bound)
            };
        }
        let filter = doc! { "_id": range, "expires_at": { "$gt": date(now) } };
        let order = if listing.backwards { -1 } else { 1 };
        let limit = i64::try_from(listing.limit).unwrap_or(i64::MAX);
        let collection = self.collection(listing.collection);
        let found = collection.find(filter).sort(doc! { "_id": order }).limit(limit).await;
        let mut cursor = found.map_err(fault)?;
        let mut page = Vec::new();
        while let Some(stored) = cursor.next().await {
            let stored = stored.map_err(fault)?;
            let id = stored.get_str("_id").unwrap_or_default();
            let id = id.split_once('/').map_or("", |(_, id)| id).to_owned();
            page.push((id, read(stored)?));
        }
        Ok(page)
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

fn by_collection<T>(
    items: &[T],
    collection: impl Fn(&T) -> Collection,
) -> BTreeMap<Collection, Vec<&T>> {
    let mut by_collection: BTreeMap<Collection, Vec<&T>> = BTreeMap::new();
    for item in items {
        by_collection.entry(collection(item)).or_default().push(item);
    }
    by_collection
}

/// Replaces the expected version, or inserts; an expired document may be replaced as if it were not there.
fn replacement(put: &Write, now: Timestamp) -> bson::Document {
    let new = put.expected == 0;
    let filter = if new {
        doc! { "_id": id(&put.key), "expires_at": { "$lte": date(now) } }
    } else {
        doc! {
            "_id": id(&put.key),
            "version": integer(put.expected),
            "expires_at": { "$gt": date(now) },
        }
    };
    doc! { "q": filter, "u": write(&put.key, &put.document, put.expected + 1), "upsert": new }
}

/// How many of the documents were there before; `None` for any other fault.
fn known_before(error: &Error) -> Option<usize> {
    let ErrorKind::InsertMany(insert) = error.kind.as_ref() else { return None };
    let errors = || insert.write_errors.iter().flatten();
    let only_known =
        insert.write_concern_error.is_none() && errors().all(|write| write.code == DUPLICATE);
    only_known.then(|| errors().count())
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
