//! Worker reports, counters and sessions in the database.

use crate::{
    id::WorkerId,
    queue::fleet::{Fleet, WorkerReport},
    store::embedded::{
        column::{count, stored},
        database::Database,
        fault::unreadable_json,
    },
    store_error::StoreResult,
    tally::Tally,
    time::Timestamp,
};
use async_trait::async_trait;
use rusqlite::params;
use std::{collections::BTreeMap, sync::Arc};

pub struct EmbeddedFleet {
    database: Arc<Database>,
}

impl EmbeddedFleet {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        EmbeddedFleet { database }
    }
}

#[async_trait]
impl Fleet for EmbeddedFleet {
    async fn report(&self, report: &WorkerReport) -> StoreResult<()> {
        let text = serde_json::to_string(report).map_err(|error| unreadable_json(&error))?;
        let (id, at) = (report.id.clone(), report.at.as_millis());
        self.database
            .write(move |write| {
                write
                    .connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO worker_reports (id, at, report) VALUES (?1, ?2, ?3)",
                    )?
                    .execute(params![id.as_str(), at, text])?;
                Ok(())
            })
            .await
    }

    async fn retire(&self, worker: &WorkerId) -> StoreResult<()> {
        let worker = worker.clone();
        self.database
            .write(move |write| {
                write
                    .connection
                    .prepare_cached("DELETE FROM worker_reports WHERE id = ?1")?
                    .execute(params![worker.as_str()])?;
                Ok(())
            })
            .await
    }

    async fn workers(&self, lost_before: Timestamp) -> StoreResult<Vec<WorkerReport>> {
        let texts: Vec<String> = self
            .database
            .write(move |write| {
                write
                    .connection
                    .prepare_cached("DELETE FROM worker_reports WHERE at < ?1")?
                    .execute(params![lost_before.as_millis()])?;
                let texts = write
                    .connection
                    .prepare_cached("SELECT report FROM worker_reports ORDER BY id")?
                    .query_map([], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
                Ok(texts)
            })
            .await?;
        texts
            .iter()
            .map(|text| serde_json::from_str(text).map_err(|error| unreadable_json(&error)))
            .collect()
    }

    async fn add(&self, tally: &Tally) -> StoreResult<()> {
        if tally.is_empty() {
            return Ok(());
        }
        let tally = tally.clone();
        self.database
            .write(move |write| {
                let mut add = write.connection.prepare_cached(
                    "INSERT INTO counters (name, value) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET value = value + excluded.value",
                )?;
                for (name, by) in tally.iter() {
                    add.execute(params![name, stored(by)])?;
                }
                Ok(())
            })
            .await
    }

    async fn counters(&self) -> StoreResult<BTreeMap<String, u64>> {
        self.database
            .read(|connection| {
                let counters = connection
                    .prepare_cached("SELECT name, value FROM counters")?
                    .query_map([], |row| Ok((row.get(0)?, count(row, 1)?)))?
                    .collect::<Result<_, _>>()?;
                Ok(counters)
            })
            .await
    }

    async fn active_sessions(&self, since: Timestamp) -> StoreResult<u64> {
        self.database
            .read(move |connection| {
                let active = connection
                    .prepare_cached("SELECT COUNT(*) FROM seen_sessions WHERE at >= ?1")?
                    .query_row(params![since.as_millis()], |row| count(row, 0))?;
                Ok(active)
            })
            .await
    }

    async fn touch_session(&self, tenant_and_session: &str, now: Timestamp) -> StoreResult<()> {
        let session = tenant_and_session.to_owned();
        self.database
            .write(move |write| {
                write
                    .connection
                    .prepare_cached(
                        "INSERT INTO seen_sessions (session, at) VALUES (?1, ?2)
                         ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at)",
                    )?
                    .execute(params![session, now.as_millis()])?;
                Ok(())
            })
            .await
    }

    async fn ping(&self) -> StoreResult<()> {
        self.database.read(|connection| Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?)).await
    }
}
