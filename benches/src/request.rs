//! Requests as learners would make them: sixty words, some of them wrong, never the same text twice.

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};

pub const PATH: &str = "/api/v1/ai/analyze";

const WHO: [&str; 8] = [
    "My friend goes",
    "My sister go",
    "Our teacher walks",
    "The students goes",
    "His brother drives",
    "Her parents travels",
    "The old man comes",
    "My cousin went",
];
const WHERE: [&str; 8] = [
    "to the market",
    "to a school",
    "to the museum",
    "to an office",
    "to the beach",
    "to the library",
    "to a university",
    "to the station",
];
const WITH: [&str; 8] = [
    "with two friend",
    "with many books",
    "with a apple",
    "with some money",
    "with much bags",
    "with her camera",
    "with three cat",
    "with my family",
];
const WHEN: [&str; 8] = [
    "yesterday.",
    "every day.",
    "last week.",
    "in summer.",
    "on Monday.",
    "at night.",
    "now.",
    "in 2019.",
];
/// Words of a text.
pub const WORDS: usize = 60;
/// Turns that a session gets before the next begins.
pub const TURNS: u64 = 5;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A text that was not asked about before, of exactly sixty words.
pub fn text(seed: u64) -> String {
    let mut random = StdRng::seed_from_u64(seed);
    let mut pick = |from: [&'static str; 8]| from[random.random_range(0..from.len())];
    let mut words: Vec<&str> = Vec::with_capacity(WORDS + 12);
    while words.len() < WORDS {
        for part in [pick(WHO), pick(WHERE), pick(WITH), pick(WHEN)] {
            words.extend(part.split(' '));
        }
    }
    words.truncate(WORDS);
    words.join(" ")
}

/// Somebody who writes one text after the other.
pub struct Author {
    number: u64,
    turn: u64,
}

impl Author {
    pub fn new() -> Author {
        Author { number: NEXT.fetch_add(1, Ordering::Relaxed), turn: 0 }
    }

    /// The next request's body; its text is new.
    pub fn write(&mut self) -> String {
        let text = text(NEXT.fetch_add(1, Ordering::Relaxed));
        self.repeat(&text)
    }

    /// A request with this text.
    pub fn repeat(&mut self, text: &str) -> String {
        self.turn += 1;
        let session = format!("bench-{}-{}", self.number, self.turn / TURNS);
        json!({"text": text, "session_id": session, "input_type": "text",
               "learner_profile": {"level": "A2"}})
        .to_string()
    }
}

impl Default for Author {
    fn default() -> Self {
        Author::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_sixty_words_and_differ() {
        assert_eq!(text(1).split(' ').count(), WORDS);
        let texts: std::collections::BTreeSet<String> = (0..2000).map(text).collect();
        assert_eq!(texts.len(), 2000);
    }
}
