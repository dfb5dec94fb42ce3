//! `lexilingo completions SHELL`.

use crate::{
    arguments::Arguments,
    exit::{Exit, Failure},
};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

pub fn run(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "lexilingo", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(Exit::Done)
}
