//! The files that sets come in.

use super::{
    max_match::{Annotated, GoldEdit},
    set::Correctable,
    tokens,
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

/// What is wrong with a file, and in which line, counted from 1; 0 stands for the whole.
#[derive(Debug, thiserror::Error)]
pub struct Malformed {
    pub file: PathBuf,
    pub line: usize,
    pub problem: String,
}

impl Malformed {
    pub fn new(file: &Path, line: usize, problem: impl Into<String>) -> Self {
        Malformed { file: file.to_owned(), line, problem: problem.into() }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Malformed { file, line, problem } = self;
        match line {
            0 => write!(f, "{}: {problem}", file.display()),
            line => write!(f, "{}:{line}: {problem}", file.display()),
        }
    }
}

/// Lines without their ends.
fn raw_lines(file: &Path) -> Result<Vec<String>, Malformed> {
    let bytes = fs::read(file)
        .map_err(|error| Malformed::new(file, 0, format!("cannot be read: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Malformed::new(file, line, "is not UTF-8")
    })?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// One sentence a line; blank lines are left out.
pub fn lines(file: &Path) -> Result<Vec<String>, Malformed> {
    Ok(raw_lines(file)?.into_iter().filter(|line| !line.trim().is_empty()).collect())
}

/// One sentence of tokens a line.
pub fn token_lines(file: &Path) -> Result<Vec<Vec<String>>, Malformed> {
    Ok(raw_lines(file)?.iter().map(|line| words(line)).collect())
}

/// One sentence of tokens a line, as plain text.
pub fn joined_lines(file: &Path) -> Result<Vec<String>, Malformed> {
    let joined = token_lines(file)?.into_iter().map(|line| tokens::joined(&line).0);
    Ok(joined.filter(|line| !line.trim().is_empty()).collect())
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// JSON lines with `cat`, `src` and `acc`.
pub fn correctable(file: &Path) -> Result<Vec<Correctable>, Malformed> {
    #[derive(Deserialize)]
    struct Row {
        cat: String,
        src: String,
        acc: Vec<String>,
    }
    let read = |(n, line): (usize, String)| {
        let row: Row = serde_json::from_str(&line)
            .map_err(|error| Malformed::new(file, n + 1, error.to_string()))?;
        if row.acc.is_empty() {
            return Err(Malformed::new(file, n + 1, "has no right correction in acc"));
        }
        Ok(Correctable { category: row.cat, text: row.src, right: row.acc })
    };
    raw_lines(file)?.into_iter().enumerate().map(read).collect()
}

/// Tab-separated id, sentence, judgements (two columns), mean rating and split, below a head; by split, `train` left
/// out.
pub fn rated(file: &Path) -> Result<BTreeMap<String, Vec<(String, f64)>>, Malformed> {
    let mut splits: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    for (n, line) in raw_lines(file)?.iter().enumerate().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [_, sentence, _, _, rating, split] = columns[..] else {
            let problem = format!("has {} columns instead of 6", columns.len());
            return Err(Malformed::new(file, n + 1, problem));
        };
        if split == "train" || rating.is_empty() || rating == "None" {
            continue;
        }
        let rating = number(file, n, rating)?;
        splits.entry(split.to_owned()).or_default().push((sentence.trim().to_owned(), rating));
    }
    Ok(splits)
}

/// Tab-separated tokens and one level, 1 to 6, of each judge; their mean counts.
pub fn levelled(file: &Path) -> Result<Vec<(String, f64)>, Malformed> {
    let read = |(n, line): (usize, &String)| {
        let mut columns = line.split('\t');
        let sentence = tokens::joined(&words(columns.next().unwrap_or_default())).0;
        let levels = columns.map(|level| number(file, n, level)).collect::<Result<Vec<_>, _>>()?;
        if levels.is_empty() || levels.iter().any(|level| !(1.0..=6.0).contains(level)) {
            return Err(Malformed::new(
                file,
                n + 1,
                "has no level from 1 to 6 behind the sentence",
            ));
        }
        Ok((sentence, levels.iter().sum::<f64>() / levels.len() as f64))
    };
    raw_lines(file)?.iter().enumerate().map(read).collect()
}

fn number(file: &Path, n: usize, text: &str) -> Result<f64, Malformed> {
    let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.ok_or_else(|| Malformed::new(file, n + 1, "has something else where a number stands"))
}

/// The M2 format: `S` lines of tokens, each followed by the annotators' edits
/// `A start end|||type|||correction||correction|||required|||comment|||annotator`.
pub fn m2(file: &Path) -> Result<Vec<Annotated>, Malformed> {
    let mut sentences: Vec<Annotated> = Vec::new();
    for (n, line) in raw_lines(file)?.iter().enumerate() {
        let wrong = |problem: &str| Malformed::new(file, n + 1, problem);
        if let Some(tokens) = line.strip_prefix("S ").or((line == "S").then_some("")) {
            let source = tokens.split(' ').filter(|token| !token.is_empty());
            let source = source.map(str::to_owned).collect();
            sentences.push(Annotated { source, annotators: BTreeMap::new() });
        } else if let Some(edit) = line.strip_prefix("A ") {
            let sentence =
                sentences.last_mut().ok_or_else(|| wrong("is an edit of no sentence"))?;
            let (annotator, edit) = annotation(edit).ok_or_else(|| wrong("is no edit"))?;
            let edits = sentence.annotators.entry(annotator).or_default();
            if let Some(edit) = edit {
                if edit.start > edit.end || edit.end > sentence.source.len() {
                    return Err(wrong("is an edit outside its sentence"));
                }
                edits.push(edit);
            }
        } else if !line.is_empty() {
            return Err(wrong("begins with neither S nor A"));
        }
    }
    // Who left no line under a sentence did not annotate it; nobody at all means that nothing is wrong with it.
    for sentence in sentences.iter_mut().filter(|sentence| sentence.annotators.is_empty()) {
        sentence.annotators.insert(0, Vec::new());
    }
    Ok(sentences)
}

/// The annotator, and the edit unless there is nothing to change.
fn annotation(line: &str) -> Option<(usize, Option<GoldEdit>)> {
    let fields: Vec<&str> = line.split("|||").collect();
    let [place, kind, corrections, _, _, annotator] = fields[..] else { return None };
    let annotator = annotator.trim().parse().ok()?;
    let (start, end) = place.split_once(' ')?;
    let (start, end): (i64, i64) = (start.parse().ok()?, end.parse().ok()?);
    if kind == "noop" || start < 0 {
        return Some((annotator, None));
    }
    let corrections = corrections.split("||").map(|correction| match correction {
        "-NONE-" => String::new(),
        correction => correction.to_owned(),
    });
    let edit = GoldEdit {
        start: usize::try_from(start).ok()?,
        end: usize::try_from(end).ok()?,
        kind: kind.to_owned(),
        corrections: corrections.collect(),
    };
    Some((annotator, Some(edit)))
}
