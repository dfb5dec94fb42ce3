//! Plain text to train on: a folder with `prose/*.txt` and `everyday/*.txt`, one sentence a line.

use crate::random::Random;
use anyhow::{Context, Result};
use std::{fs, path::Path};

/// One sentence in this many is held out of all training.
const HELD_OUT: usize = 100;

pub struct Corpus {
    /// Shuffled; everyday sentences twice, since learners write of everyday life.
    pub training: Vec<String>,
    pub held_out: Vec<String>,
}

pub fn read(folder: &Path) -> Result<Corpus> {
    let mut corpus = Corpus { training: Vec::new(), held_out: Vec::new() };
    for (kind, times) in [("prose", 1), ("everyday", 2)] {
        for (line, is_held_out) in lines(folder, kind)? {
            let line = plain(&line);
            if is_held_out {
                corpus.held_out.push(line);
            } else {
                (0..times).for_each(|_| corpus.training.push(line.clone()));
            }
        }
    }
    Random::new(11).shuffle(&mut corpus.training);
    Ok(corpus)
}

/// Sentences without quotations, and whether they are held out of training; of prose the held-out ones alone.
pub fn unquoted(folder: &Path) -> Result<Vec<(String, bool)>> {
    let quoting = |line: &str| line.contains(['"', '“', '”', '‘', ':', ';']) || line.contains(" '");
    let prose = lines(folder, "prose")?.into_iter().filter(|(_, is_held_out)| *is_held_out);
    let both = lines(folder, "everyday")?.into_iter().chain(prose);
    Ok(both.filter(|(line, _)| !quoting(line)).map(|(line, held)| (plain(&line), held)).collect())
}

/// The sentences of one kind as they are written.
fn lines(folder: &Path, kind: &str) -> Result<Vec<(String, bool)>> {
    let folder = folder.join(kind);
    let entries = fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let text =
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        let sentences = text.lines().filter(|line| is_sentence(line)).enumerate();
        found.extend(sentences.map(|(i, line)| (line.to_owned(), i % HELD_OUT == HELD_OUT - 1)));
    }
    Ok(found)
}

/// No titles, lists or addresses.
fn is_sentence(line: &str) -> bool {
    let words = line.split(' ').count();
    let names =
        line.split(' ').filter(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()));
    (3..=50).contains(&words)
        && !line.contains("http")
        && !line.contains("www.")
        && (words <= 5 || names.count() * 10 <= words * 4)
        && line.ends_with(['.', '?', '!', '"', '”'])
}

/// Without quotation marks, whose insides our tokeniser would not judge, and with straight apostrophes.
fn plain(line: &str) -> String {
    line.replace('’', "'").replace(['"', '“', '”', '‘'], "")
}
