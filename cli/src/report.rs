//! Findings in files, as people, programs and GitHub read them.

use anstyle::{AnsiColor, Style};
use lexilingo_shared::analysis::GrammarError;
use serde::Serialize;
use std::io::{self, Write};

/// An error with its place in a file. Lines and columns count from 1, columns in code points.
#[derive(Debug, Serialize)]
pub struct Located {
    file: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(flatten)]
    error: GrammarError,
}

impl Located {
    pub fn new(file: &str, text: &str, error: GrammarError) -> Self {
        let [start, end] = error.spans.utf8;
        let ((line, column), (end_line, end_column)) = (place(text, start), place(text, end));
        Located { file: file.to_owned(), line, column, end_line, end_column, error }
    }
}

fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// `file:line:column: error → correction` and the explanation below it.
pub fn human(out: &mut impl Write, found: &[Located]) -> io::Result<()> {
    let (place, from, to) = (
        Style::new().bold(),
        Style::new().fg_color(Some(AnsiColor::Red.into())),
        Style::new().fg_color(Some(AnsiColor::Green.into())),
    );
    for Located { file, line, column, error, .. } in found {
        let (wrong, right) = (shown(&error.error), shown(&error.correction));
        write!(out, "{place}{file}:{line}:{column}:{place:#} ")?;
        writeln!(out, "{from}{wrong}{from:#} → {to}{right}{to:#} [{}]", error.rule)?;
        writeln!(out, "    {}", error.explanation)?;
    }
    Ok(())
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "∅" } else { text }
}

/// One array of objects.
pub fn json(out: &mut impl Write, found: &[Located]) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, found)?;
    writeln!(out)
}

/// Workflow commands, which GitHub shows beside the lines of a change.
pub fn github(out: &mut impl Write, found: &[Located]) -> io::Result<()> {
    for Located { file, line, column, end_line, end_column, error } in found {
        let message = format!("{} → {}: {}", error.error, error.correction, error.explanation);
        writeln!(
            out,
            "::warning file={},line={line},endLine={end_line},col={column},endColumn={end_column},\
             title={}::{}",
            property(file),
            property(&error.rule),
            data(&message)
        )?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_code_points() {
        let text = "Một câu.\nXin chào goes";
        let byte = text.find("goes").unwrap();
        assert_eq!(place(text, byte), (2, 10));
        assert_eq!(place(text, 0), (1, 1));
        assert_eq!(place("one\n", 4), (2, 1));
    }

    #[test]
    fn nothing_that_a_learner_writes_ends_a_workflow_command() {
        assert_eq!(data("100%\n::error::x"), "100%25%0A::error::x");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}
