//! The one writer: a thread that runs what is waiting as one transaction, so that many callers share one sync of the
//! disk. Each is answered after the commit; one that fails is rolled back to its savepoint and spoils no other.

use super::fault::DATABASE;
use crate::store_error::{StoreError, StoreResult};
use rusqlite::Connection;
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
};
use tokio::sync::{mpsc, oneshot};

/// Most operations of one transaction: bounds how long the first waits for the last.
const MOST_TOGETHER: usize = 256;

/// What an operation works on.
pub(crate) struct Write<'c> {
    pub(crate) connection: &'c Connection,
    after_commit: RefCell<Vec<Box<dyn FnOnce() + Send>>>,
}

impl Write<'_> {
    /// Runs once the change is durable, before the caller is answered and even when the caller has gone; never if the
    /// change is undone.
    pub(crate) fn after_commit(&self, act: impl FnOnce() + Send + 'static) {
        self.after_commit.borrow_mut().push(Box::new(act));
    }
}

/// An operation that waits for the writer.
pub(super) enum Order {
    Write(Box<dyn Operation>),
    /// Writes the log back into the database and empties it, so that removed rows are in no file.
    Checkpoint(oneshot::Sender<()>),
}

pub(super) trait Operation: Send {
    /// True when its changes are to be kept.
    fn run(&mut self, connection: &Connection) -> bool;
    /// Tells the caller what became of it.
    fn answer(self: Box<Self>, committed: StoreResult<()>);
}

/// One closure with the way back to its caller.
pub(super) struct Ticket<F, T> {
    work: Option<F>,
    outcome: Option<StoreResult<T>>,
    after_commit: Vec<Box<dyn FnOnce() + Send>>,
    reply: oneshot::Sender<StoreResult<T>>,
}

impl<F, T> Ticket<F, T> {
    pub(super) fn new(work: F) -> (Self, oneshot::Receiver<StoreResult<T>>) {
        let (reply, answer) = oneshot::channel();
        (Ticket { work: Some(work), outcome: None, after_commit: Vec::new(), reply }, answer)
    }
}

impl<F, T> Operation for Ticket<F, T>
where
    F: FnOnce(&Write<'_>) -> StoreResult<T> + Send,
    T: Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let Some(work) = self.work.take() else { return false };
        let write = Write { connection, after_commit: RefCell::default() };
        // A panic must not end the thread that everybody writes through.
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&write)))
            .unwrap_or_else(|_| Err(StoreError::unavailable(DATABASE, "the operation panicked")));
        let keep = outcome.is_ok();
        if keep {
            self.after_commit = write.after_commit.into_inner();
        }
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, committed: StoreResult<()>) {
        let outcome = match (self.outcome, committed) {
            (Some(Err(fault)), _) | (_, Err(fault)) => Err(fault),
            (Some(Ok(value)), Ok(())) => {
                self.after_commit.into_iter().for_each(|act| act());
                Ok(value)
            }
            (None, Ok(())) => Err(StoreError::unavailable(DATABASE, "the operation was not run")),
        };
        // The caller may have gone; what was committed stays.
        let _ = self.reply.send(outcome);
    }
}

/// Serves orders until every sender has gone.
pub(super) fn serve(connection: &mut Connection, mut orders: mpsc::Receiver<Order>) {
    let mut together = Vec::new();
    while let Some(first) = orders.blocking_recv() {
        let mut next = Some(first);
        while let Some(order) = next {
            match order {
                Order::Write(operation) => together.push(operation),
                Order::Checkpoint(done) => {
                    commit(connection, std::mem::take(&mut together));
                    checkpoint(connection);
                    let _ = done.send(());
                }
            }
            next = if together.len() < MOST_TOGETHER { orders.try_recv().ok() } else { None };
        }
        commit(connection, std::mem::take(&mut together));
    }
}

fn commit(connection: &mut Connection, together: Vec<Box<dyn Operation>>) {
    if together.is_empty() {
        return;
    }
    let mut run = Vec::with_capacity(together.len());
    let mut waiting = together.into_iter();
    let outcome = transact(connection, &mut waiting, &mut run);
    for operation in run {
        operation.answer(outcome.clone());
    }
    // Not run at all, because the transaction broke before their turn.
    for operation in waiting {
        operation.answer(outcome.clone());
    }
}

fn transact(
    connection: &mut Connection,
    waiting: &mut std::vec::IntoIter<Box<dyn Operation>>,
    run: &mut Vec<Box<dyn Operation>>,
) -> StoreResult<()> {
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    for mut operation in waiting {
        let outcome = in_savepoint(connection, operation.as_mut());
        run.push(operation);
        if let Err(fault) = outcome {
            // Some faults (a full disk) make SQLite end the whole transaction by itself.
            let _ = connection.execute_batch("ROLLBACK");
            return Err(fault);
        }
    }
    let committed = connection.prepare_cached("COMMIT")?.execute([]);
    if let Err(error) = committed {
        let _ = connection.execute_batch("ROLLBACK");
        return Err(error.into());
    }
    Ok(())
}

fn in_savepoint(connection: &Connection, operation: &mut dyn Operation) -> StoreResult<()> {
    connection.prepare_cached("SAVEPOINT operation")?.execute([])?;
    let keep = operation.run(connection);
    if connection.is_autocommit() {
        return Err(StoreError::unavailable(DATABASE, "the transaction was ended by a fault"));
    }
    if !keep {
        connection.prepare_cached("ROLLBACK TO operation")?.execute([])?;
    }
    connection.prepare_cached("RELEASE operation")?.execute([])?;
    Ok(())
}

fn checkpoint(connection: &Connection) {
    let done = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    if let Err(error) = done {
        tracing::warn!(%error, "could not write the log back into the database");
    }
}
