//! `lexilingo eval`: the language report over every set in a folder.

use crate::{
    arguments::Eval,
    eval::{measure, report, set},
    exit::{Exit, Failure, Missing},
};
use lexilingo_language::rules::RulePack;
use std::io::Write;

pub fn run(arguments: &Eval) -> Result<Exit, Failure> {
    let folder = arguments.dir.display();
    let missing = |problem: String| {
        Failure::Missing(Missing {
            variable: "DIR",
            problem,
            remedy: "name a folder that holds sets such as jfleg/dev.src, viet/viet.jsonl, clean/clean.tok, \
                     gug/gug.tsv, cefr/wiki.dev.tsv, lt/sample.jsonl, conll14/official-2014.combined.m2"
                .to_owned(),
        })
    };
    if !arguments.dir.is_dir() {
        return Err(missing(format!("{folder} is no folder")));
    }
    let sets = set::find(&arguments.dir).map_err(anyhow::Error::new)?;
    if sets.is_empty() {
        return Err(missing(format!("{folder} holds no set")));
    }
    let pack = RulePack::load();
    let measured: Vec<_> = sets.into_iter().map(|set| measure::measure(&pack, set)).collect();
    let mut out = anstream::stdout();
    report::write(&mut out, &measured)?;
    out.flush()?;
    Ok(Exit::Done)
}
