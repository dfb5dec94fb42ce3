//! One runner at a time: a lease that its holder renews and that ends with a holder that dies. All times are the
//! server's, so that runners' clocks do not matter.

use crate::error::MigrationError;
use mongodb::{
    Collection, Database,
    bson::{Bson, Document, doc, oid::ObjectId},
    error::{Error, ErrorKind, WriteFailure},
};
use std::time::{Duration, Instant};

/// Pause between attempts to get the lock.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Debug, Clone)]
pub struct Lock {
    locks: Collection<Document>,
    holder: String,
    lease: Duration,
}

impl Lock {
    /// Waits for the lock, at most `wait`.
    pub async fn take(
        database: &Database,
        lease: Duration,
        wait: Duration,
    ) -> Result<Lock, MigrationError> {
        let locks = database.collection("_migrations_lock");
        let lock = Lock { locks, holder: ObjectId::new().to_hex(), lease };
        lock.prepare().await?;
        let begun = Instant::now();
        while !lock.renew().await? {
            if begun.elapsed() >= wait {
                return Err(MigrationError::Busy { waited: begun.elapsed() });
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(lock)
    }

    /// Takes or prolongs the lease; false when it is somebody else's.
    pub async fn renew(&self) -> Result<bool, MigrationError> {
        let mine_or_over = doc! { "_id": "lock", "$expr": { "$or": [
            { "$eq": ["$holder", &self.holder] },
            { "$lte": ["$expires_at", "$$NOW"] },
        ] } };
        let lease = i64::try_from(self.lease.as_millis()).unwrap_or(i64::MAX);
        let change = vec![doc! { "$set": {
            "holder": &self.holder,
            "expires_at": { "$add": ["$$NOW", lease] },
        } }];
        Ok(self.locks.update_one(mine_or_over, change).await?.matched_count == 1)
    }

    /// Renews for as long as it is polled; returns when the lease is lost.
    pub async fn keep(&self) -> Result<(), MigrationError> {
        loop {
            tokio::time::sleep(self.lease / 3).await;
            if !self.renew().await? {
                return Ok(());
            }
        }
    }

    pub async fn release(self) -> Result<(), MigrationError> {
        let mine = doc! { "_id": "lock", "holder": &self.holder };
        let over = vec![doc! { "$set": { "holder": Bson::Null, "expires_at": "$$NOW" } }];
        self.locks.update_one(mine, over).await?;
        Ok(())
    }

    /// Makes sure that the lock's document exists, free when it is new.
    async fn prepare(&self) -> Result<(), MigrationError> {
        let epoch = mongodb::bson::DateTime::from_millis(0);
        let free = doc! { "_id": "lock", "holder": Bson::Null, "expires_at": epoch };
        match self.locks.insert_one(free).await {
            Err(error) if !is_duplicate(&error) => Err(error.into()),
            _ => Ok(()),
        }
    }
}

fn is_duplicate(error: &Error) -> bool {
    matches!(error.kind.as_ref(),
        ErrorKind::Write(WriteFailure::WriteError(write)) if write.code == 11000)
}
