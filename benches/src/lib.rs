//! The load program's parts: what is measured, beside what, and how it is told. Figures stand in `BASELINE.md`.

// What runs.
pub mod lane_runner;
pub mod language_peer;
pub mod noop;
pub mod peer;
pub mod stage;

// What it is given.
pub mod http;
pub mod long_text;
pub mod request;

// What is told.
pub mod figure;
pub mod latency;
pub mod machine;
pub mod reference;

pub mod scenario;
