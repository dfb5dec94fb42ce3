//! Which points of grammar a sentence uses, rightly or wrongly: each concept with the look of its use.

mod clauses;
mod verbs;
mod wording;

use crate::analysis::Sentence;
use std::ops::Range;

/// A use of a concept at some tokens of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    pub concept: &'static str,
    pub tokens: Range<usize>,
}

/// Every use in the sentence: by its verbs, its clauses, its words.
pub fn uses(sentence: &Sentence) -> Vec<Use> {
    let mut found = verbs::uses(sentence);
    found.extend(clauses::uses(sentence));
    found.extend(wording::uses(sentence));
    found
}

#[cfg(test)]
mod tests;
