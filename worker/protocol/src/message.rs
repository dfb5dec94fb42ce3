//! The messages.

use crate::engine_error::EngineError;
use serde::{Deserialize, Serialize};

/// Worker to engine; `I` is what a call asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToEngine<I> {
    /// The answer is due `timeout_ms` milliseconds after this message was sent.
    Run {
        call: u64,
        timeout_ms: u64,
        input: I,
    },
    Cancel {
        call: u64,
    },
}

/// Engine to worker; `P` is a part of an answer, `O` a whole one. `Ready` comes first, once the model is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromEngine<P, O> {
    Ready { version: String },
    Partial { call: u64, part: P },
    Done { call: u64, answer: Result<O, EngineError> },
}
