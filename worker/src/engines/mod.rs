//! Engines and the places where they live.

mod circuit_breaker;
pub mod language_model;
mod last_words;
#[cfg(feature = "llama")]
mod llama;
pub mod pool;
pub mod process;
mod prompts;
pub mod remote;
pub mod rules;
pub mod thread;

use crate::catalogue::Catalogue;
use lexilingo_shared::config::WorkerConfig;

/// The engines of this program, for the model files that `config` names.
pub fn shipped(config: &WorkerConfig) -> Catalogue {
    let catalogue = Catalogue::new([rules::entry()]);
    #[cfg(feature = "llama")]
    let catalogue = catalogue.with(llama::qwen(config)).with(llama::llama3_vi(config));
    match &config.remote {
        Some(remote) => catalogue.with(remote::entry(remote)),
        None => catalogue,
    }
}
