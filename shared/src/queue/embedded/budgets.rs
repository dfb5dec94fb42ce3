//! Budgets in the database, so that a day's quota outlives a restart.

use crate::{
    queue::budgets::{Budget, Budgets, Taken, Usage},
    store::embedded::{
        column::{count, instant, stored},
        database::Database,
    },
    store_error::StoreResult,
    time::Timestamp,
};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::Arc;

pub struct EmbeddedBudgets {
    database: Arc<Database>,
}

impl EmbeddedBudgets {
    pub(crate) fn new(database: Arc<Database>) -> Self {
        EmbeddedBudgets { database }
    }
}

#[async_trait]
impl Budgets for EmbeddedBudgets {
    async fn take(&self, owner: &str, budgets: &[Budget], now: Timestamp) -> StoreResult<Taken> {
        let (owner, budgets) = (owner.to_owned(), budgets.to_vec());
        self.database
            .write(move |write| {
                let usage = budgets
                    .iter()
                    .map(|budget| read(write.connection, &owner, budget, now))
                    .collect::<StoreResult<Vec<Usage>>>()?;
                let has_room = |(budget, usage): (&Budget, &Usage)| usage.used < budget.quota;
                if !budgets.iter().zip(&usage).all(has_room) {
                    return Ok(Taken { admitted: false, usage });
                }
                let charge = |(budget, usage): (&Budget, Usage)| {
                    let usage = Usage { used: usage.used + 1, ..usage };
                    charge(write.connection, &owner, budget.name, usage).map(|()| usage)
                };
                let usage = budgets.iter().zip(usage).map(charge).collect::<StoreResult<_>>()?;
                Ok(Taken { admitted: true, usage })
            })
            .await
    }
}

/// The window that is open, or a new one.
fn read(
    connection: &Connection,
    owner: &str,
    budget: &Budget,
    now: Timestamp,
) -> StoreResult<Usage> {
    let open = connection
        .prepare_cached(
            "SELECT used, resets_at FROM budgets WHERE owner = ?1 AND name = ?2 AND resets_at > ?3",
        )?
        .query_row(params![owner, budget.name, now.as_millis()], |row| {
            Ok(Usage { used: count(row, 0)?, resets_at: instant(row, 1)? })
        })
        .optional()?;
    Ok(open.unwrap_or(Usage { used: 0, resets_at: now.plus(budget.window) }))
}

fn charge(connection: &Connection, owner: &str, name: &str, usage: Usage) -> StoreResult<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO budgets (owner, name, used, resets_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![owner, name, stored(usage.used), usage.resets_at.as_millis()])?;
    Ok(())
}
