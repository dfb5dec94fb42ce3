//! Whether learners' text is sealed, and by the keys that sealed what is there.

use super::{Finding, PATIENCE};
use crate::exit::Missing;
use lexilingo_shared::{
    config::{Backend, Config, storage::ENCRYPTION},
    store::{self, sealed::key_check},
    store_error::StoreError,
};

const REMEDY: &str =
    "put back the keys that the data was sealed with: what they sealed cannot be read without them";

/// What `up` says of stores that refuse the keys.
pub fn refused(error: &StoreError) -> Option<Missing> {
    match error {
        StoreError::Corrupt { store: key_check::STORE, reason } => Some(Missing {
            variable: ENCRYPTION,
            problem: reason.clone(),
            remedy: REMEDY.to_owned(),
        }),
        _ => None,
    }
}

/// Nothing is said of a store that cannot be read: other checks say what it lacks.
pub(super) async fn check(config: &Config) -> Option<Finding> {
    let keys = &config.storage.encryption;
    let said = match keys.newest() {
        Some(newest) => format!("learners' text is sealed with the key “{}”", newest.id()),
        None => "learners' text is stored as it is".to_owned(),
    };
    if let Backend::Embedded { data_dir } = &config.storage.backend
        // Looking must not make a database.
        && !data_dir.join("lexilingo.db").exists()
    {
        return Some(Finding::ok(ENCRYPTION, said));
    }
    let look = async {
        let documents = store::open_documents(&config.storage).await.ok()?;
        match key_check::standing(documents.as_ref(), keys).await {
            Ok(standing) if standing.missing.is_empty() => Some(Finding::ok(ENCRYPTION, said)),
            Ok(standing) => {
                let missing = standing.missing.join(", ");
                let said = format!("data here was sealed with keys that are not named: {missing}");
                let remedy = format!("{REMEDY}. Leave them out once that data has expired");
                Some(Finding::warn(ENCRYPTION, said, remedy))
            }
            Err(error) => {
                refused(&error).map(|it| Finding::fail(ENCRYPTION, it.problem, it.remedy))
            }
        }
    };
    tokio::time::timeout(PATIENCE, look).await.ok()?
}
