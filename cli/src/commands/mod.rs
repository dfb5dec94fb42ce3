//! One file per command.

pub mod analyze;
pub mod check;
pub mod completions;
pub mod config;
pub mod doctor;
pub mod eval;
pub mod keys;
pub mod migrate;
pub mod models;
pub mod up;
