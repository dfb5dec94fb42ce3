//! Variety from sentence to sentence: texts whose sentences all begin alike read like lists.

use crate::analysis::{Sentence, tokenise::Kind};
use std::collections::BTreeSet;

/// Fewer sentences cannot be monotonous.
const LEAST: usize = 3;
/// What a text costs in which every sentence begins with the same word; set by hand, since the ratings that the
/// other figures were checked against are of single sentences.
const MONOTONY: f64 = 0.1;

/// The word that a sentence begins with.
pub fn opener(sentence: &Sentence) -> Option<String> {
    let mut tokens = sentence.tokens.iter();
    tokens
        .find(|token| matches!(token.kind, Kind::Word | Kind::Compound))
        .map(|token| token.lower.clone())
}

/// What the openers of a text's sentences cost, 0..=0.1.
pub fn cost(openers: &[String]) -> f64 {
    if openers.len() < LEAST {
        return 0.0;
    }
    let different: BTreeSet<&String> = openers.iter().collect();
    let share = (different.len() - 1) as f64 / (openers.len() - 1) as f64;
    // Half of the sentences may begin like another: pronouns do.
    MONOTONY * (1.0 - 2.0 * share).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn only_monotony_costs() {
        assert_eq!(cost(&words("i i")), 0.0);
        assert_eq!(cost(&words("i i i i")), MONOTONY);
        assert_eq!(cost(&words("i she then i")), 0.0);
        assert_eq!(cost(&[]), 0.0);
    }
}
