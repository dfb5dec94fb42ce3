//! A language model in a process of its own (`lexilingo_engine_llama`). Started by a worker, not by people.

use lexilingo_engine_llama::{
    calls::Calls, language_model::LanguageModel, options::Options, scheduler::Scheduler,
};
use lexilingo_engine_protocol::{frame, message::FromEngine};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            // The worker reads the last line as the reason.
            eprintln!("{e:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let options = Options::parse(std::env::args_os().skip(1))?;
    let model = LanguageModel::load(&options)?;
    let mut scheduler = Scheduler::new(&model, &options)?;
    scheduler.warm_up()?;
    let ready: FromEngine<String, ()> = FromEngine::Ready { version: model.describe() };
    frame::write(&mut std::io::stdout().lock(), &ready)?;
    scheduler.serve(&Calls::read_stdin())
}
