//! What a worker holds and how much of it at once.

use super::{env::Env, remote::RemoteConfig};
use crate::model::{ModelName, ModelSet};
use std::{net::SocketAddr, path::PathBuf, time::Duration};

#[derive(Debug, Clone, PartialEq)]
pub struct WorkerConfig {
    /// `WORKER_MODELS`: what may be loaded.
    pub models: ModelSet,
    /// `WORKER_PINNED`: loaded at start, never evicted.
    pub pinned: ModelSet,
    /// `WORKER_CONCURRENCY`: interactive jobs at once.
    pub concurrency: usize,
    /// `WORKER_MEMORY_BUDGET_BYTES`.
    pub memory_budget_bytes: Option<u64>,
    /// `WORKER_OPS_BIND`: health and metrics.
    pub ops_bind: SocketAddr,
    /// `WORKER_POOL`: the pool's name in health and metrics.
    pub pool: String,
    /// `WORKER_HEARTBEAT_MS`; a worker is lost after three missed ones.
    pub heartbeat: Duration,
    /// `WORKER_DRAIN_SECONDS`: time that running jobs get at shutdown.
    pub drain: Duration,
    /// `MODEL_DIR`.
    pub model_dir: PathBuf,
    /// `N_GPU_LAYERS`: layers of each language model that go to the GPU.
    pub gpu_layers: u32,
    pub remote: Option<RemoteConfig>,
}

/// Heartbeats that may be missed before a worker is lost.
pub const MISSED_HEARTBEATS: u32 = 3;

impl WorkerConfig {
    pub fn read(env: &mut Env<'_>) -> Self {
        let models = model_set(env, "WORKER_MODELS", "rules,gop,tts");
        let default_pinned = if models.contains(ModelName::Rules) { "rules" } else { "" };
        let pinned = model_set(env, "WORKER_PINNED", default_pinned);
        if !pinned.is_subset(&models) {
            env.fault("WORKER_PINNED", format!("must be among WORKER_MODELS ({models})"));
        }
        if models.is_empty() {
            env.fault("WORKER_MODELS", "must name at least one model");
        }
        WorkerConfig {
            models,
            pinned,
            concurrency: env.number("WORKER_CONCURRENCY", 16, 1, 1024),
            memory_budget_bytes: env.optional("WORKER_MEMORY_BUDGET_BYTES", "a number of bytes"),
            ops_bind: env.get(
                "WORKER_OPS_BIND",
                SocketAddr::from(([127, 0, 0, 1], 9100)),
                "an address such as 127.0.0.1:9100",
            ),
            pool: env.text("WORKER_POOL").unwrap_or("core".to_owned()),
            heartbeat: Duration::from_millis(env.number("WORKER_HEARTBEAT_MS", 2000, 50, 60_000)),
            drain: Duration::from_secs(env.number("WORKER_DRAIN_SECONDS", 25, 1, 3600)),
            model_dir: PathBuf::from(env.text("MODEL_DIR").unwrap_or("models".to_owned())),
            gpu_layers: env.number("N_GPU_LAYERS", 0, 0, 10_000),
            remote: RemoteConfig::read(env),
        }
    }

    /// How long a worker may be silent before it is lost.
    pub fn lost_after(&self) -> Duration {
        self.heartbeat * MISSED_HEARTBEATS
    }
}

fn model_set(env: &mut Env<'_>, name: &str, default: &str) -> ModelSet {
    let text = env.text(name).unwrap_or_else(|| default.to_owned());
    match text.parse() {
        Ok(set) => set,
        Err(unknown) => {
            let unknown: crate::model::UnknownModel = unknown;
            env.fault(name, unknown.to_string());
            default.parse().unwrap_or_default()
        }
    }
}
