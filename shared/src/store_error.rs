//! How a store can fail.

use crate::config::SecretUrl;

/// A store could not do what was asked; the request it served may be tried again.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The server cannot be reached or answered too late.
    #[error("{store} is unavailable: {reason}")]
    Unavailable { store: &'static str, reason: String },
    /// What lies there is not what this release writes.
    #[error("{store} holds something unreadable: {reason}")]
    Corrupt { store: &'static str, reason: String },
    /// The store refuses to grow.
    #[error("{store} is full")]
    Full { store: &'static str },
}

impl StoreError {
    pub fn unavailable(store: &'static str, reason: impl std::fmt::Display) -> Self {
        StoreError::Unavailable { store, reason: reason.to_string() }
    }

    /// The same without the passwords of these addresses.
    pub fn scrubbed(self, secrets: &[&SecretUrl]) -> Self {
        let scrub = |reason: String| secrets.iter().fold(reason, |text, url| url.scrub(&text));
        match self {
            StoreError::Unavailable { store, reason } => {
                StoreError::Unavailable { store, reason: scrub(reason) }
            }
            StoreError::Corrupt { store, reason } => {
                StoreError::Corrupt { store, reason: scrub(reason) }
            }
            StoreError::Full { store } => StoreError::Full { store },
        }
    }

    pub fn corrupt(store: &'static str, reason: impl std::fmt::Display) -> Self {
        StoreError::Corrupt { store, reason: reason.to_string() }
    }
}

pub type StoreResult<T> = Result<T, StoreError>;
