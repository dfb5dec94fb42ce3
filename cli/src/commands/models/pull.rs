//! `lexilingo models pull NAME`: fetches a model's files from the hub into `MODEL_DIR/NAME`.

use super::named;
use crate::{
    arguments::Pull,
    download,
    exit::{Exit, Failure},
};
use anyhow::anyhow;
use indicatif::{ProgressBar, ProgressStyle};
use lexilingo_models::{
    folder::{MANIFEST, ModelFolder},
    known::{self, Source},
    manifest::{FileFact, Manifest},
};
use lexilingo_shared::config::Config;
use std::{collections::BTreeMap, fs};

pub fn run(arguments: &Pull) -> Result<Exit, Failure> {
    let model = named(&arguments.name)?;
    let Source::Hub { repository, files } = model.source else {
        let problem =
            format!("NAME: {} is on no hub in the shape that its engine needs", model.name);
        let remedy = format!("`lexilingo models export-guide {}` says how to make it", model.name);
        return Err(Failure::WrongUse(format!("{problem}; {remedy}")));
    };
    let config = Config::from_process()?;
    let folder = ModelFolder::new(&config.worker.model_dir, model.name);
    fs::create_dir_all(folder.path())?;
    let source = format!("{}/{repository}", arguments.hub.trim_end_matches('/'));
    let mut noted = BTreeMap::new();
    for (path, name) in files {
        let url = known::address(&arguments.hub, repository, path);
        let to = folder.file(name);
        let fact = match already(&folder, name, &source)? {
            Some(fact) => fact,
            None => {
                let bar = bar(name);
                let fetched = download::fetch(&url, &to, &mut |have, all| {
                    if let Some(all) = all {
                        bar.set_length(all);
                    }
                    bar.set_position(have);
                });
                bar.finish_and_clear();
                fetched.map_err(|failed| Failure::Failed(anyhow!("{failed:#}")))?
            }
        };
        anstream::eprintln!("{}: {} bytes, sha256 {}", to.display(), fact.bytes, fact.sha256);
        noted.insert((*name).to_owned(), fact);
    }
    let manifest = Manifest { source, licence: model.licence.to_owned(), files: noted };
    manifest.write(&folder.file(MANIFEST))?;
    Ok(Exit::Done)
}

/// The file that an earlier run fetched from this source and noted, if it still is that file.
fn already(folder: &ModelFolder, name: &str, source: &str) -> Result<Option<FileFact>, Failure> {
    let Some(file) = folder.present(name) else { return Ok(None) };
    let manifest = folder.manifest().ok().flatten().filter(|manifest| manifest.source == source);
    let noted = manifest.and_then(|mut manifest| manifest.files.remove(name));
    let fact = FileFact::of(&file)?;
    Ok(noted.filter(|noted| *noted == fact))
}

/// A bar on standard error; nothing where that is no terminal.
fn bar(name: &str) -> ProgressBar {
    let style = ProgressStyle::with_template(
        "{msg} {bar:30} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}",
    );
    let bar = ProgressBar::no_length().with_message(name.to_owned());
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
