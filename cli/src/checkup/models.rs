//! The models that a worker may load. What is not there is missing from answers; nothing stops for it.

use super::Finding;
use lexilingo_shared::{config::WorkerConfig, model::ModelName};
use lexilingo_worker::engines;
use std::path::PathBuf;

pub(super) fn check(worker: &WorkerConfig) -> Vec<Finding> {
    let unknown = engines::shipped().lacking(&worker.models);
    let is_here =
        |model: &ModelName| !unknown.contains(model) && lacking(worker, *model).is_empty();
    let here = names(worker.models.iter().filter(is_here));
    let leave_out = match here.as_str() {
        "" => "`export WORKER_MODELS=rules`".to_owned(),
        here => format!("`export WORKER_MODELS={here}`"),
    };
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
            findings.push(Finding::warn(
                "MODEL_DIR",
                format!("{} is not there, and {model} needs it", files.join(" and ")),
                format!("put it there, or leave the model out: {leave_out}"),
            ));
        }
    }
    findings
}

/// Bytes that each model needs at least: what its engine declares, and no less than its weights.
pub(super) fn footprints(worker: &WorkerConfig) -> Vec<(ModelName, u64)> {
    let catalogue = engines::shipped();
    let of = |model: ModelName| {
        let declared = catalogue.get(model).filter(|entry| entry.budgeted);
        let declared = declared.map_or(0, |entry| entry.declared_bytes);
        let weights = weights(worker, model).and_then(|path| path.metadata().ok());
        declared.max(weights.map_or(0, |file| file.len()))
    };
    worker.models.iter().map(|model| (model, of(model))).collect()
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
