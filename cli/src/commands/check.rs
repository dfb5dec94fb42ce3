//! `lexilingo check`: findings in files, or a line in and a line out.

use crate::{
    arguments::{Check, Format},
    exit::{Exit, Failure, Missing},
    report::{self, Located},
};
use lexilingo_worker::{
    engines, fluency,
    rules::{Checked, RulePack},
};
use std::{
    fs,
    io::{self, BufRead, Read, Write},
    path::Path,
};

pub fn run(arguments: &Check) -> Result<Exit, Failure> {
    if arguments.lines {
        return lines(|_, checked| checked.corrected);
    }
    if arguments.fluency {
        return lines(|_, checked| format!("{:.4}", score(&checked)));
    }
    let sources = sources(&arguments.files)?;
    let rules = RulePack::load();
    let mut found = Vec::new();
    for (name, text) in &sources {
        let errors = engines::rules::errors(text, rules.check(text).findings);
        found.extend(errors.into_iter().map(|error| Located::new(name, text, error)));
    }
    let mut out = anstream::stdout();
    match arguments.format {
        Format::Human => report::human(&mut out, &found)?,
        Format::Json => report::json(&mut out, &found)?,
        Format::Github => report::github(&mut out, &found)?,
    }
    Ok(if found.is_empty() { Exit::Done } else { Exit::Findings })
}

/// One line out for every line in. Lines are answered as they come, so that a program can talk through a pipe.
fn lines(answer: impl Fn(&str, Checked) -> String) -> Result<Exit, Failure> {
    let rules = RulePack::load();
    let mut input = io::stdin().lock();
    let mut out = io::stdout().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(Exit::Done);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        writeln!(out, "{}", answer(text, rules.check(text)))?;
    }
}

fn score(checked: &Checked) -> f64 {
    fluency::score(checked.findings.iter().map(|finding| finding.severity), checked.words)
}

/// Names and texts of the files, or standard input without one.
fn sources(files: &[std::path::PathBuf]) -> Result<Vec<(String, String)>, Failure> {
    if files.is_empty() {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map_err(|error| unreadable("-", &error))?;
        return Ok(vec![("-".to_owned(), text)]);
    }
    files.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<(String, String), Failure> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| unreadable(&name, &error))?;
    Ok((name, text))
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::Missing(Missing {
        variable: "FILES",
        problem: format!("{name} cannot be read: {error}"),
        remedy: "name files of UTF-8 text that exist".to_owned(),
    })
}
