//! What a rule is: a pure look at one sentence that may propose edits.

use crate::analysis::Sentence;
use lexilingo_shared::errant::ErrantType;
use std::ops::Range;

/// The order in which rules see a sentence: later ones judge what earlier ones have put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Spelling,
    WordForm,
    Number,
    /// Before agreement, which would give "start" an -s where "started" is meant.
    Tense,
    Agreement,
    Articles,
    Prepositions,
    Punctuation,
    /// What the classifiers ask for, after every rule.
    Choices,
}

/// One edit that a rule proposes. Both the tokens and the replacement hold at least one character, so that a learner
/// always sees a form and what it should be.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Tokens of the sentence that are replaced.
    pub tokens: Range<usize>,
    pub replacement: String,
    pub errant: ErrantType,
    /// Row of `explanations.rs`.
    pub message: &'static str,
    /// The word that the explanation points at beside the two forms: a subject, a time expression.
    pub clue: String,
    /// The rule's own claim of the probability in 0..=1 that the edit is right; findings carry the calibrated one.
    pub confidence: f64,
}

pub trait Rule: Send + Sync {
    /// Public and stable: `subject-verb-agreement`.
    fn name(&self) -> &'static str;

    fn stage(&self) -> Stage;

    /// The rows of `explanations.rs` that its proposals name.
    fn messages(&self) -> &'static [&'static str];

    fn find(&self, sentence: &Sentence) -> Vec<Proposal>;
}

impl Proposal {
    /// An edit in lower case, given the case of the words that it replaces.
    pub fn new(
        sentence: &Sentence,
        tokens: Range<usize>,
        replacement: &str,
        (errant, message): (ErrantType, &'static str),
        confidence: f64,
    ) -> Proposal {
        let replacement = match_case(sentence.original(tokens.clone()), replacement);
        Proposal { tokens, replacement, errant, message, clue: String::new(), confidence }
    }

    pub fn with_clue(mut self, clue: &str) -> Proposal {
        self.clue = clue.to_owned();
        self
    }
}

/// Writes `replacement` the way `original` was written: `Goes` → `Went`, `GOES` → `WENT`.
pub fn match_case(original: &str, replacement: &str) -> String {
    let mut letters = original.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next().filter(|c| c.is_uppercase()) else {
        return replacement.to_owned();
    };
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) {
        return replacement.to_uppercase();
    }
    let mut chars = replacement.chars();
    let keeps_capital = first == 'I' && original.len() == 1;
    match chars.next() {
        Some(head) if !keeps_capital => head.to_uppercase().chain(chars).collect(),
        _ => replacement.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replacement_is_written_like_the_original() {
        assert_eq!(match_case("Goes", "went"), "Went");
        assert_eq!(match_case("goes", "went"), "went");
        assert_eq!(match_case("GOES", "went"), "WENT");
        assert_eq!(match_case("A", "an"), "An");
        assert_eq!(match_case("5", "five"), "five");
    }
}
