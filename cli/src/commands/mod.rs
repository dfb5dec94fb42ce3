//! One file per command.

pub mod completions;
pub mod config;
pub mod doctor;
