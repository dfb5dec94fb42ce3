//! The classifiers' say over rules: a correction that they would at once take back is not made.

use crate::{
    analysis::Sentence,
    counts::Counts,
    rules::{choice, rule::Proposal},
};
use std::{ops::Range, sync::Arc};

/// Natural log odds from which the classifiers' choice outweighs a rule.
const LEAST: f32 = 4.0;

pub struct Veto {
    pub counts: Arc<Counts>,
}

impl Veto {
    /// For each proposal, true where the classifiers, reading the sentence with all of them made, would restore what
    /// stood before. The proposals are sorted and apart; `read` is that sentence, with their replacements at `spans`.
    pub fn falls_on(
        &self,
        sentence: &Sentence,
        proposals: &[&Proposal],
        read: &Sentence,
        spans: &[Range<usize>],
    ) -> Vec<bool> {
        let text = read.text;
        let restored: Vec<(Range<usize>, String)> = read
            .choices(&self.counts)
            .iter()
            .filter(|choice| choice.margin >= LEAST)
            .filter_map(|choice| choice::edit(read, choice))
            .map(|(tokens, replacement)| (read.span(tokens), replacement))
            .collect();
        let restores = |proposal: &Proposal, span: &Range<usize>| {
            let before = sentence.original(proposal.tokens.clone());
            restored.iter().any(|(place, replacement)| {
                let touches = place.start <= span.end && span.start <= place.end;
                let (start, end) = (place.start.min(span.start), place.end.max(span.end));
                let around = |inner: &Range<usize>, middle: &str| {
                    format!("{}{middle}{}", &text[start..inner.start], &text[inner.end..end])
                };
                touches && around(place, replacement) == around(span, before)
            })
        };
        proposals.iter().zip(spans).map(|(proposal, span)| restores(proposal, span)).collect()
    }
}
