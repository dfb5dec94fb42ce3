//! The beginning and the end of a service's program.

use crate::config::Config;
use std::{fmt::Display, process::ExitCode, sync::Arc};
use tokio::runtime::Builder;

/// Exit status of a program that could not start or could not go on.
const FAILED: u8 = 3;

/// Reads the configuration and serves until the service ends. What goes wrong is told on standard error: there may be no
/// log yet, or none any more.
pub fn main(serve: impl AsyncFnOnce(Arc<Config>) -> anyhow::Result<()>) -> ExitCode {
    let config = match Config::from_process() {
        Ok(config) => Arc::new(config),
        Err(faults) => return failed(faults),
    };
    let runtime = match Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(error),
    };
    match runtime.block_on(serve(config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(format!("{error:#}")),
    }
}

fn failed(why: impl Display) -> ExitCode {
    eprintln!("{why}");
    ExitCode::from(FAILED)
}
