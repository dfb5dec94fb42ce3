//! How likely a word is after two others: trigram probabilities with backoff from counts of open text.
//!
//! `lexilingo-train counts` makes the tables (`worker/training/README.md`).

pub mod table;
pub mod vocabulary;

use crate::{analysis::tokenise::Kind, hash};
use std::ops::Range;
use table::Table;
use vocabulary::Vocabulary;

/// Stands before the first and after the last word of a sentence.
pub const EDGE: u64 = 2;
/// Natural log probability of a word that the text did not hold.
const UNSEEN: f32 = -15.5;
/// Keys of backoff weights differ from those of probabilities by this.
const BACKOFF: u64 = 0xb0ff;

pub struct Counts {
    pub vocabulary: Vocabulary,
    table: Table,
}

/// The key of a token: numbers share theirs, years and what may not be judged have their own.
pub fn key(lower: &str, kind: Kind) -> u64 {
    match kind {
        Kind::Number if lower.len() == 4 && lower.bytes().all(|b| b.is_ascii_digit()) => {
            hash::word("!year")
        }
        Kind::Number => hash::word("!number"),
        Kind::Opaque => hash::word("!opaque"),
        Kind::Word | Kind::Compound | Kind::Punctuation => hash::word(lower),
    }
}

/// The table's key of a pair's or a triple's probability.
pub fn pair(last: u64, word: u64) -> u64 {
    hash::mix(hash::mix(last, 1), word)
}

pub fn triple(second: u64, last: u64, word: u64) -> u64 {
    hash::mix(pair(second, last) ^ 0x55, word)
}

/// The table's key of the weight with which a context leaves it to the shorter one.
pub fn backoff(context: u64) -> u64 {
    hash::mix(context, BACKOFF)
}

impl Counts {
    /// Parses the vocabulary (some ten milliseconds); the table is read in place.
    pub fn load() -> Counts {
        Counts { vocabulary: Vocabulary::load(), table: Table::embedded() }
    }

    /// Natural log probability of `word` after `context` (the word before the last, the last), in about -16..=0.
    pub fn log_prob(&self, context: [u64; 2], word: u64) -> f32 {
        let [second, last] = context;
        if let Some(found) = self.table.get(triple(second, last, word)) {
            return found;
        }
        let mut left_over = self.table.get(backoff(pair(second, last))).unwrap_or(0.0);
        if let Some(found) = self.table.get(pair(last, word)) {
            return left_over + found;
        }
        left_over += self.table.get(backoff(last)).unwrap_or(0.0);
        left_over + self.vocabulary.log_prob(word).unwrap_or(UNSEEN)
    }

    /// True where the text held the two words side by side often enough to be kept.
    pub fn knows_pair(&self, last: u64, word: u64) -> bool {
        self.table.get(pair(last, word)).is_some()
    }

    /// By how much the log probability of a sentence grows when the keys `range` become `replacement`.
    pub fn change(&self, keys: &[u64], range: Range<usize>, replacement: &[u64]) -> f32 {
        let after = |at: usize| keys.get(at).copied().unwrap_or(EDGE);
        let before = |back: usize| range.start.checked_sub(back).map_or(EDGE, &after);
        let sum = |middle: &[u64]| {
            let mut context = [before(2), before(1)];
            let mut sum = 0.0;
            let following = [after(range.end), after(range.end + 1)];
            for word in middle.iter().chain(&following) {
                sum += self.log_prob(context, *word);
                context = [context[1], *word];
            }
            sum
        };
        sum(replacement) - sum(&keys[range.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<u64> {
        text.split(' ').map(hash::word).collect()
    }

    #[test]
    fn usual_phrases_are_likelier_than_unusual_ones() {
        let counts = Counts::load();
        for (text, at, better) in [
            ("I went to the shcool .", 4, "school"),
            ("he is good on English .", 3, "at"),
            ("I am interested on music .", 3, "in"),
        ] {
            let keys = keys(&text.to_lowercase());
            assert!(counts.change(&keys, at..at + 1, &[hash::word(better)]) > 1.0, "{text}");
        }
    }

    #[test]
    fn no_change_changes_nothing() {
        let counts = Counts::load();
        let keys = keys("this is a house .");
        assert_eq!(counts.change(&keys, 1..3, &keys[1..3]), 0.0);
        assert_eq!(counts.change(&keys, 5..5, &[]), 0.0);
    }

    #[test]
    fn the_probabilities_of_all_words_are_at_most_one() {
        let counts = Counts::load();
        let context = [hash::word("in"), hash::word("the")];
        let total: f32 = counts
            .vocabulary
            .words()
            .map(|w| counts.log_prob(context, hash::word(w.word)).exp())
            .sum();
        assert!((0.7..1.2).contains(&total), "{total}");
    }
}
