//! The data folder of an embedded service.

use super::{
    blobs::{self, EmbeddedBlobs},
    cache::EmbeddedCache,
    database::Database,
    documents::EmbeddedDocuments,
    fault::{FOLDER, file_fault},
};
use crate::{
    queue::embedded::{
        EmbeddedBudgets, EmbeddedDeliveries, EmbeddedFleet, EmbeddedJobs, EmbeddedLanes, entry,
        signals::Signals,
    },
    store::{Blobs, Stores},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    sync::Arc,
};

/// Rows of one table that one sweep removes at most.
const SWEEP_ROWS: usize = 1000;

/// Every store in one folder: `lexilingo.db` and `blobs/`. One process at a time.
pub struct Embedded {
    stores: Stores,
}

/// What a sweep removed or ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Jobs that have now ended as expired.
    pub expired_jobs: u64,
    pub blobs: u64,
}

impl Embedded {
    /// Opens the folder, or makes it (mode 0700). Entries that were leased when the last process died return to the
    /// heads of their lanes with one more crash: the lock proves that their workers are gone.
    ///
    /// Fails when another process has it open, when it was written by a newer release, and when the disk does.
    pub fn open(data_dir: &Path) -> StoreResult<Embedded> {
        make_folder(data_dir)?;
        let lock = lock(data_dir)?;
        let (database, blobs) =
            Database::open(&data_dir.join("lexilingo.db"), lock, |connection| {
                entry::recover_all(connection)?;
                connection.execute_batch("DELETE FROM worker_beats; DELETE FROM worker_reports")?;
                blobs::known(connection)
            })?;
        let database = Arc::new(database);
        let signals = Arc::new(Signals::default());
        let blobs = EmbeddedBlobs::open(&data_dir.join("blobs"), &blobs, Arc::clone(&database))?;
        let stores = Stores {
            jobs: Arc::new(EmbeddedJobs::new(Arc::clone(&database), Arc::clone(&signals))),
            lanes: Arc::new(EmbeddedLanes::new(Arc::clone(&database), signals)),
            fleet: Arc::new(EmbeddedFleet::new(Arc::clone(&database))),
            budgets: Arc::new(EmbeddedBudgets::new(Arc::clone(&database))),
            deliveries: Arc::new(EmbeddedDeliveries::new(Arc::clone(&database))),
            cache: Arc::new(EmbeddedCache::new(Arc::clone(&database))),
            documents: Arc::new(EmbeddedDocuments::new(database)),
            blobs: Arc::new(blobs),
        };
        Ok(Embedded { stores })
    }

    pub fn stores(&self) -> Stores {
        self.stores.clone()
    }

    /// Ends what is overdue and removes what has expired in every table, a bounded part of it (see
    /// `Jobs::expire_due` and `Blobs::sweep`, which do the same): call it every few seconds.
    pub async fn sweep(&self, now: Timestamp) -> StoreResult<Swept> {
        let expired_jobs = self.stores.jobs.expire_due(now, SWEEP_ROWS).await? as u64;
        let blobs = Blobs::sweep(self.stores.blobs.as_ref(), now, SWEEP_ROWS).await?;
        Ok(Swept { expired_jobs, blobs })
    }
}

/// Makes the folder and those above it, if need be; new ones are the owner's alone.
pub(super) fn make_folder(path: &Path) -> StoreResult<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|error| file_fault("make the data folder", &error))
}

fn lock(data_dir: &Path) -> StoreResult<File> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(data_dir.join("lexilingo.lock"))
        .map_err(|error| file_fault("open the lock file", &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let reason = format!("{} is in use by another process", data_dir.display());
            Err(StoreError::unavailable(FOLDER, reason))
        }
        // Some network file systems have no locks; two processes there would corrupt the database.
        Err(TryLockError::Error(error)) => {
            Err(file_fault("lock the data folder", &io::Error::other(error)))
        }
    }
}

#[cfg(test)]
mod tests;
