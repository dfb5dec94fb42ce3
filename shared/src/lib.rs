//! What the api and the workers of LexiLingo fleet agree on. No http, no engines.

// Pure: names, states and decisions.
pub mod analysis;
pub mod config;
pub mod errant;
pub mod error_code;
pub mod id;
pub mod job;
pub mod lane;
pub mod level;
pub mod model;
pub mod principal;
pub mod request;
pub mod result;
pub mod retry;
pub mod status;
pub mod store_error;
pub mod tally;
pub mod time;
pub mod trace_context;

// Seams and their implementations: input and output.
pub mod queue;
pub mod shutdown;
pub mod store;
pub mod telemetry;
