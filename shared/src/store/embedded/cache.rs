//! The result cache in the database.

use super::database::Database;
use crate::{
    id::Tenant,
    store::cache::{Cache, CacheKey},
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use rusqlite::{OptionalExtension, params};
use std::{sync::Arc, time::Duration};

pub(super) struct EmbeddedCache {
    database: Arc<Database>,
}

impl EmbeddedCache {
    pub(super) fn new(database: Arc<Database>) -> Self {
        EmbeddedCache { database }
    }
}

const ATTRIBUTE: &str = "
    INSERT OR IGNORE INTO cache_learners (tenant, learner, space, digest)
    SELECT tenant, ?2, space, digest FROM cache WHERE tenant = ?1 AND space = ?3 AND digest = ?4";

#[async_trait]
impl Cache for EmbeddedCache {
    async fn get(&self, key: &CacheKey, now: Timestamp) -> StoreResult<Option<Vec<u8>>> {
        let key = key.clone();
        self.database
            .read(move |connection| {
                let value = connection
                    .prepare_cached(
                        "SELECT value FROM cache
                         WHERE tenant = ?1 AND space = ?2 AND digest = ?3 AND expires_at > ?4",
                    )?
                    .query_row(
                        params![key.tenant.as_str(), key.space, key.digest, now.as_millis()],
                        |row| row.get(0),
                    )
                    .optional()?;
                Ok(value)
            })
            .await
    }

    async fn put(
        &self,
        key: &CacheKey,
        value: &[u8],
        learner: Option<&str>,
        keep: Duration,
        now: Timestamp,
    ) -> StoreResult<()> {
        let (key, value, learner) = (key.clone(), value.to_vec(), learner.map(str::to_owned));
        self.database
            .write(move |write| {
                let until = now.plus(keep).as_millis();
                write
                    .connection
                    .prepare_cached(
                        "INSERT INTO cache (tenant, space, digest, value, expires_at)
                         VALUES (?1, ?2, ?3, ?4, ?5)
                         ON CONFLICT DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
                    )?
                    .execute(params![key.tenant.as_str(), key.space, key.digest, value, until])?;
                if let Some(learner) = learner {
                    write
                        .connection
                        .prepare_cached(ATTRIBUTE)?
                        .execute(params![key.tenant.as_str(), learner, key.space, key.digest])?;
                }
                Ok(())
            })
            .await
    }

    /// `_keep` is not needed: the note lives as long as the entry.
    async fn attribute(&self, key: &CacheKey, learner: &str, _keep: Duration) -> StoreResult<()> {
        let (key, learner) = (key.clone(), learner.to_owned());
        self.database
            .write(move |write| {
                write.connection.prepare_cached(ATTRIBUTE)?.execute(params![
                    key.tenant.as_str(),
                    learner,
                    key.space,
                    key.digest
                ])?;
                Ok(())
            })
            .await
    }

    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64> {
        let (tenant, learner) = (tenant.clone(), learner.to_owned());
        let erased = self
            .database
            .write(move |write| {
                let erased = write
                    .connection
                    .prepare_cached(
                        "DELETE FROM cache WHERE tenant = ?1 AND (space, digest) IN
                         (SELECT space, digest FROM cache_learners WHERE tenant = ?1 AND learner = ?2)",
                    )?
                    .execute(params![tenant.as_str(), learner])?;
                Ok(erased as u64)
            })
            .await?;
        self.database.checkpoint().await?;
        Ok(erased)
    }
}
