//! Text to sentences of raw tokens, in one pass.
//!
//! harper's own lexer is not used: it searches the whole rest of the text for every number. Its tagger is given our
//! tokens (`text.rs`).

use crate::analysis::opaque;
use std::ops::Range;

/// What a raw token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with apostrophes inside: `don't`.
    Word,
    /// Words joined by hyphens: `well-known`, `five-year`.
    Compound,
    /// Digits with their separators: `5`, `3.14`, `1,000`, `50%`.
    Number,
    Punctuation,
    /// Not to be judged or changed.
    Opaque,
}

/// A stretch of the text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawToken {
    pub span: Range<usize>,
    pub kind: Kind,
}

/// Longest word that is looked up, in characters; longer ones are no English words.
const LONGEST_WORD: usize = 40;
/// Tokens after which a sentence is cut even without a full stop, so that no rule sees an unbounded one.
const LONGEST_SENTENCE: usize = 120;

/// The sentences of a text; white space belongs to none.
pub fn sentences(text: &str) -> Vec<Vec<RawToken>> {
    let mut sentences = Vec::new();
    let mut current: Vec<RawToken> = Vec::new();
    let mut end_of_last = 0;
    for token in tokens(text) {
        let gap = &text[end_of_last..token.span.start];
        if !current.is_empty()
            && (current.len() >= LONGEST_SENTENCE || starts_anew(text, gap, &current, &token))
        {
            sentences.push(std::mem::take(&mut current));
        }
        end_of_last = token.span.end;
        current.push(token);
    }
    if !current.is_empty() {
        sentences.push(current);
    }
    sentences
}

/// All tokens of a text in order.
pub fn tokens(text: &str) -> Vec<RawToken> {
    let quotations = opaque::quotations(text);
    let mut found = Vec::new();
    let mut at = 0;
    for quotation in quotations {
        split_at_spaces(text, at..quotation.start, &mut found);
        found.push(RawToken { span: quotation.clone(), kind: Kind::Opaque });
        at = quotation.end;
    }
    split_at_spaces(text, at..text.len(), &mut found);
    found
}

fn starts_anew(text: &str, gap: &str, current: &[RawToken], next: &RawToken) -> bool {
    let word = &text[next.span.clone()];
    let upper =
        word.starts_with(|c: char| c.is_uppercase() || "“\"‘«(".contains(c) || c.is_numeric());
    if gap.contains('\n')
        && (upper || gap.matches('\n').count() > 1 || next.kind == Kind::Punctuation)
    {
        return true;
    }
    // Closing marks stay with the sentence they close.
    if next.kind == Kind::Punctuation && !word.starts_with(['(', '[', '-', '–', '•', '*']) {
        return false;
    }
    let mut back = current.iter().rev().map(|token| &text[token.span.clone()]);
    let last = back.find(|token| !matches!(*token, ")" | "]" | "”" | "’" | "\"" | "'"));
    match last {
        Some("!" | "?" | "…") => true,
        Some(".") => {
            upper
                || !gap.is_empty()
                    && word.starts_with(char::is_lowercase)
                    && !is_abbreviation(text, current)
        }
        Some(quote) if quote.ends_with(['”', '"']) && quote.len() > 2 => {
            let inner = quote.trim_end_matches(['”', '"']);
            upper && inner.ends_with(['.', '!', '?'])
        }
        _ => false,
    }
}

/// `Mr.`, `etc.`, `a.m.`: a full stop that need not end a sentence.
fn is_abbreviation(text: &str, current: &[RawToken]) -> bool {
    let before = current.len().checked_sub(2).map(|i| text[current[i].span.clone()].to_lowercase());
    before.is_some_and(|word| {
        word.contains('.')
            || word.len() == 1
            || ["mr", "mrs", "ms", "dr", "etc", "vs", "st", "no", "approx", "jr", "sr"]
                .contains(&word.as_str())
    })
}

fn split_at_spaces(text: &str, range: Range<usize>, found: &mut Vec<RawToken>) {
    let mut start = range.start;
    for (at, c) in text[range.clone()].char_indices() {
        if c.is_whitespace() {
            split_chunk(text, start..range.start + at, found);
            start = range.start + at + c.len_utf8();
        }
    }
    split_chunk(text, start..range.end, found);
}

fn split_chunk(text: &str, range: Range<usize>, found: &mut Vec<RawToken>) {
    let chunk = &text[range.clone()];
    if chunk.len() > 2 && opaque::is_address_or_code(chunk) {
        // Marks around an address are read as marks: they may end the sentence.
        let body = chunk.trim_end_matches(['.', ',', '!', '?', ';', ':']);
        let dotted = body.len() < chunk.len()
            && body.contains('.')
            && !body.contains(['/', '@'])
            && body.len() < 5;
        let end = range.start + if dotted { body.len() + 1 } else { body.len() };
        found.push(RawToken { span: range.start..end, kind: Kind::Opaque });
        found.extend(
            (end..range.end).map(|at| RawToken { span: at..at + 1, kind: Kind::Punctuation }),
        );
        return;
    }
    let mut at = range.start;
    while at < range.end {
        let (length, kind) = next_token(&text[at..range.end]);
        found.push(RawToken { span: at..at + length, kind });
        at += length;
    }
}

/// Length in bytes and kind of the token that `rest`, which is not empty, begins with.
fn next_token(rest: &str) -> (usize, Kind) {
    let first = rest.chars().next().unwrap_or(' ');
    if first.is_ascii_digit() {
        let body = rest
            .find(|c: char| !c.is_alphanumeric() && !".,:%/-".contains(c))
            .unwrap_or(rest.len());
        let number = rest[..body].trim_end_matches(|c: char| ".,:/-".contains(c));
        let compound = number.contains('-') && number.contains(char::is_alphabetic);
        return (number.len(), if compound { Kind::Compound } else { Kind::Number });
    }
    if !first.is_alphabetic() {
        let kind =
            if first.is_ascii() || is_mark(first) { Kind::Punctuation } else { Kind::Opaque };
        return (first.len_utf8(), kind);
    }
    let inside =
        |c: char| c.is_alphanumeric() || is_combining(c) || matches!(c, '\'' | '’' | '-' | '‑');
    let body = rest.find(|c: char| !inside(c)).unwrap_or(rest.len());
    let word = rest[..body].trim_end_matches(['\'', '’', '-', '‑']);
    // Two hyphens are a dash.
    let word = &word[..word.find("--").unwrap_or(word.len())];
    if is_title(word) && rest[word.len()..].starts_with('.') {
        return (word.len() + 1, Kind::Word);
    }
    let kind = if word.chars().nth(LONGEST_WORD).is_some() {
        Kind::Opaque
    } else if word.contains(['-', '‑']) {
        Kind::Compound
    } else {
        Kind::Word
    };
    (word.len(), kind)
}

/// A title that stands before a name; its full stop is part of it: `Mr.`.
pub fn is_title(word: &str) -> bool {
    matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof")
}

fn is_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '–' | '—' | '«' | '»' | '¿' | '¡' | '•' | '·')
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<Vec<&str>> {
        let words = |s: Vec<RawToken>| s.into_iter().map(|t| &text[t.span]).collect();
        sentences(text).into_iter().map(words).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        assert_eq!(split("I go. She goes!"), [vec!["I", "go", "."], vec!["She", "goes", "!"]]);
        assert_eq!(
            split("I go home.Then I sleep."),
            [vec!["I", "go", "home", "."], vec!["Then", "I", "sleep", "."]]
        );
        assert_eq!(split("See www.a.vn. Ok")[1], ["Ok"]);
        assert_eq!(split("at 5 p.m. on Monday").len(), 1);
        assert_eq!(split("Mr. Nam and Dr. Lan"), [["Mr.", "Nam", "and", "Dr.", "Lan"]]);
        assert_eq!(
            split("I met Mr. Nam. He left."),
            [vec!["I", "met", "Mr.", "Nam", "."], vec!["He", "left", "."],]
        );
        assert_eq!(split("one\ntwo\n\nThree").len(), 2);
        assert!(split(" \n ").is_empty());
    }

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        assert_eq!(
            split("I don't have 1,000 well-known books."),
            [["I", "don't", "have", "1,000", "well-known", "books", "."]]
        );
        let kinds: Vec<Kind> =
            tokens("tôi 😀 50% a-b").into_iter().map(|token| token.kind).collect();
        assert_eq!(kinds, [Kind::Word, Kind::Opaque, Kind::Number, Kind::Compound]);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let text = "word ".repeat(1_000);
        assert!(sentences(&text).iter().all(|sentence| sentence.len() <= LONGEST_SENTENCE));
        assert_eq!(tokens(&"a".repeat(10_000))[0].kind, Kind::Opaque);
    }
}
