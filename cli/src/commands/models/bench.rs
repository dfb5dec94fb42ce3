//! `lexilingo models bench`: how long each engine of this worker takes here, beside the timeout that it is given.

use crate::exit::{Exit, Failure};
use lexilingo_language::rules::RulePack;
use lexilingo_shared::{config::Config, level::Level, model::ModelName};
use lexilingo_worker::{
    engine::{CancelFlag, EngineCall, EngineHandle, EngineInput},
    engines,
    task::Task,
};
use std::{
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};

/// A learner's sentence of the usual length.
const TEXT: &str = "Last year I have visited my grandmother and she very happy when she see me.";
/// Runs of one engine; the middle one counts.
const RUNS: usize = 5;
/// A run that takes longer is no candidate for an interactive answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Loads what lies here and measures it; what cannot be loaded is named. Nothing measured ends with exit status 3.
pub fn run() -> Result<Exit, Failure> {
    let config = Config::from_process()?;
    let catalogue = engines::shipped(&config.worker);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    // Engines in processes of their own are spoken to by tasks.
    let _entered = runtime.enter();
    let mut out = anstream::stdout();
    writeln!(
        out,
        "{:<10} {:>9} {:>9} {:>11} {:>11}",
        "model", "load ms", "MB", "answer ms", "timeout ms"
    )?;
    for entry in catalogue.entries().filter(|entry| config.worker.models.contains(entry.name)) {
        let begun = Instant::now();
        let engine = match (entry.load)() {
            Ok(engine) => engine,
            Err(refused) => {
                anstream::eprintln!("{}: {refused}", entry.name);
                continue;
            }
        };
        let loaded = begun.elapsed();
        let answers = runtime.block_on(answers(&engine, entry.name));
        let timeout = config.orchestrator.timeout(entry.name);
        let megabytes = engine.resident_bytes() / 1_000_000;
        let (answer, verdict) = match answers {
            Ok(mut taken) => {
                taken.sort();
                let median = taken[taken.len() / 2];
                let kept = if median <= timeout { "in time" } else { "cut short at its timeout" };
                (median.as_millis().to_string(), kept.to_owned())
            }
            Err(failed) => ("-".to_owned(), failed.to_string()),
        };
        writeln!(
            out,
            "{:<10} {:>9} {:>9} {:>11} {:>11}  {verdict}",
            entry.name.as_str(),
            loaded.as_millis(),
            megabytes,
            answer,
            timeout.as_millis()
        )?;
    }
    for model in catalogue.lacking(&config.worker.models) {
        anstream::eprintln!("{model}: this program has no engine for it");
    }
    Ok(Exit::Done)
}

/// How long each run took; the first one is not among them, because it fills caches.
async fn answers(
    engine: &Arc<dyn EngineHandle>,
    name: ModelName,
) -> Result<Vec<Duration>, lexilingo_worker::engine::EngineError> {
    let tasks = match name {
        ModelName::Llama3Vi => vec![Task::VietnameseExplanation],
        _ => vec![Task::Grammar, Task::Fluency, Task::Vocabulary],
    };
    // Those that explain are given something to explain.
    let found = RulePack::shared().check(TEXT).findings;
    let findings = engines::rules::errors(TEXT, found, ModelName::Rules);
    let mut taken = Vec::with_capacity(RUNS);
    for run in 0..=RUNS {
        let input = EngineInput {
            text: TEXT.to_owned(),
            level: Level::A2,
            tasks: tasks.clone(),
            findings: findings.clone(),
        };
        let (timeout, cancel) = (PATIENCE, CancelFlag::default());
        let begun = Instant::now();
        engine.run(EngineCall { input, timeout, cancel, partial: None }).await?;
        if run > 0 {
            taken.push(begun.elapsed());
        }
    }
    Ok(taken)
}
