//! Whether a service may open at all.

use anyhow::{Context, bail};
use lexilingo_shared::{
    config::{Backend, Config},
    store::{KeyRegistry, Stores},
    time::Timestamp,
};

/// Fails where requests need a key and nobody has one: such a service would refuse everybody.
pub async fn require_keys(config: &Config, stores: &Stores, now: Timestamp) -> anyhow::Result<()> {
    if !config.access.keys {
        return Ok(());
    }
    let registry = KeyRegistry::new(stores.documents.clone());
    if registry.any_active(now).await.context("API keys cannot be read")? {
        return Ok(());
    }
    let bind = config.service.bind;
    let why = match &config.storage.backend {
        _ if !bind.ip().is_loopback() => format!("{bind} can be reached from other machines"),
        Backend::Fleet { .. } => "a fleet serves more than one user".to_owned(),
        Backend::Embedded { .. } => "API_AUTH is on".to_owned(),
    };
    bail!("requests need an API key because {why}, and there is none yet: make one with `{REMEDY}`")
}

pub const REMEDY: &str = "lexilingo keys create --tenant NAME";
