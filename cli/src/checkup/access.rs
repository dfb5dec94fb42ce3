//! Whether anybody could be let in.

use super::{Finding, PATIENCE};
use lexilingo_api::access::opening::REMEDY;
use lexilingo_shared::{
    config::{Backend, Config},
    store::{self, KeyRegistry},
    store_error::StoreResult,
    time::{Clock, SystemClock},
};

const VARIABLE: &str = "API_AUTH";

/// Nothing is said of a store that cannot be read: other checks say what it lacks.
pub(super) async fn check(config: &Config) -> Option<Finding> {
    if !config.access.keys {
        return Some(Finding::ok(
            VARIABLE,
            "requests need no key: only this machine reaches the api",
        ));
    }
    match any_active(config).await? {
        Ok(true) => Some(Finding::ok(VARIABLE, "requests need a key, and there are keys")),
        Ok(false) => Some(Finding::fail(
            VARIABLE,
            "requests need a key, and there is none: the api would not start",
            format!("`{}`", REMEDY.replace("NAME", "school")),
        )),
        Err(_) => None,
    }
}

async fn any_active(config: &Config) -> Option<StoreResult<bool>> {
    match &config.storage.backend {
        // Looking must not make a database.
        Backend::Embedded { data_dir } if !data_dir.join("lexilingo.db").exists() => {
            return Some(Ok(false));
        }
        Backend::Embedded { .. } => {}
        Backend::Fleet { mongodb, database, .. } => {
            let pending = lexilingo_migrations::pending(mongodb.expose(), Some(database));
            let pending = tokio::time::timeout(PATIENCE, pending).await.ok()?.ok()?;
            if !pending.is_empty() {
                return None;
            }
        }
    }
    let look = async {
        let documents = store::open_documents(&config.storage).await?;
        KeyRegistry::new(documents).any_active(SystemClock.now()).await
    };
    tokio::time::timeout(PATIENCE, look).await.ok()
}
