//! Judging one set.

use super::{
    calibration::Calibration,
    correlation, gleu,
    known::{CHANGED, EDITS, FLUENCY, GLEU, LEVEL, RIGHT},
    max_match::{self, Annotated},
    set::{Correctable, Sentences, Set, UNTYPED},
    system, tokens,
};
use lexilingo_language::{
    confidence,
    rules::{Checked, Finding, RulePack},
};
use std::collections::BTreeMap;

/// Type of an edit that no finding of ours explains.
const UNEXPLAINED: &str = "–";

/// One figure of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub measure: &'static str,
    pub value: f64,
    /// What else is to be said of it.
    pub note: String,
}

/// What was right of what we proposed, and what was found of what was wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OfType {
    pub right: usize,
    pub proposed: usize,
    pub found: usize,
    pub wanted: usize,
}

#[derive(Debug, Default)]
pub struct Measured {
    pub set: String,
    pub sentences: usize,
    pub figures: Vec<Figure>,
    pub by_type: BTreeMap<String, OfType>,
    /// Confidence of single edits, where edits are judged.
    pub edits: Calibration,
    /// Confidence of the whole correction.
    pub wholes: Calibration,
}

pub fn measure(pack: &RulePack, set: Set) -> Measured {
    let mut measured = Measured { set: set.name, ..Measured::default() };
    match set.sentences {
        Sentences::Annotated { sentences, references } => {
            annotated(pack, &sentences, &references, &mut measured);
        }
        Sentences::Correctable(rows) => correctable(pack, &rows, &mut measured),
        Sentences::Correct(texts) => correct(pack, &texts, &mut measured),
        Sentences::Rated(rows) => {
            agreement(rows, FLUENCY, &mut measured, |texts| system::fluency(pack, texts))
        }
        Sentences::Levelled(rows) => {
            agreement(rows, LEVEL, &mut measured, |texts| system::difficulty(pack, texts))
        }
    }
    measured
}

impl Measured {
    fn note(&mut self, measure: &'static str, value: f64, note: String) {
        self.figures.push(Figure { measure, value, note });
    }

    fn note_whole(&mut self, pack: &RulePack, text: &str, checked: &Checked, right: bool) {
        let sure = confidence::of_text(pack.counts(), &pack.read(text), checked);
        self.wholes.note(sure, right);
    }
}

fn annotated(
    pack: &RulePack,
    sentences: &[Annotated],
    references: &[Vec<Vec<String>>],
    measured: &mut Measured,
) {
    measured.sentences = sentences.len();
    let (texts, spans): (Vec<String>, Vec<_>) =
        sentences.iter().map(|sentence| tokens::joined(&sentence.source)).unzip();
    let checked = system::checked(pack, &texts);
    let corrected: Vec<Vec<String>> = sentences
        .iter()
        .zip(&checked)
        .map(|(sentence, checked)| tokens::retokenised(&sentence.source, &checked.corrected))
        .collect();
    if !references.is_empty() {
        let corpus: Vec<_> = sentences
            .iter()
            .zip(&corrected)
            .zip(references)
            .map(|((sentence, corrected), references)| gleu::Sentence {
                source: &sentence.source,
                corrected,
                references,
            })
            .collect();
        measured.note(GLEU, 100.0 * gleu::gleu(&corpus), String::new());
    }
    let judged = max_match::judge(sentences, &corrected);
    let total = judged.total;
    let note = format!(
        "P {:.1} R {:.1}, {} right of {} proposed, {} wanted",
        100.0 * total.precision(),
        100.0 * total.recall(),
        total.right,
        total.proposed,
        total.wanted
    );
    measured.note(EDITS, 100.0 * total.f_half(), note);
    for (kind, (found, wanted)) in judged.by_kind {
        if kind != UNTYPED {
            let of_type = measured.by_type.entry(kind).or_default();
            (of_type.found, of_type.wanted) = (found, wanted);
        }
    }
    for ((proposed, checked), spans) in judged.proposed.into_iter().zip(&checked).zip(spans) {
        for (edit, right) in proposed {
            // Bytes of the tokens; where words are put in, the gap between two of them.
            let before = edit.start.checked_sub(1).and_then(|n| spans.get(n));
            let start = match spans.get(edit.start) {
                Some(span) if edit.start < edit.end => span.start,
                _ => before.map_or(0, |span| span.end),
            };
            let last = edit.end.checked_sub(1).and_then(|n| spans.get(n));
            let end = last.map_or(0, |span| span.end).max(start);
            let finding = explaining(&checked.findings, start, end);
            let kind = finding.map_or(UNEXPLAINED.to_owned(), |found| found.errant.to_string());
            let of_type = measured.by_type.entry(kind).or_default();
            of_type.proposed += 1;
            of_type.right += usize::from(right);
            if let Some(finding) = finding {
                measured.edits.note(finding.confidence, right);
            }
        }
    }
    let answers = texts.iter().zip(&checked).zip(&corrected);
    for (((text, checked), corrected), references) in answers.zip(references) {
        measured.note_whole(pack, text, checked, references.contains(corrected));
    }
}

/// The finding that an edit of these bytes came from: the first that touches them.
fn explaining(findings: &[Finding], start: usize, end: usize) -> Option<&Finding> {
    let overlapping = |found: &&Finding| found.span.start < end && start < found.span.end;
    let touching = |found: &&Finding| found.span.start <= end + 1 && start <= found.span.end + 1;
    findings.iter().find(overlapping).or_else(|| findings.iter().find(touching))
}

fn correctable(pack: &RulePack, rows: &[Correctable], measured: &mut Measured) {
    measured.sentences = rows.len();
    let texts: Vec<String> = rows.iter().map(|row| row.text.clone()).collect();
    let mut right = 0;
    for (row, checked) in rows.iter().zip(system::checked(pack, &texts)) {
        let corrected = normalised(&checked.corrected);
        let is_right = row.right.iter().any(|known| normalised(known) == corrected);
        right += usize::from(is_right);
        let of_type = measured.by_type.entry(row.category.clone()).or_default();
        of_type.wanted += 1;
        of_type.found += usize::from(is_right);
        if !checked.findings.is_empty() {
            of_type.proposed += 1;
            of_type.right += usize::from(is_right);
        }
        measured.note_whole(pack, &row.text, &checked, is_right);
    }
    measured.note(RIGHT, share(right, rows.len()), format!("{right} of {}", rows.len()));
}

fn correct(pack: &RulePack, texts: &[String], measured: &mut Measured) {
    measured.sentences = texts.len();
    let mut changed = 0;
    for (text, checked) in texts.iter().zip(system::checked(pack, texts)) {
        let same = normalised(text) == normalised(&checked.corrected);
        changed += usize::from(!same);
        measured.note_whole(pack, text, &checked, same);
    }
    measured.note(CHANGED, share(changed, texts.len()), format!("{changed} of {}", texts.len()));
}

fn agreement(
    rows: Vec<(String, f64)>,
    measure: &'static str,
    measured: &mut Measured,
    judge: impl Fn(&[String]) -> Vec<f64>,
) {
    measured.sentences = rows.len();
    let (texts, wanted): (Vec<String>, Vec<f64>) = rows.into_iter().unzip();
    let pairs: Vec<(f64, f64)> = judge(&texts).into_iter().zip(wanted).collect();
    let note = correlation::interval(&pairs)
        .map_or_else(String::new, |(low, high)| format!("95 % interval {low:.2} to {high:.2}"));
    measured.note(measure, correlation::pearson(&pairs).unwrap_or(0.0), note);
}

/// Per cent.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// One kind of quotation mark and of blank.
fn normalised(text: &str) -> String {
    let plain = text.replace('’', "'").replace(['“', '”'], "\"");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
