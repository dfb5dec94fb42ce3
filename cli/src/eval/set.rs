//! Sets of sentences that people have judged, found in a folder by their layout.

use super::{
    edits::edits,
    max_match::{Annotated, GoldEdit},
    set_file::{self, Malformed},
};
use std::{
    collections::{BTreeMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
};

/// Sentences of a BEA set that are scored, as for the peers.
const MOST_OF_BEA: usize = 1000;
/// Type of an edit whose annotator gave none.
pub const UNTYPED: &str = "";

/// A sentence with errors, and every correction of it that is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correctable {
    pub category: String,
    pub text: String,
    pub right: Vec<String>,
}

#[derive(Debug)]
pub enum Sentences {
    /// Tokens with annotators' edits, and whole references where there are any, by sentence.
    Annotated {
        sentences: Vec<Annotated>,
        references: Vec<Vec<Vec<String>>>,
    },
    Correctable(Vec<Correctable>),
    /// Nothing in them is to be changed.
    Correct(Vec<String>),
    /// With how grammatical people found them.
    Rated(Vec<(String, f64)>),
    /// With the level, 1 to 6 for A1 to C2, that people gave them.
    Levelled(Vec<(String, f64)>),
}

#[derive(Debug)]
pub struct Set {
    /// `jfleg-dev`, `viet`, `bea`, …
    pub name: String,
    pub sentences: Sentences,
}

/// Every set below `folder`, in the order of their names.
pub fn find(folder: &Path) -> Result<Vec<Set>, Malformed> {
    let mut sets = Vec::new();
    for below in entries(folder, folder)? {
        if below.is_dir() {
            let name = name_of(&below);
            for file in entries(&below, folder)? {
                sets.extend(of_file(&name, &file)?);
            }
        }
    }
    let mut levelled: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    sets.retain_mut(|set| match &mut set.sentences {
        Sentences::Levelled(rows) => {
            levelled.entry(set.name.clone()).or_default().append(rows);
            false
        }
        _ => true,
    });
    let levelled = levelled.into_iter();
    sets.extend(levelled.map(|(name, rows)| Set { name, sentences: Sentences::Levelled(rows) }));
    Ok(sets)
}

/// The sets of one file; none when the file is of no kind that is known.
fn of_file(folder: &str, file: &Path) -> Result<Vec<Set>, Malformed> {
    let name = name_of(file);
    let (stem, ending) = name.split_once('.').unwrap_or((&name, ""));
    let set = |name: String, sentences| Set { name, sentences };
    // `viet/viet.jsonl` is the set `viet`, `viet/other.jsonl` is `viet-other`.
    let own = if stem == folder || stem == "sample" || stem == "good" {
        folder.to_owned()
    } else {
        format!("{folder}-{stem}")
    };
    Ok(match (folder, ending) {
        ("jfleg", "src") => vec![set(own, jfleg(file)?)],
        ("viet", "jsonl") => {
            let rows = set_file::correctable(file)?;
            let right = rows.iter().filter_map(|row| row.right.first().cloned()).collect();
            vec![
                set(own.clone(), Sentences::Correctable(rows)),
                set(format!("{own}-ok"), Sentences::Correct(right)),
            ]
        }
        ("lt", "jsonl") => vec![set(own, Sentences::Correctable(set_file::correctable(file)?))],
        ("lt", "txt") => {
            vec![set(format!("{own}-ok"), Sentences::Correct(set_file::lines(file)?))]
        }
        ("clean", "tok") => vec![set(own, Sentences::Correct(set_file::joined_lines(file)?))],
        ("gug", "tsv") => {
            let by_split = set_file::rated(file)?.into_iter();
            by_split
                .map(|(split, rows)| set(format!("gug-{split}"), Sentences::Rated(rows)))
                .collect()
        }
        ("cefr", "dev.tsv" | "test.tsv") => {
            let split = ending.trim_end_matches(".tsv");
            vec![set(format!("cefr-{split}"), Sentences::Levelled(set_file::levelled(file)?))]
        }
        _ if ending == "m2" || ending.ends_with(".m2") => {
            let mut sentences = set_file::m2(file)?;
            if folder.starts_with("bea") {
                sentences.truncate(MOST_OF_BEA);
            }
            vec![set(own, Sentences::Annotated { sentences, references: Vec::new() })]
        }
        _ => Vec::new(),
    })
}

/// `dev.src` with `dev.ref0`, `dev.ref1`, …: each reference is turned into the edits that lead to it.
fn jfleg(source: &Path) -> Result<Sentences, Malformed> {
    let sources = set_file::token_lines(source)?;
    let mut references: Vec<Vec<Vec<String>>> = vec![Vec::new(); sources.len()];
    for n in 0.. {
        let file = source.with_extension(format!("ref{n}"));
        if !file.exists() {
            break;
        }
        let lines = set_file::token_lines(&file)?;
        if lines.len() != sources.len() {
            let problem = format!("has {} lines, its source {}", lines.len(), sources.len());
            return Err(Malformed::new(&file, lines.len().min(sources.len()) + 1, problem));
        }
        references.iter_mut().zip(lines).for_each(|(all, line)| all.push(line));
    }
    if references.first().is_some_and(Vec::is_empty) {
        return Err(Malformed::new(source, 1, "has no references (.ref0, .ref1, …) beside it"));
    }
    let annotate = |(source, references): (Vec<String>, &Vec<Vec<String>>)| {
        let of_reference = |reference: &Vec<String>| {
            let found = edits(&source, reference, &HashSet::new(), 0).into_iter();
            found
                .map(|edit| GoldEdit {
                    start: edit.start,
                    end: edit.end,
                    kind: UNTYPED.to_owned(),
                    corrections: vec![edit.correction],
                })
                .collect()
        };
        let annotators = references.iter().map(of_reference).enumerate().collect();
        Annotated { source, annotators }
    };
    let sentences = sources.into_iter().zip(&references).map(annotate).collect();
    Ok(Sentences::Annotated { sentences, references })
}

fn entries(folder: &Path, whole: &Path) -> Result<Vec<PathBuf>, Malformed> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut found: Vec<PathBuf> =
            fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        found.sort();
        Ok(found)
    };
    read().map_err(|error| Malformed::new(whole, 0, format!("cannot be listed: {error}")))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
