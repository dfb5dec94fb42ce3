//! Words that no dictionary has and that recur in a text: its names and terms rather than slips.

use crate::analysis::{Sentence, facts::Facts, tokenise::Kind};
use std::collections::{HashMap, HashSet};

/// A slip is seldom made again and again in the same way; learners do make some of them twice.
const OFTEN: usize = 3;

/// The recurring unknown words of a text, in lower case.
#[derive(Debug, Default)]
pub struct Terms {
    names: HashSet<String>,
    repeated: HashSet<String>,
    /// The known words of the text: what is spelt right once is no name.
    known: HashSet<String>,
}

impl Terms {
    /// None where no unknown word recurs.
    pub fn of(sentences: &[Sentence]) -> Option<Terms> {
        let words = || {
            sentences
                .iter()
                .flat_map(|sentence| sentence.tokens.iter().enumerate())
                .filter(|(_, token)| token.kind == Kind::Word)
        };
        // How often it occurs, and whether inside a sentence with a capital.
        let mut seen: HashMap<&str, (usize, bool)> = HashMap::new();
        for (i, token) in words().filter(|(_, token)| !token.facts.has(Facts::KNOWN)) {
            let (count, capital) = seen.entry(&token.lower).or_default();
            *count += 1;
            *capital |= i > 0 && token.capitalised;
        }
        let mut terms = Terms::default();
        for (word, (count, capital)) in seen {
            match () {
                () if count >= 2 && capital => terms.names.insert(word.to_owned()),
                () if count >= OFTEN => terms.repeated.insert(word.to_owned()),
                () => false,
            };
        }
        if terms.names.is_empty() && terms.repeated.is_empty() {
            return None;
        }
        let known = words().filter(|(_, token)| token.facts.has(Facts::KNOWN));
        terms.known = known.map(|(_, token)| token.lower.clone()).collect();
        Some(terms)
    }

    /// A word that has a capital inside a sentence and occurs twice or more, while `right` does not occur.
    pub fn is_name(&self, word: &str, right: &str) -> bool {
        self.names.contains(word) && !self.known.contains(right)
    }

    /// A word that occurs three times or more, while `right` does not occur.
    pub fn is_repeated(&self, word: &str, right: &str) -> bool {
        self.repeated.contains(word) && !self.known.contains(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Lexicon, Text};

    fn of(text: &str) -> Option<Terms> {
        Terms::of(&Text::new(text, &Lexicon::load()).sentences)
    }

    #[test]
    fn what_recurs_with_a_capital_is_a_name_wherever_it_stands() {
        let terms = of("Freinda is my dog. I love Freinda. Every day freinda runs.").unwrap();
        assert!(terms.is_name("freinda", "friend") && !terms.is_repeated("freinda", "friend"));
    }

    #[test]
    fn what_is_also_written_right_is_a_slip() {
        let terms = of("I met Freind. My friend likes Freind.").unwrap();
        assert!(!terms.is_name("freind", "friend") && terms.is_name("freind", "fried"));
    }

    #[test]
    fn few_and_known_words_are_no_terms() {
        for text in ["I recieve it. I recieve it.", "Freinda came.", "I like it. I like it.", ""] {
            assert!(of(text).is_none(), "{text}");
        }
    }
}
