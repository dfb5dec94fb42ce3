//! What somebody else suggests to change in a text, a language model above all, as findings like the rules' own: found
//! in the text, cut to the words that differ, and dropped where they are no correction. Pure.

mod kind;
mod place;

pub use kind::Kind;

use crate::{
    rules::{Finding, RulePack, explanations::explanation},
    vietnamese::filled,
};
use lexilingo_shared::errant::{ErrantType, Operation};
use std::ops::Range;

/// Longest suggestion that is taken, in words on either side.
const MOST_WORDS: usize = 8;

/// “Write `right` instead of `wrong`.”
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Words of the text.
    pub wrong: String,
    pub right: String,
    pub kind: Kind,
}

/// The suggestions that can be made in `text`, sorted and apart. `confidence` in 0..=1 is that of each. A suggestion is
/// dropped when its words are not there, when it changes nothing, rewrites too much, runs into an earlier one or brings
/// in a word that no dictionary knows.
pub fn findings(
    pack: &RulePack,
    text: &str,
    suggestions: &[Suggestion],
    confidence: f64,
) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut cursor = 0;
    for suggestion in suggestions {
        let (wrong, right) = (suggestion.wrong.trim(), suggestion.right.trim());
        let words = |side: &str| side.split_whitespace().count();
        if words(wrong) > MOST_WORDS || words(right) > MOST_WORDS || !is_known(pack, wrong, right) {
            continue;
        }
        let Some(whole) = place::find(text, wrong, cursor) else { continue };
        let Some(change) = place::cut(&text[whole.clone()], right) else { continue };
        let span = whole.start + change.wrong.start..whole.start + change.wrong.end;
        if found.iter().any(|other| overlap(&other.span, &span)) {
            continue;
        }
        cursor = whole.end;
        let errant = ErrantType::new(change.operation, suggestion.kind.category());
        found.push(finding(text, span, change.right, errant, suggestion.kind, confidence));
    }
    found.sort_by_key(|finding| finding.span.start);
    found
}

/// True when the correction brings in no word that is unknown and was not there before.
fn is_known(pack: &RulePack, wrong: &str, right: &str) -> bool {
    let words = |side: &'_ str| -> Vec<String> {
        side.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
            .map(|word| word.trim_matches(['\'', '’']).to_lowercase())
            .filter(|word| !word.is_empty())
            .collect()
    };
    let before = words(wrong);
    let after = words(right);
    let known = |word: &String| {
        before.contains(word) || word.chars().all(char::is_numeric) || pack.lexicon().knows(word)
    };
    !after.is_empty() && after.iter().all(known)
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn finding(
    text: &str,
    span: Range<usize>,
    replacement: String,
    errant: ErrantType,
    kind: Kind,
    confidence: f64,
) -> Finding {
    let row = explanation(kind.message());
    let values = [("error", &text[span.clone()]), ("correction", replacement.as_str())];
    let fill = |template| filled(template, &values);
    Finding {
        errant,
        rule: kind.message(),
        concept: row.concept,
        severity: row.severity,
        confidence,
        claim: confidence,
        explanation: fill(row.english),
        explanation_vi: fill(row.vietnamese),
        hints: [fill(row.point), fill(row.principle), fill("“{error}” → “{correction}”")],
        replacement,
        span,
    }
}

/// What stays of a suggestion when the words that do not change are taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    /// Bytes of the suggestion's place; never empty.
    wrong: Range<usize>,
    /// Never empty.
    right: String,
    operation: Operation,
}

#[cfg(test)]
mod tests;
