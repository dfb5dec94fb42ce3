//! The `lexilingo` command.

pub mod annotate;
pub mod arguments;
pub mod checkup;
pub mod commands;
pub mod download;
pub mod eval;
pub mod exit;
pub mod program;
pub mod report;
