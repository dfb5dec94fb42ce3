//! `lexilingo models list`: what is known of each model, and what of it lies here.

use crate::exit::{Exit, Failure};
use lexilingo_models::{
    folder::ModelFolder,
    known::{KNOWN, Known, Source},
};
use lexilingo_shared::{config::Config, model::ModelName};
use lexilingo_worker::engines;
use serde::Serialize;
use std::io::Write;

/// A model as it is found here.
#[derive(Debug, Serialize)]
struct Row {
    name: &'static str,
    does: &'static str,
    /// `here`, `not here` or `no engine` (this program was built without its feature).
    state: &'static str,
    /// Bytes of the files that lie here.
    bytes: u64,
    /// The digest of its first file, as results name it; `unverified` where no manifest notes it.
    version: Option<String>,
    licence: String,
    source: String,
    folder: String,
}

pub fn run(json: bool) -> Result<Exit, Failure> {
    let config = Config::from_process()?;
    let catalogue = engines::shipped(&config.worker);
    let row = |model: &Known| {
        let has_engine =
            model.name.parse::<ModelName>().is_ok_and(|name| catalogue.get(name).is_some());
        let folder = ModelFolder::new(&config.worker.model_dir, model.name);
        let is_here = model.needs.iter().all(|file| folder.present(file).is_some());
        let manifest = folder.manifest().ok().flatten();
        Row {
            name: model.name,
            does: model.does,
            state: match (has_engine, is_here) {
                (false, _) => "no engine",
                (true, true) => "here",
                (true, false) => "not here",
            },
            bytes: model.needs.iter().map(|file| folder.bytes(file)).sum(),
            version: Some(folder.version(model.needs[0])).filter(|_| is_here),
            licence: manifest.map_or(model.licence.to_owned(), |manifest| manifest.licence),
            source: match model.source {
                Source::Hub { repository, .. } => repository.to_owned(),
                Source::Own => format!("your own: `lexilingo models export-guide {}`", model.name),
            },
            folder: folder.path().display().to_string(),
        }
    };
    let rows: Vec<Row> = KNOWN.iter().map(row).collect();
    let mut out = anstream::stdout();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&rows).map_err(anyhow::Error::from)?)?;
        return Ok(Exit::Done);
    }
    for row in rows {
        let version = row.version.as_deref().unwrap_or("-");
        writeln!(
            out,
            "{:<10} {:<9} {:>8.1} MB  {version}",
            row.name,
            row.state,
            row.bytes as f64 / 1e6
        )?;
        writeln!(out, "           {}; licence: {}", row.does, row.licence)?;
        writeln!(out, "           from {}", row.source)?;
        if row.state == "no engine" {
            writeln!(out, "           this program was built without its feature (`llama`)")?;
        }
    }
    Ok(Exit::Done)
}
