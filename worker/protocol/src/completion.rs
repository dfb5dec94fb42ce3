//! What a language model is asked for, and what it gives.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Longest answer that may be asked for, in tokens.
pub const MAX_TOKENS: u32 = 4096;

/// One text to be completed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// Instructions, equal for many calls: what the model has read of them is kept and shared.
    pub system: String,
    /// What this call is about. Never read as control tokens, whatever a learner typed.
    pub user: String,
    /// JSON schema that the answer follows; every array, string and number in it must be bounded. Free text without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<Value>,
    /// 1..=[`MAX_TOKENS`].
    pub max_tokens: u32,
    /// 0 takes the likeliest token each time.
    pub temperature: f32,
    pub seed: u32,
}

/// Why a completion ended where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The model was done.
    Stop,
    /// `max_tokens` were made, or the context is full.
    Length,
    /// The call's time was over; the text is what there was by then.
    Time,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    pub text: String,
    pub finish: Finish,
    /// Tokens read: instructions and call.
    pub prompt_tokens: u32,
    /// Those of them that need not be read again.
    pub cached_tokens: u32,
    /// Tokens made.
    pub tokens: u32,
}
