//! Writes model folders that a worker can serve.

use super::{
    gguf_file::GgufFile,
    language_model::{self, Architecture, Shape},
};
use crate::{
    folder::{ADAPTER, GGUF, MANIFEST, ModelFolder},
    manifest::Manifest,
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
};

/// Rank of the tiny adapter.
const RANK: usize = 4;

/// The folder of a language model of this shape.
pub fn language_model(
    model_dir: &Path,
    name: &str,
    architecture: Architecture,
    shape: Shape,
    seed: u64,
) -> io::Result<()> {
    let folder = ModelFolder::new(model_dir, name);
    fs::create_dir_all(folder.path())?;
    write(&language_model::model(architecture, shape, seed), &folder.file(GGUF))?;
    note(&folder, &[GGUF])
}

/// Lays a tiny adapter beside a model.
pub fn adapter(
    model_dir: &Path,
    name: &str,
    architecture: Architecture,
    shape: Shape,
    seed: u64,
) -> io::Result<()> {
    let folder = ModelFolder::new(model_dir, name);
    write(&language_model::adapter(architecture, shape, RANK, seed), &folder.file(ADAPTER))?;
    note(&folder, &[GGUF, ADAPTER])
}

fn write(file: &GgufFile, to: &Path) -> io::Result<()> {
    let mut writer = BufWriter::new(File::create(to)?);
    file.write(&mut writer)?;
    writer.flush()
}

fn note(folder: &ModelFolder, files: &[&str]) -> io::Result<()> {
    let mut manifest = Manifest {
        source: "lexilingo models make-tiny: random weights".to_owned(),
        licence: "CC0-1.0".to_owned(),
        files: BTreeMap::new(),
    };
    for file in files {
        manifest.note(folder.path(), file)?;
    }
    manifest.write(&folder.file(MANIFEST))
}
