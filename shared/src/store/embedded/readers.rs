//! Read connections: a few, lent to blocking threads, each seeing the last commit.

use super::fault::DATABASE;
use crate::store_error::{StoreError, StoreResult};
use rusqlite::Connection;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Readers at the same time.
const READERS: usize = 4;

pub(super) struct Readers {
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    open: Box<dyn Fn() -> StoreResult<Connection> + Send + Sync>,
}

impl Readers {
    /// Connections are made by `open` when they are first needed.
    pub(super) fn new(open: impl Fn() -> StoreResult<Connection> + Send + Sync + 'static) -> Self {
        let permits = Arc::new(Semaphore::new(READERS));
        Readers { idle: Mutex::default(), permits, open: Box::new(open) }
    }

    /// Runs `work` on a blocking thread; all that it reads is of one moment.
    pub(super) async fn read<T, F>(self: &Arc<Self>, work: F) -> StoreResult<T>
    where
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
        T: Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let readers = Arc::clone(self);
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let connection = readers.take()?;
            let outcome = snapshot(&connection, work);
            // Not reached after a panic: that connection is dropped rather than lent again.
            readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            outcome
        });
        task.await.unwrap_or_else(|error| Err(StoreError::unavailable(DATABASE, error)))
    }

    fn take(&self) -> StoreResult<Connection> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(connection) => Ok(connection),
            None => (self.open)(),
        }
    }
}

fn snapshot<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> StoreResult<T>,
) -> StoreResult<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let outcome = work(connection);
    connection.prepare_cached("COMMIT")?.execute([])?;
    outcome
}
