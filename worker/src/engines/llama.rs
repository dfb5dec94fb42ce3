//! Language models in GGUF files, each run by `lexilingo-engine-llama` in a process of its own.

use super::{
    language_model::{explainer::Explainer, text_model::ModelProcess, tutor::Tutor},
    process::{EngineProcess, Program},
    prompts,
};
use crate::engine::{EngineHandle, Entry, LoadError};
use lexilingo_models::folder::{ADAPTER, GGUF, ModelFolder};
use lexilingo_shared::{config::WorkerConfig, model::ModelName};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// The engine's program, beside this one.
const PROGRAM: &str = "lexilingo-engine-llama";
/// A large file on a slow disk takes minutes.
const LOAD_TIMEOUT: Duration = Duration::from_secs(600);
/// Tokens of context that all calls to one model share, and calls at once.
const CONTEXT: u32 = 4096;
const SLOTS: u32 = 4;
/// What a model takes besides its weights, before it was measured: context and buffers.
const OVERHEAD: u64 = 300_000_000;

/// What went into a model's answers, for the result's manifest.
fn version(folder: &ModelFolder, prompt: &str) -> String {
    format!("{} prompt:{prompt} seed:{}", folder.version(GGUF), prompts::SEED)
}

pub fn qwen(config: &WorkerConfig) -> Entry {
    entry(config, ModelName::Qwen, prompts::COMPREHENSIVE, |model| {
        Arc::new(Tutor { name: ModelName::Qwen, model })
    })
}

pub fn llama3_vi(config: &WorkerConfig) -> Entry {
    entry(config, ModelName::Llama3Vi, prompts::VIETNAMESE, |model| Arc::new(Explainer { model }))
}

fn entry(
    config: &WorkerConfig,
    name: ModelName,
    prompt: &str,
    engine: fn(ModelProcess) -> Arc<dyn EngineHandle>,
) -> Entry {
    let folder = ModelFolder::new(&config.model_dir, name.as_str());
    let (version, bytes) = (version(&folder, prompt), folder.bytes(GGUF));
    let gpu_layers = config.gpu_layers;
    Entry {
        name,
        version,
        declared_bytes: bytes + OVERHEAD,
        budgeted: true,
        load: Arc::new(move || {
            let model = folder.present(GGUF).ok_or_else(|| {
                LoadError(format!("{name}: {} is not there", folder.file(GGUF).display()))
            })?;
            let program = program(&model, folder.present(ADAPTER), gpu_layers)?;
            Ok(engine(EngineProcess::start_blocking(&program)?))
        }),
    }
}

fn program(model: &Path, adapter: Option<PathBuf>, gpu_layers: u32) -> Result<Program, LoadError> {
    let own = std::env::current_exe()
        .map_err(|e| LoadError(format!("this program's own path cannot be read: {e}")))?;
    let path = own.with_file_name(PROGRAM);
    if !path.is_file() {
        return Err(LoadError(format!("{} is not there", path.display())));
    }
    // One processor stays free for the worker: two threads on a busy pair of them are slower than one.
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() - 1).max(1);
    let mut args: Vec<OsString> = vec!["--model".into(), model.into()];
    if let Some(adapter) = adapter {
        args.extend(["--adapter".into(), adapter.into()]);
    }
    for (name, value) in [
        ("--context", CONTEXT),
        ("--slots", SLOTS),
        ("--threads", threads as u32),
        ("--gpu-layers", gpu_layers),
    ] {
        args.extend([name.into(), value.to_string().into()]);
    }
    Ok(Program { path, args, load_timeout: LOAD_TIMEOUT })
}
