//! The plan: what is to be done for one request. Made by phase 1, read by every later one.

use crate::{
    task::{Complexity, Priority, Task},
    tutor::exercise::Posed,
};
use lexilingo_language::intent::{Intent, Topic};
use lexilingo_shared::{level::Level, model::ModelName, request::InputType};
use serde::{Deserialize, Serialize};

/// A turn of the session as later turns see it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PastTurn {
    /// Its place in the session, from 1.
    pub number: u32,
    pub strategy: String,
    /// Concepts that it broke, each once.
    pub concepts: Vec<String>,
    /// The exercise that its reply gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exercise: Option<Posed>,
}

/// Turns that a plan looks back on.
pub const CONTEXT_TURNS: usize = 5;

/// When a conditional task is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// `explain_language` asked for Vietnamese.
    Requested,
    /// The text is partly Vietnamese.
    VietnameseInput,
    /// At least one error was found (Vietnamese speaker at A1 or A2).
    AnyError,
    /// The confidence of the correction is below 0.8 (Vietnamese speaker).
    LowConfidence,
    /// An engine gave nothing in time: a later job may complete the answer.
    EngineMissing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConditionalTask {
    VietnameseExplanation { conditions: Vec<Condition> },
    Upgrade { conditions: Vec<Condition> },
}

/// One engine's share of the work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineStep {
    pub engine: ModelName,
    pub tasks: Vec<Task>,
    pub timeout_ms: u64,
}

/// What is to be done for one request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub tasks: Vec<Task>,
    pub conditional_tasks: Vec<ConditionalTask>,
    pub intent: Intent,
    /// What a request to the tutor is about; None for texts to be corrected.
    pub topic: Option<Topic>,
    pub complexity: Complexity,
    pub priority: Priority,
    pub input_type: InputType,
    pub learner_level: Level,
    /// Engines of the first round, in parallel.
    pub engines: Vec<EngineStep>,
    /// The engine that explains in Vietnamese, if the fleet has one.
    pub vietnamese_engine: Option<EngineStep>,
    pub knowledge_graph: bool,
    /// The session's last turns, oldest first.
    pub context: Vec<PastTurn>,
}
