//! `lexilingo config`: the effective configuration.

use crate::exit::{Exit, Failure};
use lexilingo_shared::config::Config;
use std::io::Write;

/// Prints `VARIABLE=value` lines with secrets masked.
pub fn run() -> Result<Exit, Failure> {
    let config = Config::from_process()?;
    let mut out = std::io::stdout().lock();
    for (variable, value) in config.effective() {
        writeln!(out, "{variable}={value}")?;
    }
    Ok(Exit::Done)
}
