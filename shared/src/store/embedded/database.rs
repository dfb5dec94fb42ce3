//! The database file: one writer thread, a few readers.

pub(crate) use super::writer::Write;
use super::{
    fault::{DATABASE, file_fault},
    readers::Readers,
    schema,
    writer::{self, Order, Ticket},
};
use crate::store_error::{StoreError, StoreResult};
use rusqlite::{Connection, OpenFlags};
use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::{mpsc, oneshot};

/// Orders that may wait for the writer before callers wait to place theirs.
const INBOX: usize = 1024;
/// Statements kept prepared by each connection.
const PREPARED: usize = 128;
/// The log is cut back to this many bytes when it has been written back.
const LOG_BYTES: u64 = 16 << 20;
/// How long a connection waits for a lock that another one holds.
const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Database {
    orders: Option<mpsc::Sender<Order>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Arc<Readers>,
}

impl Database {
    /// Opens or makes the file, readable by its owner only, and brings it to this release's schema. `prepare`
    /// may put it in order, or look at it, before anybody uses it; `lock` is let go when it is closed.
    pub(super) fn open<T>(
        path: &Path,
        lock: File,
        prepare: impl FnOnce(&Connection) -> StoreResult<T>,
    ) -> StoreResult<(Database, T)> {
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(|error| file_fault("open the database", &error))?;
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON; PRAGMA journal_size_limit = {LOG_BYTES};"
        ))?;
        schema::migrate(&mut connection)?;
        let transaction = connection.transaction()?;
        let prepared = prepare(&transaction)?;
        transaction.commit()?;
        let (orders, inbox) = mpsc::channel(INBOX);
        let writer = std::thread::Builder::new()
            .name("database".to_owned())
            .spawn(move || {
                writer::serve(&mut connection, inbox);
                // Closed before the lock is let go: the next process must find a folder at rest.
                drop(connection);
                drop(lock);
            })
            .map_err(|error| file_fault("start the database's thread", &error))?;
        let path = path.to_owned();
        let readers = Readers::new(move || connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY));
        let database = Database {
            orders: Some(orders),
            writer: Mutex::new(Some(writer)),
            readers: Arc::new(readers),
        };
        Ok((database, prepared))
    }

    /// Runs `work` in a transaction; what it did is durable when this returns `Ok`. It must be short.
    pub(crate) async fn write<T, F>(&self, work: F) -> StoreResult<T>
    where
        F: FnOnce(&Write<'_>) -> StoreResult<T> + Send + 'static,
        T: Send + 'static,
    {
        let (ticket, answer) = Ticket::new(work);
        self.order(Order::Write(Box::new(ticket))).await?;
        answer.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Runs `work` on the last committed state.
    pub(crate) async fn read<T, F>(&self, work: F) -> StoreResult<T>
    where
        F: FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
        T: Send + 'static,
    {
        self.readers.read(work).await
    }

    /// Makes sure that what was deleted is no longer in the log either.
    pub(crate) async fn checkpoint(&self) -> StoreResult<()> {
        let (done, answer) = oneshot::channel();
        self.order(Order::Checkpoint(done)).await?;
        answer.await.map_err(|_| closed())
    }

    async fn order(&self, order: Order) -> StoreResult<()> {
        let orders = self.orders.as_ref().ok_or_else(closed)?;
        orders.send(order).await.map_err(|_| closed())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.orders = None;
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last handle may be dropped by the writer's own thread.
        if let Some(writer) =
            writer.filter(|writer| writer.thread().id() != std::thread::current().id())
        {
            let _ = writer.join();
        }
    }
}

fn connect(path: &Path, access: OpenFlags) -> StoreResult<Connection> {
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

fn closed() -> StoreError {
    StoreError::unavailable(DATABASE, "it has been closed")
}
