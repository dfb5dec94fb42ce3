//! Lanes in the database.

use super::{entry, signals::Signals};
use crate::{
    id::{JobId, WorkerId},
    job::Envelope,
    lane::Lane,
    queue::lanes::{Delivery, LaneStats, Lanes, Pushed, Recovered, Settlement},
    store::embedded::{
        column::{count, instant, named, stored},
        database::Database,
        fault::unreadable_json,
    },
    store_error::StoreResult,
    time::{Clock, SystemClock, Timestamp},
};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use std::{sync::Arc, time::Duration};

pub struct EmbeddedLanes {
    database: Arc<Database>,
    signals: Arc<Signals>,
}

impl EmbeddedLanes {
    pub(crate) fn new(database: Arc<Database>, signals: Arc<Signals>) -> Self {
        EmbeddedLanes { database, signals }
    }
}

#[async_trait]
impl Lanes for EmbeddedLanes {
    async fn push(&self, lane: Lane, envelope: &Envelope, max_waiting: u64) -> StoreResult<Pushed> {
        let text = serde_json::to_string(envelope).map_err(|error| unreadable_json(&error))?;
        let (id, signals) = (envelope.id.clone(), Arc::clone(&self.signals));
        self.database
            .write(move |write| {
                let there = write
                    .connection
                    .prepare_cached("SELECT 1 FROM entries WHERE id = ?1")?
                    .exists(params![id.as_str()])?;
                if there {
                    return Ok(Pushed::Accepted);
                }
                let waiting = entry::total(write.connection, lane, "waiting")?;
                if waiting >= max_waiting {
                    return Ok(Pushed::Full { waiting });
                }
                // An entry that comes a second time goes on from its job's fence: fences never fall.
                write
                    .connection
                    .prepare_cached(
                        "INSERT INTO entries (id, lane, state, position, fence, envelope)
                         VALUES (?1, ?2, 'waiting',
                             (SELECT COALESCE(MAX(position), -1) + 1 FROM entries
                              WHERE lane = ?2 AND state = 'waiting'),
                             COALESCE((SELECT fence FROM jobs WHERE id = ?1), 0), ?3)",
                    )?
                    .execute(params![id.as_str(), lane.to_string(), text])?;
                write.after_commit(move || signals.lane_filled(lane));
                Ok(Pushed::Accepted)
            })
            .await
    }

    async fn lease_up_to(
        &self,
        most: usize,
        lane: Lane,
        worker: &WorkerId,
        now: Timestamp,
    ) -> StoreResult<Vec<Delivery>> {
        self.signals.tell_time(lane, now);
        let worker = worker.clone();
        // Looked up without the writer first: workers that find nothing cost no transaction.
        let head = self.database.read(move |connection| entry::head(connection, lane, now)).await?;
        if head.is_none() {
            return Ok(Vec::new());
        }
        self.database
            .write(move |write| {
                // A worker that has never beaten counts from its first lease.
                write
                    .connection
                    .prepare_cached(
                        "INSERT OR IGNORE INTO worker_beats (worker, at) VALUES (?1, ?2)",
                    )?
                    .execute(params![worker.as_str(), now.as_millis()])?;
                let mut deliveries = Vec::new();
                while deliveries.len() < most
                    && let Some(id) = entry::head(write.connection, lane, now)?
                {
                    deliveries.push(entry::lease(write.connection, lane, &worker, &id)?);
                }
                Ok(deliveries)
            })
            .await
    }

    async fn wait_for_work(&self, lane: Lane, at_most: Duration) {
        // Subscribed before looking, so that a push between the two is not missed.
        let mut fills = self.signals.lane_fills(lane);
        let next = self.database.read(move |connection| next_due(connection, lane)).await;
        let patience = match next {
            Ok(Next::Now) => return,
            Ok(Next::At(due)) => {
                let now = self.signals.time_now(lane).unwrap_or_else(|| SystemClock.now());
                at_most.min(due.since(now))
            }
            // A fault: the caller meets it again when it leases; until then it must not spin.
            Ok(Next::Never) | Err(_) => at_most,
        };
        let _ = tokio::time::timeout(patience, fills.changed()).await;
    }

    async fn settle(
        &self,
        delivery: &Delivery,
        settlement: &Settlement,
        now: Timestamp,
    ) -> StoreResult<()> {
        let (delivery, settlement) = (delivery.clone(), settlement.clone());
        let signals = Arc::clone(&self.signals);
        self.database
            .write(move |write| {
                if !holds(write.connection, &delivery)? {
                    return Ok(());
                }
                let filled = settle(write.connection, &delivery, &settlement, now)?;
                if filled {
                    write.after_commit(move || signals.lane_filled(delivery.lane));
                }
                Ok(())
            })
            .await
    }

    /// The lanes are not noted: they stand in the entries that the worker holds.
    async fn beat(&self, worker: &WorkerId, _lanes: &[Lane], now: Timestamp) -> StoreResult<()> {
        let worker = worker.clone();
        self.database
            .write(move |write| {
                write
                    .connection
                    .prepare_cached(
                        "INSERT INTO worker_beats (worker, at) VALUES (?1, ?2)
                         ON CONFLICT DO UPDATE SET at = MAX(at, excluded.at)",
                    )?
                    .execute(params![worker.as_str(), now.as_millis()])?;
                Ok(())
            })
            .await
    }

    async fn leave(&self, worker: &WorkerId, lanes: &[Lane], _now: Timestamp) -> StoreResult<()> {
        let (worker, lanes, signals) =
            (worker.clone(), lanes.to_owned(), Arc::clone(&self.signals));
        self.database
            .write(move |write| {
                for lane in &lanes {
                    entry::give_back(write.connection, &worker, *lane, 0)?;
                }
                write
                    .connection
                    .prepare_cached("DELETE FROM worker_beats WHERE worker = ?1")?
                    .execute(params![worker.as_str()])?;
                write.after_commit(move || {
                    lanes.into_iter().for_each(|lane| signals.lane_filled(lane));
                });
                Ok(())
            })
            .await
    }

    async fn recover(
        &self,
        lanes: &[Lane],
        lost_before: Timestamp,
        _now: Timestamp,
    ) -> StoreResult<Vec<Recovered>> {
        let (lanes, signals) = (lanes.to_owned(), Arc::clone(&self.signals));
        self.database
            .write(move |write| {
                let mut recovered = Vec::new();
                for worker in lost_workers(write.connection, lost_before)? {
                    for lane in &lanes {
                        recovered.extend(entry::give_back(write.connection, &worker, *lane, 1)?);
                    }
                }
                write
                    .connection
                    .prepare_cached(
                        "DELETE FROM worker_beats WHERE at < ?1 AND worker NOT IN
                         (SELECT worker FROM entries WHERE state = 'leased')",
                    )?
                    .execute(params![lost_before.as_millis()])?;
                if !recovered.is_empty() {
                    write.after_commit(move || {
                        lanes.into_iter().for_each(|lane| signals.lane_filled(lane));
                    });
                }
                Ok(recovered)
            })
            .await
    }

    async fn stats(&self, lane: Lane, now: Timestamp) -> StoreResult<LaneStats> {
        self.database
            .read(move |connection| {
                let due = connection
                    .prepare_cached(
                        "SELECT COUNT(*) FROM entries
                         WHERE lane = ?1 AND state = 'scheduled' AND due_at <= ?2",
                    )?
                    .query_row(params![lane.to_string(), now.as_millis()], |row| count(row, 0))?;
                let total = |state| entry::total(connection, lane, state);
                let head = entry::head(connection, lane, now)?;
                Ok(LaneStats {
                    waiting: total("waiting")? + due,
                    scheduled: total("scheduled")?.saturating_sub(due),
                    running: total("leased")?,
                    dead: total("dead")?,
                    oldest: head.map(|id: JobId| now.since(id.created_at())),
                })
            })
            .await
    }
}

/// When the lane has something to hand out.
enum Next {
    Now,
    At(Timestamp),
    Never,
}

fn next_due(connection: &Connection, lane: Lane) -> StoreResult<Next> {
    if entry::total(connection, lane, "waiting")? > 0 {
        return Ok(Next::Now);
    }
    let due = connection
        .prepare_cached(
            "SELECT due_at FROM entries WHERE lane = ?1 AND state = 'scheduled'
             ORDER BY due_at LIMIT 1",
        )?
        .query_row(params![lane.to_string()], |row| instant(row, 0))
        .optional()?;
    Ok(due.map_or(Next::Never, Next::At))
}

/// Whether the delivery is the entry's present one.
fn holds(connection: &Connection, delivery: &Delivery) -> StoreResult<bool> {
    let held = connection
        .prepare_cached(
            "SELECT 1 FROM entries WHERE id = ?1 AND state = 'leased' AND worker = ?2 AND fence = ?3",
        )?
        .exists(params![
            delivery.entry.as_str(),
            delivery.worker.as_str(),
            stored(delivery.fence)
        ])?;
    Ok(held)
}

/// True when the lane now has one more entry to hand out, now or later.
fn settle(
    connection: &Connection,
    delivery: &Delivery,
    settlement: &Settlement,
    now: Timestamp,
) -> StoreResult<bool> {
    let id = delivery.entry.as_str();
    match settlement {
        Settlement::Done => {
            connection.prepare_cached("DELETE FROM entries WHERE id = ?1")?.execute(params![id])?;
        }
        Settlement::Retry(due) => {
            connection
                .prepare_cached(
                    "UPDATE entries SET state = 'scheduled', worker = NULL, due_at = ?2
                     WHERE id = ?1",
                )?
                .execute(params![id, due.as_millis()])?;
        }
        Settlement::HandBack => entry::to_head(connection, &delivery.entry, delivery.lane, 0)?,
        Settlement::Dead(reason) => {
            connection
                .prepare_cached(
                    "UPDATE entries SET state = 'dead', worker = NULL, reason = ?2, dead_at = ?3
                     WHERE id = ?1",
                )?
                .execute(params![id, reason, now.as_millis()])?;
        }
    }
    Ok(matches!(settlement, Settlement::Retry(_) | Settlement::HandBack))
}

/// Workers that hold something and have not beaten since.
fn lost_workers(connection: &Connection, lost_before: Timestamp) -> StoreResult<Vec<WorkerId>> {
    let lost = connection
        .prepare_cached(
            "SELECT DISTINCT entries.worker FROM entries
             LEFT JOIN worker_beats ON worker_beats.worker = entries.worker
             WHERE entries.state = 'leased' AND COALESCE(worker_beats.at < ?1, TRUE)
             ORDER BY entries.worker",
        )?
        .query_map(params![lost_before.as_millis()], |row| named(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(lost)
}
