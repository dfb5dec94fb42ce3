//! An engine that finds nothing and takes no time, so that a run shows what everything around engines costs.

use lexilingo_shared::{analysis::Grammar, level::Level, model::ModelName};
use lexilingo_worker::{
    Catalogue,
    engine::{Engine, EngineError, EngineInput, EngineReport, Entry, LoadError, Run},
    engines::thread::ThreadHost,
};
use std::sync::Arc;

const THREADS: usize = 2;
const INBOX: usize = 1024;

/// A catalogue whose rules are this engine.
pub fn catalogue() -> Catalogue {
    Catalogue::new([Entry {
        name: ModelName::Rules,
        version: "noop".to_owned(),
        declared_bytes: 0,
        budgeted: false,
        load: Arc::new(|| {
            let host = ThreadHost::start("noop", THREADS, INBOX, 0, Arc::new(|| Box::new(Noop)));
            Ok(Arc::new(host.map_err(|error| LoadError(error.to_string()))?))
        }),
    }])
}

struct Noop;

impl Engine for Noop {
    fn run(&mut self, input: &EngineInput, _: &Run) -> Result<EngineReport, EngineError> {
        Ok(EngineReport {
            fluency: Some(1.0),
            grammar: Some(Grammar { errors: Vec::new(), corrected: input.text.clone() }),
            vocabulary: Some(Level::A2),
            confidence: Some(0.9),
            ..EngineReport::default()
        })
    }
}
