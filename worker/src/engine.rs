//! The engine boundary: what an engine is given, what it gives back, and how it can fail. Neither side knows where the
//! other lives.

use crate::task::Task;
use async_trait::async_trait;
pub use lexilingo_engine_protocol::engine_error::EngineError;
use lexilingo_language::knowledge::Evidence;
use lexilingo_shared::{
    analysis::{Grammar, GrammarError, VocabularyProfile},
    level::Level,
    model::ModelName,
};
use serde::{Deserialize, Serialize};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// Work for one engine. Serializable, because the engine may live in another process.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EngineInput {
    pub text: String,
    pub level: Level,
    pub tasks: Vec<Task>,
    /// What was found before: for tasks that explain findings.
    #[serde(default)]
    pub findings: Vec<GrammarError>,
}

/// What an engine found out; what it was not asked for or could not do is `None`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EngineReport {
    /// 0..=1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fluency: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grammar: Option<Grammar>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vocabulary: Option<Level>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vocabulary_profile: Option<VocabularyProfile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pronunciation: Option<serde_json::Value>,
    /// Probability in 0..=1 that the corrected text is acceptable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// What the text shows of each concept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vietnamese: Option<String>,
    /// True when the engine had no time for all of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut_short: bool,
}

/// A flag that tells running engines to stop. A child's flag stops the child alone.
#[derive(Debug, Clone, Default)]
pub struct CancelFlag {
    own: Arc<AtomicBool>,
    parent: Option<Arc<AtomicBool>>,
}

impl CancelFlag {
    /// A flag that is set when this one is, but not the other way round.
    pub fn child(&self) -> CancelFlag {
        CancelFlag { own: Arc::default(), parent: Some(self.own.clone()) }
    }

    pub fn cancel(&self) {
        self.own.store(true, Ordering::Relaxed);
    }

    pub fn is_canceled(&self) -> bool {
        let parent = self.parent.as_ref();
        self.own.load(Ordering::Relaxed) || parent.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

/// Bounds of one run, seen from inside the engine.
pub struct Run {
    pub deadline: Instant,
    pub cancel: CancelFlag,
    /// Where parts of the answer go; nobody may be listening.
    pub partial: Option<mpsc::Sender<EngineReport>>,
}

impl Run {
    /// `Err` once the run should stop; engines ask between steps.
    pub fn check(&self) -> Result<(), EngineError> {
        if self.cancel.is_canceled() {
            Err(EngineError::Canceled)
        } else if Instant::now() >= self.deadline {
            Err(EngineError::TimedOut)
        } else {
            Ok(())
        }
    }

    /// Hands out a part of the answer; dropped when the listener is behind.
    pub fn partial(&self, part: EngineReport) {
        if let Some(sender) = &self.partial {
            let _ = sender.try_send(part);
        }
    }
}

/// An engine on a thread of its own: blocking, one run at a time.
pub trait Engine: Send {
    fn run(&mut self, input: &EngineInput, run: &Run) -> Result<EngineReport, EngineError>;
}

/// A call as execution makes it.
pub struct EngineCall {
    pub input: EngineInput,
    pub timeout: Duration,
    pub cancel: CancelFlag,
    pub partial: Option<mpsc::Sender<EngineReport>>,
}

/// A loaded engine, wherever it lives: in threads, a child process, another worker. Dropping the last handle unloads.
#[async_trait]
pub trait EngineHandle: Send + Sync {
    /// Runs within the call's timeout, waiting for a place included. Dropping the future cancels the run.
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError>;

    /// Bytes that the engine holds, measured when it was loaded and renewed where it lives in a process of its own.
    fn resident_bytes(&self) -> u64;

    /// False once it can answer nothing any more, e.g. because its process has ended: then it is loaded anew.
    fn is_alive(&self) -> bool {
        true
    }
}

/// Why a model could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct LoadError(pub String);

/// Loads one engine; blocking.
pub type Loader = Arc<dyn Fn() -> Result<Arc<dyn EngineHandle>, LoadError> + Send + Sync>;

/// A model that this program can load.
#[derive(Clone)]
pub struct Entry {
    pub name: ModelName,
    /// Version or digest for the result's manifest.
    pub version: String,
    /// Bytes to expect before the first measurement.
    pub declared_bytes: u64,
    /// Whether its bytes count against the budget. The rules are part of the process's base.
    pub budgeted: bool,
    pub load: Loader,
}
