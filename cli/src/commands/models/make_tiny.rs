//! `lexilingo models make-tiny DIR`: small model files with random weights, which load and run as the large ones do.

use crate::exit::{Exit, Failure};
use lexilingo_models::tiny::{
    language_model::{Architecture, Shape},
    make,
};
use std::path::Path;

/// Each model has weights of its own.
const MODELS: [(&str, Architecture, u64); 2] =
    [("qwen", Architecture::Qwen2, 1), ("llama3-vi", Architecture::Llama, 2)];

pub fn run(dir: &Path) -> Result<Exit, Failure> {
    for (name, architecture, seed) in MODELS {
        make::language_model(dir, name, architecture, Shape::TINY, seed)?;
        anstream::eprintln!("made {}", dir.join(name).display());
    }
    let names: Vec<&str> = MODELS.iter().map(|(name, ..)| *name).collect();
    anstream::eprintln!(
        "their weights are random: they say nothing of worth. Serve them with\n  MODEL_DIR={} WORKER_MODELS=rules,{} lexilingo",
        dir.display(),
        names.join(",")
    );
    Ok(Exit::Done)
}
