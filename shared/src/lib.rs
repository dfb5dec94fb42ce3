//! What the api and the workers of LexiLingo fleet agree on. No http, no engines.

// Pure: names, states and decisions.
pub mod analysis;
pub mod api_key;
pub mod digest;
pub mod errant;
pub mod error_code;
pub mod id;
pub mod job;
pub mod lane;
pub mod level;
pub mod mastery;
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
pub mod webhook;

// Input and output: the seams (queue, store) with their implementations, and what every program does around its work.
pub mod config;
pub mod program;
pub mod queue;
pub mod shutdown;
pub mod store;
pub mod telemetry;
