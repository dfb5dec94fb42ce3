//! A language model, wherever it runs.

use crate::{engine::EngineError, engines::process::EngineProcess};
use async_trait::async_trait;
use lexilingo_engine_protocol::completion::{Completion, Prompt};
use std::time::Duration;
use tokio::sync::mpsc;

#[async_trait]
pub trait TextModel: Send + Sync {
    /// Completes a prompt within `timeout`; what is written until then is the answer. `parts` gets the text as it comes.
    /// Dropping the future stops the model.
    async fn complete(
        &self,
        prompt: Prompt,
        timeout: Duration,
        parts: Option<mpsc::Sender<String>>,
    ) -> Result<Completion, EngineError>;

    /// False once it can answer nothing any more.
    fn is_alive(&self) -> bool;

    /// Bytes that it holds on this machine.
    fn resident_bytes(&self) -> u64;
}

/// A model in a process of its own (`lexilingo-engine-llama`).
pub type ModelProcess = EngineProcess<Prompt, String, Completion>;

/// What an answer needs to come back, so that one that is cut short is still in time.
fn way_back(timeout: Duration) -> Duration {
    (timeout / 10).min(Duration::from_millis(30))
}

#[async_trait]
impl TextModel for ModelProcess {
    async fn complete(
        &self,
        prompt: Prompt,
        timeout: Duration,
        parts: Option<mpsc::Sender<String>>,
    ) -> Result<Completion, EngineError> {
        self.call_until(prompt, timeout - way_back(timeout), timeout, parts).await
    }

    fn is_alive(&self) -> bool {
        EngineProcess::is_alive(self)
    }

    fn resident_bytes(&self) -> u64 {
        EngineProcess::resident_bytes(self)
    }
}
