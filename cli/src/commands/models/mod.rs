//! `lexilingo models`: the files of models, one file a command.

mod bench;
mod export_guide;
mod list;
mod make_tiny;
mod pull;
mod verify;

use crate::{
    arguments::Models,
    exit::{Exit, Failure},
};
use lexilingo_models::known::{KNOWN, Known, known};

pub fn run(command: &Models) -> Result<Exit, Failure> {
    match command {
        Models::List { json } => list::run(*json),
        Models::Pull(arguments) => pull::run(arguments),
        Models::Verify { note, names } => verify::run(names, *note),
        Models::Bench => bench::run(),
        Models::MakeTiny { dir } => make_tiny::run(dir),
        Models::ExportGuide { name } => export_guide::run(name),
    }
}

/// The model of this name, or which ones there are.
fn named(name: &str) -> Result<&'static Known, Failure> {
    known(name).ok_or_else(|| {
        let names: Vec<&str> = KNOWN.iter().map(|model| model.name).collect();
        Failure::WrongUse(format!(
            "NAME: there is no model “{name}”; known are {}",
            names.join(", ")
        ))
    })
}
