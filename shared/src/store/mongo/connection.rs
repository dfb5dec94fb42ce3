//! The client, and what its failures mean.

use super::{blobs::MongoBlobs, documents::MongoDocuments};
use crate::store_error::{StoreError, StoreResult};
use mongodb::{
    Client, Database,
    error::{Error, ErrorKind, WriteFailure},
    options::{Acknowledgment, ClientOptions, WriteConcern},
};
use std::time::Duration;

pub(super) const STORE: &str = "mongodb";

/// Database when neither the argument nor the URI names one.
const DATABASE: &str = "lexilingo";

/// How long a call waits for a primary at least: an election takes some ten seconds.
const SELECTION: Duration = Duration::from_secs(15);

/// How long a write may wait for the majority's journal.
pub(super) const WRITE_TIMEOUT_MS: i64 = 30_000;

/// Clones share the client's pool.
#[derive(Debug, Clone)]
pub struct Mongo {
    database: Database,
}

impl Mongo {
    /// Fails on a malformed URI only: the driver reaches the server at the first call and after every loss by itself.
    /// `database` wins over the URI's.
    pub async fn connect(uri: &str, database: Option<&str>) -> StoreResult<Mongo> {
        let mut options = ClientOptions::parse(uri).await.map_err(fault)?;
        options.app_name.get_or_insert_with(|| "lexilingo".to_owned());
        let selection = options.server_selection_timeout.unwrap_or(SELECTION);
        options.server_selection_timeout = Some(selection.max(SELECTION));
        options.write_concern = Some(
            WriteConcern::builder()
                .w(Acknowledgment::Majority)
                .journal(true)
                .w_timeout(Duration::from_millis(WRITE_TIMEOUT_MS.unsigned_abs()))
                .build(),
        );
        let named = database.map(str::to_owned).or_else(|| options.default_database.clone());
        let client = Client::with_options(options).map_err(fault)?;
        Ok(Mongo { database: client.database(named.as_deref().unwrap_or(DATABASE)) })
    }

    pub fn database(&self) -> &Database {
        &self.database
    }

    pub fn documents(&self) -> MongoDocuments {
        MongoDocuments::new(self.database.clone())
    }

    pub fn blobs(&self) -> MongoBlobs {
        MongoBlobs::new(&self.database)
    }
}

/// What a failed call means. Servers quote documents in their messages, so those are left out.
pub(super) fn fault(error: Error) -> StoreError {
    match error.kind.as_ref() {
        ErrorKind::Command(command) if is_disk_full(command.code) => {
            StoreError::Full { store: STORE }
        }
        ErrorKind::Command(command) => refused(command.code),
        ErrorKind::Write(WriteFailure::WriteError(write)) => refused(write.code),
        ErrorKind::Write(WriteFailure::WriteConcernError(write)) => refused(write.code),
        ErrorKind::InsertMany(insert) => {
            let writes = insert.write_errors.iter().flatten().map(|write| write.code);
            let concern = insert.write_concern_error.iter().map(|concern| concern.code);
            refused(writes.chain(concern).find(|code| *code != DUPLICATE).unwrap_or(DUPLICATE))
        }
        ErrorKind::BsonDeserialization(_) | ErrorKind::BsonSerialization(_) => {
            StoreError::corrupt(STORE, "a document is not of the expected form")
        }
        _ => StoreError::unavailable(STORE, error),
    }
}

/// The server's code for a key that is there already.
pub(super) const DUPLICATE: i32 = 11000;

pub(super) fn is_duplicate(error: &Error) -> bool {
    match error.kind.as_ref() {
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE,
        ErrorKind::Command(command) => command.code == DUPLICATE,
        _ => false,
    }
}

pub(super) fn refused(code: i32) -> StoreError {
    if is_disk_full(code) {
        return StoreError::Full { store: STORE };
    }
    StoreError::unavailable(STORE, format!("the server refused with code {code}"))
}

fn is_disk_full(code: i32) -> bool {
    code == 14031
}
