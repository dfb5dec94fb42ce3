//! From the command line to an exit status.

use crate::{
    arguments::{Arguments, Command},
    commands::{analyze, check, completions, config, doctor, eval, keys, migrate, models, up},
    exit::{Exit, Failure},
};
use clap::Parser;
use std::{ffi::OsString, io, process::ExitCode};

/// Runs one command. Data goes to standard output, everything else to standard error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(shown) => {
            // Help and version are no misuse; clap knows which stream each belongs to.
            let exit = if shown.use_stderr() { Exit::WrongUse } else { Exit::Done };
            return if shown.print().is_ok() { exit.into() } else { Exit::Findings.into() };
        }
    };
    let outcome = dispatch(arguments.command.unwrap_or(Command::Up(arguments.up)));
    match outcome {
        Ok(exit) => exit.into(),
        Err(Failure::Failed(error)) if is_closed_pipe(&error) => Exit::Done.into(),
        Err(failure) => {
            anstream::eprintln!("lexilingo: {failure}");
            failure.exit().into()
        }
    }
}

fn dispatch(command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Up(arguments) => waiting(up::run(arguments)),
        Command::Analyze(arguments) => waiting(analyze::run(arguments)),
        Command::Check(arguments) => check::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Migrate => waiting(migrate::run()),
        Command::Keys(command) => waiting(keys::run(command)),
        Command::Config => config::run(),
        Command::Doctor => waiting(doctor::run()),
        Command::Models(command) => models::run(&command),
        Command::Completions { shell } => completions::run(shell),
    }
}

/// Runs an asynchronous command to its end.
fn waiting(command: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// The reader went away, as `head` does: nothing is wrong.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
    kind == Some(io::ErrorKind::BrokenPipe)
}
