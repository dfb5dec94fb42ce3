//! Why migrations were not applied.

use lexilingo_shared::store_error::StoreError;
use std::time::Duration;

#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    #[error(
        "migration {name} was changed after it had been applied; undo the change and add a new migration"
    )]
    Changed { name: String },
    #[error("migration {name} is malformed: {reason}")]
    Malformed { name: String, reason: String },
    #[error("migration {name}, command {command}: the server refused with code {code} ({message})")]
    Refused { name: String, command: String, code: i32, message: String },
    #[error("another runner has been applying migrations for {waited:?}")]
    Busy { waited: Duration },
    #[error("the lock went to another runner before migration {name} was applied; run again")]
    LockLost { name: String },
    #[error("migration {name} failed: {source}")]
    Step { name: String, source: anyhow::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the database cannot be reached: {0}")]
    Database(#[from] mongodb::error::Error),
}
