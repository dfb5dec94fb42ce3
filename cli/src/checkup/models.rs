//! The files of the models that a worker may load. What is not there is left out of answers; nothing stops for it.

use super::Finding;
use lexilingo_shared::{config::WorkerConfig, model::ModelName};
use std::path::PathBuf;

pub(super) fn check(worker: &WorkerConfig) -> Vec<Finding> {
    let mut findings = Vec::new();
    let here: Vec<&str> = worker
        .models
        .iter()
        .filter(|model| lacking(worker, *model).is_empty())
        .map(ModelName::as_str)
        .collect();
    for model in worker.models.iter() {
        let lacking = lacking(worker, model);
        if lacking.is_empty() {
            continue;
        }
        let files: Vec<String> = lacking.iter().map(|path| path.display().to_string()).collect();
        let remedy = if here.is_empty() { "rules".to_owned() } else { here.join(",") };
        findings.push(Finding::warn(
            "MODEL_DIR",
            format!("{model} is in WORKER_MODELS, but {} is not there", files.join(" and ")),
            format!("put the files there, or leave the model out: `export WORKER_MODELS={remedy}`"),
        ));
    }
    if !here.is_empty() {
        findings.push(Finding::ok("WORKER_MODELS", format!("{} lack no file", here.join(", "))));
    }
    findings
}

/// Bytes of the weights that are there: what an engine needs at least.
pub(super) fn sizes(worker: &WorkerConfig) -> Vec<(ModelName, u64)> {
    let weights = worker.models.iter().filter_map(|model| Some((model, weights(worker, model)?)));
    weights.filter_map(|(model, path)| Some((model, path.metadata().ok()?.len()))).collect()
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
        ModelName::Rules | ModelName::Gop | ModelName::Whisper | ModelName::Tts | ModelName::Remote => {
            return None;
        }
    };
    Some(worker.model_dir.join(model.as_str()).join(file))
}
