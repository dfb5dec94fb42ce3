//! Documents as JSON text in one table.

use super::{
    column::{count, instant, rows, stored},
    database::Database,
    fault::{DATABASE, unreadable_json},
};
use crate::{
    id::Tenant,
    store::documents::{
        Collection, Document, DocumentKey, Documents, Listing, NewDocument, Put,
        Write as WriteDocument,
    },
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

/// Members that the fleet's store keeps beside the body; refused here too, so that a body fits either store.
const RESERVED: [&str; 5] = ["_id", "tenant", "learner", "version", "expires_at"];

pub(super) struct EmbeddedDocuments {
    database: Arc<Database>,
}

impl EmbeddedDocuments {
    pub(super) fn new(database: Arc<Database>) -> Self {
        EmbeddedDocuments { database }
    }
}

#[async_trait]
impl Documents for EmbeddedDocuments {
    async fn get_all(
        &self,
        keys: &[DocumentKey],
        now: Timestamp,
    ) -> StoreResult<Vec<Option<Document>>> {
        let keys = keys.to_vec();
        let read = move |connection: &Connection| {
            keys.iter().map(|key| find(connection, key, now)).collect::<StoreResult<Vec<_>>>()
        };
        self.database.read(read).await
    }

    async fn put_all(&self, writes: &[WriteDocument], now: Timestamp) -> StoreResult<Put> {
        let rows: Vec<(Row, u64)> = writes
            .iter()
            .map(|write| Ok((Row::of(&write.key, &write.document)?, write.expected)))
            .collect::<StoreResult<_>>()?;
        self.database
            .write(move |write| {
                let mut outcome = Put::Stored;
                for (row, expected) in &rows {
                    if version(write.connection, row, now)? == *expected {
                        replace(write.connection, row, expected + 1)?;
                    } else {
                        outcome = Put::Conflict;
                    }
                }
                Ok(outcome)
            })
            .await
    }

    async fn insert(&self, documents: &[(DocumentKey, NewDocument)]) -> StoreResult<u64> {
        let rows: Vec<Row> =
            documents.iter().map(|(key, new)| Row::of(key, new)).collect::<StoreResult<_>>()?;
        self.database
            .write(move |write| {
                let mut insert = write.connection.prepare_cached(
                    "INSERT OR IGNORE INTO documents
                         (collection, tenant, id, learner, expires_at, version, body)
                     VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)",
                )?;
                let mut inserted = 0;
                for row in rows {
                    inserted += insert.execute(params![
                        row.collection,
                        row.tenant,
                        row.id,
                        row.learner,
                        row.expires_at,
                        row.body
                    ])?;
                }
                Ok(inserted as u64)
            })
            .await
    }

    async fn list(
        &self,
        listing: &Listing,
        now: Timestamp,
    ) -> StoreResult<Vec<(String, Document)>> {
        let listing = listing.clone();
        self.database.read(move |connection| list(connection, &listing, now)).await
    }

    async fn delete(&self, key: &DocumentKey) -> StoreResult<bool> {
        let key = key.clone();
        self.database
            .write(move |write| {
                let deleted = write
                    .connection
                    .prepare_cached(
                        "DELETE FROM documents WHERE collection = ?1 AND tenant = ?2 AND id = ?3",
                    )?
                    .execute(params![key.collection.as_str(), key.tenant.as_str(), key.id])?;
                Ok(deleted > 0)
            })
            .await
    }

    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
    ) -> StoreResult<Vec<(Collection, u64)>> {
        let (tenant, learner) = (tenant.clone(), learner.to_owned());
        let erased = self
            .database
            .write(move |write| {
                let mut erased = Vec::new();
                for collection in Collection::ALL {
                    let rows = write
                        .connection
                        .prepare_cached(
                            "DELETE FROM documents
                             WHERE tenant = ?1 AND learner = ?2 AND collection = ?3",
                        )?
                        .execute(params![tenant.as_str(), learner, collection.as_str()])?;
                    if rows > 0 {
                        erased.push((*collection, rows as u64));
                    }
                }
                Ok(erased)
            })
            .await?;
        self.database.checkpoint().await?;
        Ok(erased)
    }

    async fn ping(&self) -> StoreResult<()> {
        self.database.read(|connection| Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?)).await
    }
}

fn find(
    connection: &Connection,
    key: &DocumentKey,
    now: Timestamp,
) -> StoreResult<Option<Document>> {
    let found = connection
        .prepare_cached(
            "SELECT learner, expires_at, version, body FROM documents
             WHERE collection = ?1 AND tenant = ?2 AND id = ?3 AND expires_at > ?4",
        )?
        .query_row(
            params![key.collection.as_str(), key.tenant.as_str(), key.id, now.as_millis()],
            columns,
        )
        .optional()?;
    found.map(document).transpose()
}

fn list(
    connection: &Connection,
    listing: &Listing,
    now: Timestamp,
) -> StoreResult<Vec<(String, Document)>> {
    let Listing { collection, tenant, prefix, after, backwards, limit } = listing;
    let (beyond, order) = if *backwards { ("<", "DESC") } else { (">", "ASC") };
    let statement = format!(
        "SELECT learner, expires_at, version, body, id FROM documents
         WHERE collection = ?1 AND tenant = ?2 AND id >= ?3 AND id < ?4
             AND (?5 IS NULL OR id {beyond} ?5) AND expires_at > ?6
         ORDER BY id {order} LIMIT ?7"
    );
    let end = format!("{prefix}{}", char::MAX);
    let mut statement = connection.prepare_cached(&statement)?;
    let found = statement.query_map(
        params![
            collection.as_str(),
            tenant.as_str(),
            prefix,
            end,
            after,
            now.as_millis(),
            rows(*limit)
        ],
        |row| Ok((row.get::<_, String>(4)?, columns(row)?)),
    )?;
    found
        .map(|row| {
            let (id, columns) = row?;
            Ok((id, document(columns)?))
        })
        .collect()
}

type Columns = (Option<String>, Timestamp, u64, String);

fn columns(row: &rusqlite::Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, instant(row, 1)?, count(row, 2)?, row.get(3)?))
}

fn document((learner, expires_at, version, body): Columns) -> StoreResult<Document> {
    let body = serde_json::from_str(&body).map_err(|error| unreadable_json(&error))?;
    Ok(Document { learner, expires_at, version, body })
}

/// The stored version; 0 when there is none.
fn version(connection: &Connection, row: &Row, now: Timestamp) -> StoreResult<u64> {
    let version = connection
        .prepare_cached(
            "SELECT version FROM documents
             WHERE collection = ?1 AND tenant = ?2 AND id = ?3 AND expires_at > ?4",
        )?
        .query_row(params![row.collection, row.tenant, row.id, now.as_millis()], |row| {
            count(row, 0)
        })
        .optional()?;
    Ok(version.unwrap_or(0))
}

fn replace(connection: &Connection, row: &Row, version: u64) -> StoreResult<()> {
    connection
        .prepare_cached(
            "INSERT INTO documents (collection, tenant, id, learner, expires_at, version, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET learner = excluded.learner,
                 expires_at = excluded.expires_at, version = excluded.version,
                 body = excluded.body",
        )?
        .execute(params![
            row.collection,
            row.tenant,
            row.id,
            row.learner,
            row.expires_at,
            stored(version),
            row.body
        ])?;
    Ok(())
}

/// A document as its row.
struct Row {
    collection: &'static str,
    tenant: String,
    id: String,
    learner: Option<String>,
    expires_at: i64,
    body: String,
}

impl Row {
    fn of(key: &DocumentKey, document: &NewDocument) -> StoreResult<Row> {
        if RESERVED.iter().any(|member| document.body.contains_key(*member)) {
            return Err(StoreError::corrupt(DATABASE, "a document's body holds a reserved member"));
        }
        let body =
            serde_json::to_string(&document.body).map_err(|error| unreadable_json(&error))?;
        Ok(Row {
            collection: key.collection.as_str(),
            tenant: key.tenant.as_str().to_owned(),
            id: key.id.clone(),
            learner: document.learner.clone(),
            expires_at: document.expires_at.as_millis(),
            body,
        })
    }
}
