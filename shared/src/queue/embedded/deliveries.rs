//! Deliveries of webhooks as rows.

use crate::{
    id::{EndpointId, Tenant},
    queue::deliveries::{
        AT_ONCE, Added, Deliveries, LEASED_FOR, LentDelivery, MOST_WAITING, NewDelivery,
        REMEMBERED_FOR, Sent,
    },
    store::embedded::{
        column::{count, named, rows, unreadable},
        database::Database,
    },
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

pub struct EmbeddedDeliveries {
    database: Arc<Database>,
}

impl EmbeddedDeliveries {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        EmbeddedDeliveries { database }
    }
}

#[async_trait]
impl Deliveries for EmbeddedDeliveries {
    async fn add(
        &self,
        deliveries: &[NewDelivery],
        again: bool,
        now: Timestamp,
    ) -> StoreResult<Added> {
        let deliveries = deliveries.to_vec();
        self.database
            .write(move |write| {
                let mut added = Added::default();
                let mut waiting: BTreeMap<&EndpointId, u64> = BTreeMap::new();
                for delivery in &deliveries {
                    let endpoint = &delivery.endpoint;
                    if !waiting.contains_key(endpoint) {
                        waiting.insert(endpoint, total(write.connection, endpoint, "waiting")?);
                    }
                    let full = waiting[endpoint] >= MOST_WAITING;
                    match add(write.connection, delivery, again, full, now)? {
                        Taken::Known => added.known += 1,
                        Taken::Refused => added.refused += 1,
                        Taken::Added => {
                            added.added += 1;
                            *waiting.entry(endpoint).or_default() += 1;
                        }
                    }
                }
                Ok(added)
            })
            .await
    }

    async fn lend(&self, limit: usize, now: Timestamp) -> StoreResult<Vec<LentDelivery>> {
        self.database
            .write(move |write| {
                let connection = write.connection;
                connection
                    .prepare_cached(
                        "UPDATE deliveries SET state = 'waiting'
                         WHERE state = 'lent' AND due_at <= ?1",
                    )?
                    .execute(params![now.as_millis()])?;
                let mut due = Vec::new();
                for endpoint in endpoints(connection)? {
                    let busy = total(connection, &endpoint, "lent")?;
                    let room = pace(connection, &endpoint)?.saturating_sub(busy);
                    due.extend(first_due(connection, &endpoint, room, now)?);
                }
                due.sort();
                due.truncate(limit);
                due.into_iter().map(|(_, id)| lend(connection, &id, now)).collect()
            })
            .await
    }

    async fn settle(
        &self,
        lent: &LentDelivery,
        sent: Sent,
        at_once: u32,
        now: Timestamp,
    ) -> StoreResult<()> {
        let (lent, id) = (lent.clone(), id(&lent.delivery));
        self.database
            .write(move |write| {
                let (state, at, keeps_body) = match sent {
                    Sent::Over => ("over", now.plus(REMEMBERED_FOR), false),
                    Sent::Again(at) => ("waiting", at, true),
                };
                let changed = write
                    .connection
                    .prepare_cached(
                        "UPDATE deliveries SET state = ?3, due_at = ?4,
                             body = CASE WHEN ?5 THEN body ELSE '' END
                         WHERE id = ?1 AND state = 'lent' AND attempts = ?2",
                    )?
                    .execute(params![id, lent.attempt, state, at.as_millis(), keeps_body])?;
                if changed > 0 {
                    set_pace(write.connection, &lent.delivery.endpoint, at_once)?;
                }
                Ok(())
            })
            .await
    }

    async fn drop_endpoint(&self, endpoint: &EndpointId) -> StoreResult<u64> {
        let endpoint = endpoint.clone();
        self.database
            .write(move |write| {
                let dropped = write
                    .connection
                    .prepare_cached("DELETE FROM deliveries WHERE endpoint = ?1 AND state = ?2")?
                    .execute(params![endpoint.as_str(), "waiting"])?;
                write
                    .connection
                    .prepare_cached("DELETE FROM deliveries WHERE endpoint = ?1")?
                    .execute(params![endpoint.as_str()])?;
                set_pace(write.connection, &endpoint, AT_ONCE)?;
                Ok(dropped as u64)
            })
            .await
    }

    /// The only process that has the folder open.
    async fn leads(&self, _: &str, _: Duration, _: Timestamp) -> StoreResult<bool> {
        Ok(true)
    }
}

enum Taken {
    Added,
    Known,
    Refused,
}

fn add(
    connection: &Connection,
    delivery: &NewDelivery,
    again: bool,
    full: bool,
    now: Timestamp,
) -> StoreResult<Taken> {
    let id = id(delivery);
    let state: Option<(String, i64)> = connection
        .prepare_cached("SELECT state, due_at FROM deliveries WHERE id = ?1")?
        .query_row(params![id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let is_over =
        |state: &str, due_at: i64| state == "over" && (again || due_at <= now.as_millis());
    match state {
        Some((state, due_at)) if !is_over(&state, due_at) => {
            if again && state == "waiting" {
                connection
                    .prepare_cached("UPDATE deliveries SET due_at = ?2 WHERE id = ?1")?
                    .execute(params![id, now.as_millis()])?;
            }
            return Ok(Taken::Known);
        }
        _ if full => return Ok(Taken::Refused),
        _ => {}
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO deliveries
                 (id, endpoint, tenant, event, kind, body, state, due_at, attempts)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, 0)",
        )?
        .execute(params![
            id,
            delivery.endpoint.as_str(),
            delivery.tenant.as_str(),
            delivery.event.as_str(),
            delivery.kind.as_str(),
            delivery.body,
            now.as_millis()
        ])?;
    Ok(Taken::Added)
}

/// Endpoints for which something waits. The index is jumped through: it is not read for every event.
fn endpoints(connection: &Connection) -> StoreResult<Vec<EndpointId>> {
    let found = connection
        .prepare_cached(
            "WITH RECURSIVE known (endpoint) AS (
                 SELECT MIN(endpoint) FROM deliveries WHERE state = 'waiting'
                 UNION ALL
                 SELECT (SELECT MIN(endpoint) FROM deliveries
                         WHERE state = 'waiting' AND endpoint > known.endpoint)
                 FROM known WHERE known.endpoint IS NOT NULL)
             SELECT endpoint FROM known WHERE endpoint IS NOT NULL",
        )?
        .query_map([], |row| named(row, 0))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

fn first_due(
    connection: &Connection,
    endpoint: &EndpointId,
    room: u64,
    now: Timestamp,
) -> StoreResult<Vec<(i64, String)>> {
    let due = connection
        .prepare_cached(
            "SELECT due_at, id FROM deliveries
             WHERE state = 'waiting' AND endpoint = ?1 AND due_at <= ?2
             ORDER BY due_at, rowid LIMIT ?3",
        )?
        .query_map(
            params![endpoint.as_str(), now.as_millis(), rows(usize::try_from(room).unwrap_or(0))],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?
        .collect::<Result<_, _>>()?;
    Ok(due)
}

fn lend(connection: &Connection, id: &str, now: Timestamp) -> StoreResult<LentDelivery> {
    let lent = connection
        .prepare_cached(
            "UPDATE deliveries SET state = 'lent', due_at = ?2, attempts = attempts + 1
             WHERE id = ?1 RETURNING endpoint, tenant, event, kind, body, attempts",
        )?
        .query_row(params![id, now.plus(LEASED_FOR).as_millis()], read)?;
    Ok(lent)
}

fn read(row: &Row<'_>) -> rusqlite::Result<LentDelivery> {
    let tenant = Tenant::new(row.get_ref(1)?.as_str()?).map_err(|error| unreadable(1, error))?;
    let delivery = NewDelivery {
        endpoint: named(row, 0)?,
        tenant,
        event: named(row, 2)?,
        kind: named(row, 3)?,
        body: row.get(4)?,
    };
    Ok(LentDelivery { delivery, attempt: row.get(5)? })
}

fn total(connection: &Connection, endpoint: &EndpointId, state: &str) -> StoreResult<u64> {
    Ok(connection
        .prepare_cached("SELECT COUNT(*) FROM deliveries WHERE state = ?1 AND endpoint = ?2")?
        .query_row(params![state, endpoint.as_str()], |row| count(row, 0))?)
}

fn pace(connection: &Connection, endpoint: &EndpointId) -> StoreResult<u64> {
    let pace = connection
        .prepare_cached("SELECT at_once FROM delivery_paces WHERE endpoint = ?1")?
        .query_row(params![endpoint.as_str()], |row| count(row, 0))
        .optional()?;
    Ok(pace.unwrap_or(u64::from(AT_ONCE)))
}

fn set_pace(connection: &Connection, endpoint: &EndpointId, at_once: u32) -> StoreResult<()> {
    if at_once == AT_ONCE {
        connection
            .prepare_cached("DELETE FROM delivery_paces WHERE endpoint = ?1")?
            .execute(params![endpoint.as_str()])?;
    } else {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO delivery_paces (endpoint, at_once) VALUES (?1, ?2)",
            )?
            .execute(params![endpoint.as_str(), at_once])?;
    }
    Ok(())
}

fn id(delivery: &NewDelivery) -> String {
    format!("{}/{}", delivery.endpoint, delivery.event)
}
