//! Engines that do what the text tells them, so that tests can cause every failure. Never part of a shipped program.

pub mod engine;
pub mod script;

use engine::ScriptedEngine;
use lexilingo_shared::model::ModelName;
use lexilingo_worker::{
    Catalogue,
    engine::{Engine, Entry, LoadError},
    engines::{
        process::{self, Program},
        rules,
        thread::ThreadHost,
    },
};
use std::{sync::Arc, time::Duration};

/// The shipped rules behind a script, and scripted stand-ins for the models: `qwen` in a child process (`program`),
/// the others in threads.
pub fn catalogue(program: std::path::PathBuf) -> Catalogue {
    let child = Program { path: program, args: vec![], load_timeout: Duration::from_secs(20) };
    let qwen = Entry {
        name: ModelName::Qwen,
        version: "scripted-1".to_owned(),
        declared_bytes: 1_000_000,
        budgeted: true,
        load: process::loader(child),
    };
    Catalogue::new([rules::entry_with(|rules| {
        Box::new(ScriptedEngine::around(ModelName::Rules, rules)) as Box<dyn Engine>
    })])
    .with(qwen)
    .with(threaded(ModelName::Llama3Vi))
    .with(threaded(ModelName::Hubert))
}

fn threaded(name: ModelName) -> Entry {
    Entry {
        name,
        version: "scripted-1".to_owned(),
        declared_bytes: 1_000,
        budgeted: true,
        load: Arc::new(move || {
            let factory = Arc::new(move || Box::new(ScriptedEngine::of(name)) as Box<dyn Engine>);
            let host = ThreadHost::start(name.as_str(), 1, 64, 1_000, factory)
                .map_err(|e| LoadError(e.to_string()))?;
            Ok(Arc::new(host))
        }),
    }
}
