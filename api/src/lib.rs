//! The thin HTTP API of LexiLingo fleet: requests become jobs, jobs become answers.

// From the wire inwards.
pub mod access;
pub mod error;
pub mod extract;
pub mod metrics;
pub mod observe;
pub mod openapi;
pub mod problem;
pub mod problem_set;
pub mod router;
pub mod routes;
pub mod serve;
pub mod state;
pub mod upkeep;

// What several routes share.
pub mod document_view;
pub mod fleet_view;
pub mod job_view;
pub mod learner_view;
pub mod submit;
pub mod wait;
pub mod webhook_view;

// Pure decisions.
pub mod analyze_request;
pub mod audio_kind;
pub mod cancel_after;
pub mod canonical_json;
pub mod eta;
pub mod etag;
pub mod idempotency;
pub mod language_tool;
pub mod members;
pub mod origin;
pub mod prefer;
pub mod stats_tree;
pub mod strict_json;

pub use openapi::openapi;
pub use router::router;
pub use run::run;
pub use state::{App, AppState};

mod run;

#[cfg(test)]
mod tests;
