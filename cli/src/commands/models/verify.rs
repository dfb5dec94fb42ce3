//! `lexilingo models verify`: the files against the digests in their manifests; `--note` writes these anew.

use super::named;
use crate::exit::{Exit, Failure};
use lexilingo_models::{
    folder::{ADAPTER, MANIFEST, ModelFolder},
    known::{KNOWN, Known},
    manifest::{FileFact, Manifest},
};
use lexilingo_shared::config::Config;
use std::{collections::BTreeMap, io::Write};

/// Checks the models named, or all that lie here. One that differs ends with exit status 1.
pub fn run(names: &[String], note: bool) -> Result<Exit, Failure> {
    let config = Config::from_process()?;
    let folder = |model: &Known| ModelFolder::new(&config.worker.model_dir, model.name);
    let asked: Vec<&Known> = if names.is_empty() {
        let lies_here = |model: &&Known| folder(model).path().is_dir();
        KNOWN.iter().filter(lies_here).collect()
    } else {
        names.iter().map(|name| named(name)).collect::<Result<_, _>>()?
    };
    let mut out = anstream::stdout();
    let mut all_well = true;
    for model in asked {
        let folder = folder(model);
        if note {
            write_manifest(model, &folder)?;
        }
        for (file, verdict) in verdicts(model, &folder)? {
            all_well &= verdict.is_ok();
            let (word, said) = match verdict {
                Ok(said) => ("ok  ", said),
                Err(said) => ("FAIL", said),
            };
            writeln!(out, "{word} {}: {said}", folder.file(&file).display())?;
        }
    }
    Ok(if all_well { Exit::Done } else { Exit::Findings })
}

/// Each file that the model needs or its manifest notes, and what is to say of it.
fn verdicts(
    model: &Known,
    folder: &ModelFolder,
) -> Result<BTreeMap<String, Result<String, String>>, Failure> {
    let noted = match folder.manifest() {
        Ok(manifest) => manifest.map(|manifest| manifest.files).unwrap_or_default(),
        Err(broken) => return Ok([(MANIFEST.to_owned(), Err(broken.to_string()))].into()),
    };
    let mut names: Vec<String> = noted.keys().cloned().collect();
    names.extend(model.needs.iter().map(|file| (*file).to_owned()));
    let mut verdicts = BTreeMap::new();
    for name in names {
        let verdict = match (folder.present(&name), noted.get(&name)) {
            (None, _) => Err("is not there".to_owned()),
            (Some(_), None) => Err(format!(
                "no manifest notes its digest; `lexilingo models verify --note {}` does",
                model.name
            )),
            (Some(file), Some(fact)) if FileFact::of(&file)? == *fact => {
                Ok(format!("sha256 {}", fact.sha256))
            }
            (Some(_), Some(fact)) => Err(format!("is not the file of sha256 {}", fact.sha256)),
        };
        verdicts.insert(name, verdict);
    }
    Ok(verdicts)
}

/// Notes the files as they lie here, and keeps what the manifest says of their origin.
fn write_manifest(model: &Known, folder: &ModelFolder) -> Result<(), Failure> {
    let earlier = folder.manifest().ok().flatten();
    let mut manifest = earlier.unwrap_or_else(|| Manifest {
        source: "brought by the operator".to_owned(),
        licence: "not noted".to_owned(),
        files: BTreeMap::new(),
    });
    manifest.files.clear();
    for file in model.needs.iter().copied().chain([ADAPTER]) {
        if folder.present(file).is_some() {
            manifest.note(folder.path(), file)?;
        }
    }
    if manifest.files.is_empty() {
        return Ok(());
    }
    manifest.write(&folder.file(MANIFEST)).map_err(Failure::from)
}
