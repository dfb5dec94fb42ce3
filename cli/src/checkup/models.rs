//! The models that a worker may load. What is not there is missing from answers; only a pinned one must be there.

use super::Finding;
use lexilingo_shared::{
    config::WorkerConfig,
    model::{ModelName, ModelSet},
};
use lexilingo_worker::engines;
use std::path::PathBuf;

pub(super) fn check(worker: &WorkerConfig, room: u64) -> Vec<Finding> {
    let unknown = engines::shipped(worker).lacking(&worker.models);
    let here = names(worker.models.iter().filter(|model| is_here(worker, *model)));
    let leave_out = left_out(worker, room);
    let mut findings = Vec::new();
    if !here.is_empty() {
        findings.push(Finding::ok("WORKER_MODELS", format!("{here} can be loaded")));
    }
    if !unknown.is_empty() {
        let said = format!("this program has no engine for {}", names(unknown.iter().copied()));
        findings.push(Finding::warn("WORKER_MODELS", said, format!("leave it out: {leave_out}")));
    }
    for model in worker.models.iter() {
        let files: Vec<String> =
            lacking(worker, model).iter().map(|path| path.display().to_string()).collect();
        if !files.is_empty() {
            let said = format!("{} is not there, and {model} needs it", files.join(" and "));
            let remedy = format!("put it there, or leave the model out: {leave_out}");
            findings.push(lacks(worker, model, "MODEL_DIR", said, remedy));
        }
    }
    findings
}

/// What a model lacks: a pinned one cannot be done without, except the rules, which are part of the program.
pub(super) fn lacks(
    worker: &WorkerConfig,
    model: ModelName,
    variable: &str,
    said: String,
    remedy: String,
) -> Finding {
    if model != ModelName::Rules && worker.pinned.contains(model) {
        let said = format!("{said}; it is pinned (WORKER_PINNED)");
        return Finding::fail(variable, said, remedy);
    }
    Finding::warn(variable, said, remedy)
}

/// The command that leaves out, also of the pinned ones, every model that cannot be loaded here.
pub(super) fn left_out(worker: &WorkerConfig, room: u64) -> String {
    let footprints = footprints(worker);
    let fits = |(model, needed): &(ModelName, u64)| *needed <= room && is_here(worker, *model);
    let mut kept: ModelSet = footprints.into_iter().filter(fits).map(|(model, _)| model).collect();
    if kept.is_empty() {
        kept.insert(ModelName::Rules);
    }
    let mut command = format!("export WORKER_MODELS={kept}");
    if !worker.pinned.is_subset(&kept) {
        let mut pinned: ModelSet =
            worker.pinned.iter().filter(|model| kept.contains(*model)).collect();
        if pinned.is_empty() && kept.contains(ModelName::Rules) {
            pinned.insert(ModelName::Rules);
        }
        command.push_str(&format!(" WORKER_PINNED={pinned}"));
    }
    format!("`{command}`")
}

fn is_here(worker: &WorkerConfig, model: ModelName) -> bool {
    engines::shipped(worker).get(model).is_some() && lacking(worker, model).is_empty()
}

/// Bytes that each model needs at least: what its engine declares and no less than its weights; where those are not
/// there, what such a model usually takes.
pub(super) fn footprints(worker: &WorkerConfig) -> Vec<(ModelName, u64)> {
    let catalogue = engines::shipped(worker);
    let of = |model: ModelName| {
        let declared = catalogue.get(model).filter(|entry| entry.budgeted);
        let declared = declared.map(|entry| entry.declared_bytes);
        let weights = weights(worker, model).and_then(|path| path.metadata().ok());
        let weights = weights.map(|file| file.len());
        match weights {
            Some(bytes) => declared.unwrap_or(0).max(bytes),
            None => declared.unwrap_or(0).max(usual(model)),
        }
    };
    worker.models.iter().map(|model| (model, of(model))).collect()
}

/// Bytes that a model usually takes, where that is known.
fn usual(model: ModelName) -> u64 {
    match model {
        ModelName::Qwen => 500_000_000,
        ModelName::Llama3Vi => 4_000_000_000,
        ModelName::Hubert => 400_000_000,
        ModelName::Minilm => 100_000_000,
        ModelName::Rules
        | ModelName::Gop
        | ModelName::Whisper
        | ModelName::Tts
        | ModelName::Remote => 0,
    }
}

fn lacking(worker: &WorkerConfig, model: ModelName) -> Vec<PathBuf> {
    let Some(weights) = weights(worker, model) else {
        return Vec::new();
    };
    let mut files = vec![weights];
    if model == ModelName::Minilm {
        files.push(worker.model_dir.join(model.as_str()).join("tokenizer.json"));
    }
    files.into_iter().filter(|path| !path.is_file()).collect()
}

/// The file with the weights, for models that have one.
fn weights(worker: &WorkerConfig, model: ModelName) -> Option<PathBuf> {
    let file = match model {
        ModelName::Qwen | ModelName::Llama3Vi => "model.gguf",
        ModelName::Hubert | ModelName::Minilm => "model.onnx",
        // Part of the program, a program of its own, or a service elsewhere.
        ModelName::Rules
        | ModelName::Gop
        | ModelName::Whisper
        | ModelName::Tts
        | ModelName::Remote => return None,
    };
    Some(worker.model_dir.join(model.as_str()).join(file))
}

fn names(models: impl Iterator<Item = ModelName>) -> String {
    models.map(ModelName::as_str).collect::<Vec<_>>().join(",")
}
