//! `lexilingo check`: findings in files, or a line in and a line out.

use crate::{
    arguments::{Check, Format},
    exit::{Exit, Failure, Missing},
    report::{self, Located},
};
use lexilingo_language::{fluency, rules::RulePack};
use lexilingo_shared::model::ModelName;
use lexilingo_worker::engines;
use std::{
    fs,
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
};

pub fn run(arguments: &Check) -> Result<Exit, Failure> {
    if arguments.lines {
        return lines(|ending, rules, text| format!("{}{ending}", rules.check(text).corrected));
    }
    if arguments.fluency {
        return lines(|_, rules, text| {
            let read = rules.read(text);
            let findings = rules.correct(&read).findings;
            format!("{:.4}\n", fluency::score(rules.counts(), &read, &findings))
        });
    }
    let (sources, unreadable) = sources(&arguments.files);
    let rules = RulePack::load();
    let mut found = Vec::new();
    for (name, text) in &sources {
        let errors = engines::rules::errors(text, rules.check(text).findings, ModelName::Rules);
        found.extend(errors.into_iter().map(|error| Located::new(name, text, error)));
    }
    let mut out = anstream::stdout();
    match arguments.format {
        Format::Human => report::human(&mut out, &found)?,
        Format::Json => report::json(&mut out, &found)?,
        Format::Github => report::github(&mut out, &found)?,
    }
    out.flush()?;
    for missing in &unreadable {
        anstream::eprintln!("lexilingo: {missing}");
    }
    Ok(match (unreadable.is_empty(), found.is_empty()) {
        (false, _) => Exit::Missing,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Done,
    })
}

/// One line out for every line in, made from that line's ending and its text. Lines are answered as they
/// come, so that a program can talk through a pipe.
fn lines(answer: impl Fn(&str, &RulePack, &str) -> String) -> Result<Exit, Failure> {
    let rules = RulePack::load();
    let mut input = io::stdin().lock();
    let mut out = io::stdout().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            out.flush()?;
            return Ok(Exit::Done);
        }
        let line = String::from_utf8_lossy(&line);
        let text = line.strip_suffix('\n').unwrap_or(&line);
        let text = text.strip_suffix('\r').unwrap_or(text);
        out.write_all(answer(&line[text.len()..], &rules, text).as_bytes())?;
    }
}

/// Names and texts of what can be read, and what cannot; standard input without a file.
fn sources(files: &[PathBuf]) -> (Vec<(String, String)>, Vec<Missing>) {
    let stdin = [PathBuf::from("-")];
    let (files, read): (_, fn(&Path) -> io::Result<String>) = match files {
        [] => (&stdin[..], |_| io::read_to_string(io::stdin().lock())),
        files => (files, |path| fs::read_to_string(path)),
    };
    let (mut sources, mut unreadable) = (Vec::new(), Vec::new());
    for path in files {
        let name = path.display().to_string();
        match read(path) {
            Ok(text) => sources.push((name, text)),
            Err(error) => unreadable.push(Missing {
                variable: "FILES",
                problem: format!("{name} cannot be read: {error}"),
                remedy: "name files of UTF-8 text that exist".to_owned(),
            }),
        }
    }
    (sources, unreadable)
}
