//! What the classifiers would change, with margins: what the least margins of `rules/choice.rs` are chosen from.

use crate::corpus;
use anyhow::Result;
use lexilingo_language::{
    analysis::{Lexicon, Sentence},
    confusions::{decision::choices, slots, view::View},
    counts::Counts,
    rules::choice_edit,
};
use std::{
    io::{BufRead, Write, stdin, stdout},
    path::Path,
};

/// Least margin that is printed.
const LEAST: f32 = -3.0;

/// For each line of standard input, a line a choice: number of the line, kind, what stands there, what is wanted,
/// margin, the corrected sentence.
pub fn print() -> Result<()> {
    let (lexicon, counts) = (Lexicon::load(), Counts::load());
    let mut out = stdout().lock();
    for (number, line) in stdin().lock().lines().enumerate() {
        let line = line?;
        let sentence = Sentence::new(&line, &lexicon);
        let view = View::new(&sentence);
        for choice in choices(&view, &slots(&view), &counts) {
            let Some((tokens, replacement)) = choice_edit(&sentence, &choice) else { continue };
            if choice.margin >= LEAST {
                let span = sentence.span(tokens);
                let (before, after) = (&line[..span.start], &line[span.end..]);
                let (kind, margin) = (choice.kind.name(), choice.margin);
                let (written, wanted) = (choice.written, choice.wanted);
                writeln!(
                    out,
                    "{number}\t{kind}\t{written}\t{wanted}\t{margin:.2}\t{before}{replacement}{after}"
                )?;
            }
        }
    }
    Ok(())
}

/// Prints the sentences that no training sees.
pub fn held_out(corpus: &Path) -> Result<()> {
    let mut out = stdout().lock();
    for line in corpus::read(corpus)?.held_out {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
