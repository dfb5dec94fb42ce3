//! What the tagger looks at: the word and its neighbours, endings, shape, dictionary readings, the last two tags.

use crate::{analysis::tag::TokenView, hash};

/// Features of one token; each is a key into the table of weights.
pub const COUNT: usize = 30;

/// The parts of features that need no tags, worked out once a sentence.
pub struct Sentence {
    words: Vec<u64>,
    endings: [Vec<u64>; 3],
    readings: Vec<u64>,
    shapes: Vec<u64>,
}

/// A tag before the first token.
pub const START: u64 = 100;
const BEFORE: u64 = 1;
const AFTER: u64 = 2;

impl Sentence {
    pub fn new(tokens: &[TokenView]) -> Sentence {
        let endings = |length| tokens.iter().map(|t| hash::word(ending(t.lower, length))).collect();
        Sentence {
            words: tokens.iter().map(|t| word(t.lower)).collect(),
            endings: [endings(2), endings(3), endings(4)],
            readings: tokens.iter().map(|t| u64::from(t.facts.bits())).collect(),
            shapes: tokens.iter().map(|t| shape(t.own)).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The features of token `i` after the tags `last` and, before it, `second`.
    pub fn features(&self, i: usize, last: u64, second: u64) -> [u64; COUNT] {
        let mix = hash::mix;
        let word = |offset| near(&self.words, i, offset);
        let reading = |offset| near(&self.readings, i, offset);
        let ending = |offset| near(&self.endings[1], i, offset);
        let (own, readings) = (self.words[i], self.readings[i]);
        let shape = self.shapes[i] | u64::from(i == 0) << 8;
        let parts = [
            0,
            own,
            self.endings[0][i],
            self.endings[1][i],
            self.endings[2][i],
            shape,
            readings,
            last,
            mix(last, second),
            mix(last, own),
            mix(last, readings),
            word(-1),
            word(1),
            word(-2),
            word(2),
            mix(word(-1), own),
            mix(word(1), own),
            ending(-1),
            ending(1),
            mix(last, reading(1)),
            reading(1),
            mix(readings, reading(1)),
            mix(mix(last, second), readings),
            mix(self.endings[1][i], last),
            mix(reading(-1), mix(readings, reading(1))),
            mix(word(-1), word(1)),
            mix(shape, readings),
            mix(shape, last),
            mix(shape, mix(near(&self.shapes, i, 1), near(&self.shapes, i, -1))),
            mix(shape, mix(last, self.endings[0][i])),
        ];
        let mut number = 0;
        parts.map(|part| {
            number += 1;
            mix(mix(number, 0x51), part)
        })
    }
}

fn near(values: &[u64], i: usize, offset: isize) -> u64 {
    match i.checked_add_signed(offset) {
        Some(at) => values.get(at).copied().unwrap_or(AFTER),
        None => BEFORE,
    }
}

/// The key of a word; numbers share theirs, with years apart.
fn word(lower: &str) -> u64 {
    let number = lower.len() > 1 && lower.bytes().all(|b| b.is_ascii_digit() || b",.".contains(&b));
    match () {
        () if number && lower.len() == 4 => hash::word("!year"),
        () if number => hash::word("!number"),
        () => hash::word(lower),
    }
}

/// The last `length` characters, or the whole word.
fn ending(word: &str, length: usize) -> &str {
    let start = word.char_indices().rev().nth(length - 1).map_or(0, |(at, _)| at);
    &word[start..]
}

fn shape(own: &str) -> u64 {
    let first = own.chars().next();
    u64::from(first.is_some_and(char::is_uppercase))
        | u64::from(own.contains(|c: char| c.is_ascii_digit())) << 1
        | u64::from(own.contains('-')) << 2
        | u64::from(own.len() > 1 && own.chars().all(char::is_uppercase)) << 3
        | u64::from(first.is_some_and(|c| !c.is_alphanumeric())) << 4
        | u64::from(own.contains(['\'', '’'])) << 5
}
