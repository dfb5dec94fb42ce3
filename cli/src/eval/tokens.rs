//! From tokens to plain text and back, so that text which a correction leaves alone keeps the tokens of its reference.

use super::alignment::{Block, matching_blocks};
use std::{collections::HashMap, ops::Range};

/// Tokens that stand close to what is before them.
const CLOSE_BEFORE: [&str; 27] = [
    ".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'", "'s", "'S", "'m", "'M", "'d", "'D",
    "'ll", "'re", "'ve", "n't", "N'T", "...", "''", "’", "”", "’s",
];
/// Tokens that stand close to what is behind them.
const CLOSE_BEHIND: [&str; 8] = ["(", "[", "{", "$", "#", "``", "“", "‘"];
const CONTRACTIONS: [&str; 7] = ["n't", "'s", "'m", "'d", "'ll", "'re", "'ve"];
const ABBREVIATIONS: [&str; 17] = [
    "mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "etc.", "e.g.", "i.e.", "u.s.", "u.k.",
    "a.m.", "p.m.", "no.", "jr.", "sr.",
];

/// Treebank tokens as plain text, and the byte range of each token in it.
pub fn joined(tokens: &[String]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(tokens.len());
    let (mut quoted, mut close) = (false, true);
    for token in tokens {
        let written = if matches!(token.as_str(), "``" | "''") { "\"" } else { token };
        let is_quote = token == "\"";
        let sticks = if is_quote { quoted } else { CLOSE_BEFORE.contains(&token.as_str()) };
        if !(close || sticks || text.is_empty()) {
            text.push(' ');
        }
        spans.push(text.len()..text.len() + written.len());
        text.push_str(written);
        close = CLOSE_BEHIND.contains(&token.as_str()) || (is_quote && !quoted);
        quoted ^= is_quote;
    }
    (text, spans)
}

/// Byte ranges of the tokens of plain text, much as the Penn Treebank cuts them.
pub fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = token_length(&text[at..]);
        if length == 0 {
            at += c.len_utf8();
            continue;
        }
        let word = &text[at..at + length];
        let end = at + length;
        let stopped = word.ends_with('.') && word.chars().nth(1).is_some() && word != "...";
        if stopped && (is_last(&text[end..]) || !keeps_its_stop(word)) {
            found.extend(split(text, at..end - 1));
            found.push(end - 1..end);
        } else {
            found.extend(split(text, at..end));
        }
        at = end;
    }
    found
}

fn is_last(rest: &str) -> bool {
    rest.trim_matches([' ', '"', '\'', ')']).is_empty()
}

fn keeps_its_stop(word: &str) -> bool {
    let letters = word.as_bytes().chunks(2);
    let initials =
        letters.into_iter().all(|pair| matches!(pair, [c, b'.'] if c.is_ascii_alphabetic()));
    initials || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bytes of the token at the beginning of `text`, 0 at a blank.
fn token_length(text: &str) -> usize {
    let run = |text: &str, fits: fn(char) -> bool| -> usize {
        text.find(|c: char| !fits(c)).unwrap_or(text.len())
    };
    if text.starts_with("...") {
        return 3;
    }
    let hyphens = run(text, |c| c == '-');
    if hyphens >= 2 {
        return hyphens;
    }
    // Groups of characters with single marks between them.
    let groups = |fits: fn(char) -> bool, marks: &[char]| {
        let mut length = run(text, fits);
        let mut joined = false;
        while length > 0 {
            let Some(mark) = text[length..].chars().next().filter(|c| marks.contains(c)) else {
                break;
            };
            let more = run(&text[length + mark.len_utf8()..], fits);
            if more == 0 {
                break;
            }
            length += mark.len_utf8() + more;
            joined = true;
        }
        (length, joined)
    };
    let (number, joined) = groups(|c| c.is_ascii_digit(), &['.', ',', ':']);
    if joined {
        return number;
    }
    let (word, _) = groups(is_word, &['-', '\'', '’', '.']);
    if word > 0 {
        return word + usize::from(text[word..].starts_with('.'));
    }
    let c = text.chars().next().filter(|c| !c.is_whitespace());
    c.map_or(0, char::len_utf8)
}

/// A word, cut before a contraction; "cannot" is cut after "can".
fn split(text: &str, word: Range<usize>) -> Vec<Range<usize>> {
    if word.is_empty() {
        return Vec::new();
    }
    let written = text[word.clone()].replace('’', "'").to_ascii_lowercase();
    let cut = if written == "cannot" {
        Some(3)
    } else {
        let ending = CONTRACTIONS.iter().find(|ending| written.ends_with(*ending));
        ending.map(|ending| written.chars().count() - ending.len())
    };
    let cut = cut.filter(|cut| *cut > 0);
    let at = cut.and_then(|cut| text[word.clone()].char_indices().nth(cut));
    match at {
        Some((at, _)) => vec![word.start..word.start + at, word.start + at..word.end],
        None => vec![word],
    }
}

/// The tokens of a corrected text, those of the source wherever the text was not changed.
pub fn retokenised(source: &[String], corrected: &str) -> Vec<String> {
    let (text, spans) = joined(source);
    let corrected = corrected.trim();
    if corrected == text {
        return source.to_vec();
    }
    let (ours, theirs) = (tokens(&text), tokens(corrected));
    let before: Vec<&str> = ours.iter().map(|range| &text[range.clone()]).collect();
    let after: Vec<&str> = theirs.iter().map(|range| &corrected[range.clone()]).collect();
    let starts: HashMap<usize, usize> =
        spans.iter().enumerate().map(|(n, span)| (span.start, n)).collect();
    let ends: HashMap<usize, usize> =
        spans.iter().enumerate().map(|(n, span)| (span.end, n)).collect();
    let mut found = Vec::new();
    let mut reached = 0;
    for Block { a, b, size } in matching_blocks(&before, &after) {
        found.extend(after[reached..b].iter().map(|token| (*token).to_owned()));
        reached = b + size;
        let mut at = a;
        while at < a + size {
            let first = starts.get(&ours[at].start);
            // The fewest tokens of ours that end where one of the source does.
            let whole = first.and_then(|first| {
                (at..a + size).find_map(|last| {
                    let end = ends.get(&ours[last].end).filter(|end| *end >= first)?;
                    Some((last, source[*first..=*end].to_vec()))
                })
            });
            match whole {
                Some((last, tokens)) => {
                    found.extend(tokens);
                    at = last + 1;
                }
                None => {
                    found.push(before[at].to_owned());
                    at += 1;
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn tokens_are_joined_as_people_write() {
        let joined = |text: &str| super::joined(&words(text)).0;
        assert_eq!(
            joined("I do n't know , Mr. Lan 's ( new ) book ."),
            "I don't know, Mr. Lan's (new) book."
        );
        assert_eq!(joined("He said \" yes \" and `` no '' ."), "He said \"yes\" and \"no\".");
    }

    #[test]
    fn plain_text_is_cut_as_the_treebank_cuts_it() {
        let cut = |text: &str| -> Vec<String> {
            tokens(text).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(cut("I don't know."), ["I", "do", "n't", "know", "."]);
        assert_eq!(
            cut("You cannot -- at 3.50, Mr. Lan ..."),
            ["You", "can", "not", "--", "at", "3.50", ",", "Mr.", "Lan", "..."]
        );
        assert_eq!(cut("in the U.S. today"), ["in", "the", "U.S.", "today"]);
        assert_eq!(cut("in the U.S."), ["in", "the", "U.S", "."]);
        assert_eq!(cut("well-known"), ["well-known"]);
    }

    #[test]
    fn what_was_not_changed_keeps_the_tokens_of_the_source() {
        let source = words("I goes to 10 % of `` schools '' yesterday .");
        let (text, _) = joined(&source);
        let corrected = text.replace("goes", "went");
        assert_eq!(
            retokenised(&source, &corrected).join(" "),
            "I went to 10 % of `` schools '' yesterday ."
        );
        assert_eq!(retokenised(&source, &text), source);
    }
}
