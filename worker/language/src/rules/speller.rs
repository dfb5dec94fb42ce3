//! Candidates for a word that is in no dictionary: the words of the counted text that are written much like it.

use crate::{
    counts::Counts,
    rules::edit_distance::{LONGEST, distance, sounds_like},
};
use std::sync::Arc;

/// The words that a misspelling may have been meant for.
pub struct Speller {
    pub counts: Arc<Counts>,
    /// By length in bytes.
    by_length: Vec<Vec<Candidate>>,
}

struct Candidate {
    word: &'static str,
    /// Which letters occur, a bit each.
    letters: u32,
    /// Its first two letters, beside the others so that most candidates are refused without a look at their word.
    begin: [u8; 2],
}

/// A candidate with what writing it so wrong costs (`edit_distance`).
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub word: &'static str,
    pub cost: f32,
}

/// Words of the dictionary that occur less often are nobody's slip; others must occur more often to be words at all.
const RAREST: u32 = 4;
const RAREST_UNLISTED: u32 = 40;

impl Speller {
    pub fn new(counts: Arc<Counts>) -> Speller {
        let mut by_length: Vec<Vec<Candidate>> = (0..=LONGEST).map(|_| Vec::new()).collect();
        for entry in counts.vocabulary.words() {
            let rarest = if entry.in_dictionary { RAREST } else { RAREST_UNLISTED };
            let plain = entry.word.bytes().all(|b| b.is_ascii_lowercase());
            if plain
                && entry.count >= rarest
                && entry.capital_tenths < 8
                && let Some(same_length) = by_length.get_mut(entry.word.len())
            {
                let letters = letters(entry.word);
                same_length.push(Candidate { word: entry.word, letters, begin: begin(entry.word) });
            }
        }
        Speller { counts, by_length }
    }

    /// Words within about two slips of `word`, in no order; longer words may be further off. Empty for what is not
    /// written in lower-case letters.
    pub fn suggestions(&self, word: &str) -> Vec<Suggestion> {
        let length = word.len();
        if !(2..=LONGEST).contains(&length) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return Vec::new();
        }
        let (letters, begin, limit) = (letters(word), begin(word), limit_for(length));
        let lengths = length.saturating_sub(2).max(1)..=(length + 2).min(LONGEST);
        let near = |candidate: &&Candidate| {
            (candidate.letters ^ letters).count_ones() <= 4 && may_begin(begin, candidate.begin)
        };
        self.by_length[lengths]
            .iter()
            .flatten()
            .filter(near)
            .filter_map(|candidate| {
                let cost = distance(word.as_bytes(), candidate.word.as_bytes(), limit)?;
                (cost > 0.0).then_some(Suggestion { word: candidate.word, cost })
            })
            .collect()
    }
}

/// A first letter is rarely wrong: it may be missing, one too many or in the second place, or sound alike.
fn may_begin(written: [u8; 2], meant: [u8; 2]) -> bool {
    let ([a, second_a], [b, second_b]) = (written, meant);
    a == b || second_a == b || second_b == a || sounds_like(a) == sounds_like(b)
}

/// The first two letters; 0 where there is none.
fn begin(word: &str) -> [u8; 2] {
    let mut letters = word.bytes();
    [letters.next().unwrap_or(0), letters.next().unwrap_or(0)]
}

/// Greatest cost of a correction, by the length of what was written.
fn limit_for(length: usize) -> f32 {
    match length {
        0..=3 => 1.3,
        4 => 1.6,
        5 | 6 => 2.0,
        7 | 8 => 2.4,
        _ => 2.9,
    }
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, b| mask | 1 << (b - b'a'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_was_meant_is_among_the_nearest() {
        let speller = Speller::new(Arc::new(Counts::load()));
        for (wrong, right) in [
            ("recieve", "receive"),
            ("freind", "friend"),
            ("beautifull", "beautiful"),
            ("enviroment", "environment"),
            ("becuase", "because"),
            ("tommorow", "tomorrow"),
            ("goverment", "government"),
            ("teh", "the"),
            ("definately", "definitely"),
            ("diffrent", "different"),
            ("knowlege", "knowledge"),
        ] {
            let mut found = speller.suggestions(wrong);
            found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
            assert!(found.iter().take(4).any(|s| s.word == right), "{wrong}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_english_word_has_no_candidates() {
        let speller = Speller::new(Arc::new(Counts::load()));
        for word in ["xyzzyq", "ơi", "", "a", "42", "qqqqqqqq"] {
            assert_eq!(speller.suggestions(word), [], "{word}");
        }
    }
}
