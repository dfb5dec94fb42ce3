//! A model's folder, `MODEL_DIR/<name>/`: `model.gguf` or `model.onnx`, and beside it `tokenizer.json`, `adapter.gguf` and
//! `manifest.json` where the model has them.

use crate::manifest::{Manifest, ManifestError};
use std::path::{Path, PathBuf};

/// File names within a folder.
pub const GGUF: &str = "model.gguf";
pub const ONNX: &str = "model.onnx";
pub const TOKENIZER: &str = "tokenizer.json";
pub const ADAPTER: &str = "adapter.gguf";
pub const MANIFEST: &str = "manifest.json";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFolder {
    path: PathBuf,
}

impl ModelFolder {
    pub fn new(model_dir: &Path, name: &str) -> Self {
        ModelFolder { path: model_dir.join(name) }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where a file of the folder lies or would lie.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The file, if it is there.
    pub fn present(&self, name: &str) -> Option<PathBuf> {
        Some(self.file(name)).filter(|file| file.is_file())
    }

    /// Bytes of a file; 0 when it is not there.
    pub fn bytes(&self, name: &str) -> u64 {
        self.file(name).metadata().map_or(0, |file| file.len())
    }

    /// What the folder says of itself; None without a manifest.
    pub fn manifest(&self) -> Result<Option<Manifest>, ManifestError> {
        match self.present(MANIFEST) {
            Some(file) => Manifest::read(&file).map(Some),
            None => Ok(None),
        }
    }

    /// What a result names the model by: the beginning of its file's digest, and of its adapter's. `unverified` and the
    /// file's size where the manifest does not name the file that lies there.
    pub fn version(&self, file: &str) -> String {
        let manifest = self.manifest().ok().flatten();
        let of = |name: &str| -> String {
            let bytes = self.bytes(name);
            let known = manifest.as_ref().and_then(|manifest| manifest.files.get(name));
            match known.filter(|fact| fact.bytes == bytes) {
                Some(fact) => format!("sha256:{}", fact.sha256.get(..16).unwrap_or(&fact.sha256)),
                None => format!("unverified:{bytes}"),
            }
        };
        match self.present(ADAPTER) {
            Some(_) => format!("{}+{}", of(file), of(ADAPTER)),
            None => of(file),
        }
    }
}
