//! What can be done for a text, and the kinds of request that a learner makes.

use lexilingo_shared::model::ModelName;
use serde::{Deserialize, Serialize};

/// One thing to find out or to produce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    Grammar,
    Fluency,
    Vocabulary,
    Dialogue,
    Pronunciation,
    VietnameseExplanation,
}

impl Task {
    pub fn as_str(self) -> &'static str {
        match self {
            Task::Grammar => "grammar",
            Task::Fluency => "fluency",
            Task::Vocabulary => "vocabulary",
            Task::Dialogue => "dialogue",
            Task::Pronunciation => "pronunciation",
            Task::VietnameseExplanation => "vietnamese_explanation",
        }
    }

    /// Engines that can do it, best first.
    pub fn engines(self) -> &'static [ModelName] {
        match self {
            Task::Grammar | Task::Fluency | Task::Vocabulary => {
                &[ModelName::Qwen, ModelName::Remote, ModelName::Rules]
            }
            Task::Dialogue => &[ModelName::Qwen, ModelName::Remote],
            Task::Pronunciation => &[ModelName::Hubert, ModelName::Gop],
            Task::VietnameseExplanation => &[ModelName::Llama3Vi, ModelName::Remote],
        }
    }
}

/// How hard a text is to analyse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Complexity {
    /// Under five words in one clause.
    Simple,
    Medium,
    /// Over twenty words, or one of the listed patterns.
    Complex,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    Normal,
    High,
    Critical,
}
