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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn open(folder: &Path) -> Arc<Database> {
        let lock = File::create(folder.join("lock")).unwrap();
        Arc::new(Database::open(&folder.join("db"), lock, |_| Ok(())).unwrap().0)
    }

    async fn add(database: &Database, name: String) -> StoreResult<usize> {
        database
            .write(move |write| {
                let rows = write
                    .connection
                    .execute("INSERT INTO counters (name, value) VALUES (?1, 1)", [name])?;
                Ok(rows)
            })
            .await
    }

    async fn counters(database: &Database) -> i64 {
        let count = |connection: &Connection| {
            Ok(connection.query_row("SELECT COUNT(*) FROM counters", [], |row| row.get(0))?)
        };
        database.read(count).await.unwrap()
    }

    #[tokio::test]
    async fn the_database_is_durable_and_forgets_what_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path());
        for (pragma, expected) in [
            ("synchronous", "2"),
            ("journal_mode", "wal"),
            ("secure_delete", "1"),
            ("foreign_keys", "1"),
        ] {
            let value = database
                .write(move |write| {
                    let value = write.connection.pragma_query_value(None, pragma, |row| {
                        row.get_ref(0).map(|value| match value {
                            rusqlite::types::ValueRef::Integer(n) => n.to_string(),
                            other => other.as_str().unwrap_or_default().to_owned(),
                        })
                    })?;
                    Ok(value)
                })
                .await;
            assert_eq!(value.unwrap(), expected, "{pragma}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_failing_write_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path());
        let mut writes = tokio::task::JoinSet::new();
        for n in 0..200 {
            let database = Arc::clone(&database);
            writes.spawn(async move {
                match n % 4 {
                    0 => add(&database, "the same".to_owned()).await.is_ok(),
                    1 => {
                        let half = database.write(|write| {
                            write
                                .connection
                                .execute("INSERT INTO counters VALUES ('half', 1)", [])?;
                            Err::<(), _>(closed())
                        });
                        half.await.is_ok()
                    }
                    2 => database
                        .write(|_| -> StoreResult<()> { panic!("on purpose") })
                        .await
                        .is_ok(),
                    _ => add(&database, n.to_string()).await.is_ok(),
                }
            });
        }
        let done = writes.join_all().await.into_iter().filter(|done| *done).count();
        assert_eq!(done, 50 + 1);
        assert_eq!(counters(&database).await, 50 + 1);
    }

    #[tokio::test]
    async fn what_follows_a_commit_happens_even_when_the_caller_has_gone() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path());
        let (told, untold) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let (on_commit, on_failure) = (Arc::clone(&told), Arc::clone(&untold));
        let (ticket, answer) = Ticket::new(move |write: &Write<'_>| {
            write.after_commit(move || on_commit.store(true, Ordering::SeqCst));
            Ok(())
        });
        drop(answer);
        database.order(Order::Write(Box::new(ticket))).await.unwrap();
        let failed = database.write(move |write| {
            write.after_commit(move || on_failure.store(true, Ordering::SeqCst));
            Err::<(), _>(closed())
        });
        assert!(failed.await.is_err());
        assert!(told.load(Ordering::SeqCst) && !untold.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn a_reader_that_panics_does_not_stop_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let database = open(folder.path());
        for _ in 0..10 {
            let failed = database.read(|_| -> StoreResult<()> { panic!("on purpose") }).await;
            assert!(failed.is_err());
        }
        assert_eq!(counters(&database).await, 0);
    }
}
