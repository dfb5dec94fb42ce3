//! Why an engine gave no answer.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "detail")]
pub enum EngineError {
    #[error("took too long")]
    TimedOut,
    #[error("was canceled")]
    Canceled,
    #[error("failed: {0}")]
    Failed(String),
    /// It panicked, or its process ended.
    #[error("crashed: {0}")]
    Crashed(String),
    /// It is not there: not installed, does not fit, or shut down.
    #[error("is not available: {0}")]
    Unavailable(String),
}

impl EngineError {
    /// A short name for counters and metric labels.
    pub fn kind(&self) -> &'static str {
        match self {
            EngineError::TimedOut => "timeout",
            EngineError::Canceled => "canceled",
            EngineError::Failed(_) => "failed",
            EngineError::Crashed(_) => "crashed",
            EngineError::Unavailable(_) => "unavailable",
        }
    }
}
