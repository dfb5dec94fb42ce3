//! A result as a person reads it in a terminal.

use anstyle::{AnsiColor, Style};
use lexilingo_shared::{analysis::GrammarError, request::ExplainLanguage, result::AnalysisResult};
use std::io::{self, Write};

const WRONG: Style =
    Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red))).strikethrough();
const RIGHT: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green))).bold();
const FAINT: Style = Style::new().dimmed();

/// The text with its edits, then each error explained, then scores and the tutor's reply.
pub fn print(
    out: &mut impl Write,
    result: &AnalysisResult,
    explain: ExplainLanguage,
) -> io::Result<()> {
    if let Some(grammar) = result.analysis.grammar.had() {
        inline(out, &result.text, &grammar.errors)?;
        if !grammar.errors.is_empty() {
            writeln!(out, "{RIGHT}{}{RIGHT:#}", grammar.corrected)?;
        }
        for (number, error) in grammar.errors.iter().enumerate() {
            writeln!(out)?;
            one(out, number + 1, error, explain)?;
        }
    } else {
        writeln!(out, "{}", result.text)?;
    }
    writeln!(out, "\n{FAINT}{}{FAINT:#}", figures(result))?;
    writeln!(out, "{}", result.reply)?;
    if let Some(hint) = &result.vietnamese_hint {
        writeln!(out, "{hint}")?;
    }
    let degradation = &result.metadata.degradation;
    if degradation.level > 0 {
        let reason = degradation.reason.as_deref().unwrap_or("no reason given");
        let missing = degradation.missing.join(", ");
        writeln!(out, "{FAINT}partial answer: {reason} (missing: {missing}){FAINT:#}")?;
    }
    Ok(())
}

/// `I [goes → went] to school`: readable without colours too.
fn inline(out: &mut impl Write, text: &str, errors: &[GrammarError]) -> io::Result<()> {
    let mut at = 0;
    for error in errors {
        let [start, end] = error.spans.utf8;
        write!(out, "{}[", &text[at..start])?;
        if !error.error.is_empty() {
            write!(out, "{WRONG}{}{WRONG:#} ", error.error)?;
        }
        write!(out, "→")?;
        if !error.correction.is_empty() {
            write!(out, " {RIGHT}{}{RIGHT:#}", error.correction)?;
        }
        write!(out, "]")?;
        at = end;
    }
    writeln!(out, "{}", &text[at..])
}

fn one(
    out: &mut impl Write,
    number: usize,
    error: &GrammarError,
    explain: ExplainLanguage,
) -> io::Result<()> {
    let kind = error.kind.replace('_', " ");
    writeln!(out, "{number}. {kind} {FAINT}{} · {}{FAINT:#}", error.errant, error.rule)?;
    if explain != ExplainLanguage::Vi {
        writeln!(out, "   {}", error.explanation)?;
    }
    if explain != ExplainLanguage::En {
        writeln!(out, "   {}", error.explanation_vi)?;
    }
    Ok(())
}

fn figures(result: &AnalysisResult) -> String {
    let mut figures = Vec::new();
    if let Some(level) = result.analysis.vocabulary.had() {
        figures.push(format!("vocabulary {level}"));
    }
    let score = &result.score;
    let traits = [("fluency", &score.fluency), ("grammar", &score.grammar)];
    for (name, value) in traits {
        figures.extend(value.had().map(|value| format!("{name} {value:.2}")));
    }
    figures.push(format!("overall {:.2}", score.overall));
    figures.push(result.strategy.as_str().replace('_', " "));
    figures.join(" · ")
}
