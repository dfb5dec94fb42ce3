//! Edits that put a word in, take words out or set them in another order, as proposals that always show a form.

use crate::{
    analysis::Sentence,
    rules::rule::{Proposal, match_case},
};
use lexilingo_shared::errant::ErrantType;
use std::ops::Range;

type Kind = (ErrantType, &'static str);

fn proposal(tokens: Range<usize>, replacement: String, kind: Kind, confidence: f64) -> Proposal {
    let (errant, message) = kind;
    Proposal { tokens, replacement, errant, message, clue: String::new(), confidence }
}

/// The word at `at` as it is written inside a sentence: without the capital of a sentence's first word.
fn inner(sentence: &Sentence, at: usize) -> String {
    let token = &sentence.tokens[at];
    let kept = at > 0 || token.tag.is_proper_noun() || token.stem() == "i";
    if kept { sentence.original(at..at + 1).to_owned() } else { lowered(sentence, at) }
}

fn lowered(sentence: &Sentence, at: usize) -> String {
    let own = sentence.original(at..at + 1);
    let mut chars = own.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Puts `words` before token `at`.
pub fn inserted(
    sentence: &Sentence,
    at: usize,
    words: &str,
    kind: Kind,
    confidence: f64,
) -> Proposal {
    let opens = at == 0 && sentence.is_capitalised(0);
    let added = if opens { match_case("A", words) } else { words.to_owned() };
    let own = inner(sentence, at);
    proposal(at..at + 1, format!("{added} {own}"), kind, confidence)
}

/// Takes the tokens out; the next word comes along so that something is left to see. None at the end of a sentence.
pub fn removed(
    sentence: &Sentence,
    tokens: Range<usize>,
    kind: Kind,
    confidence: f64,
) -> Option<Proposal> {
    let Range { start, end } = tokens;
    let next = sentence.tokens.get(end).filter(|next| !next.tag.is_mark());
    if next.is_some() {
        let own = sentence.original(end..end + 1);
        let own = if start == 0 { match_case(sentence.original(0..1), own) } else { own.into() };
        return Some(proposal(start..end + 1, own, kind, confidence));
    }
    let before = start.checked_sub(1)?;
    let own = sentence.original(before..start).to_owned();
    Some(proposal(before..end, own, kind, confidence))
}

/// Writes the parts, which together are a stretch of tokens, in the order given.
pub fn reordered(
    sentence: &Sentence,
    parts: &[Range<usize>],
    kind: Kind,
    confidence: f64,
) -> Option<Proposal> {
    let start = parts.iter().map(|part| part.start).min()?;
    let end =
        parts.iter().map(|part| part.end).max().filter(|end| *end <= sentence.tokens.len())?;
    let words: Vec<String> =
        parts.iter().flat_map(Range::clone).map(|at| inner(sentence, at)).collect();
    let mut text = words.join(" ");
    if start == 0 && sentence.is_capitalised(0) {
        text = match_case("A", &text);
    }
    Some(proposal(start..end, text, kind, confidence))
}

/// Replaces tokens by words that are given with the case that they have inside a sentence.
pub fn rewritten(
    sentence: &Sentence,
    tokens: Range<usize>,
    words: &str,
    kind: Kind,
    confidence: f64,
) -> Proposal {
    let opens = tokens.start == 0 && sentence.is_capitalised(0);
    let text = if opens { match_case("A", words) } else { words.to_owned() };
    proposal(tokens, text, kind, confidence)
}
