//! The classifiers' say over rules: a correction that they would at once take back is not made.

use crate::{
    analysis::Sentence,
    confusions::{decision::choices, slots, view::View},
    counts::Counts,
    rules::{
        choice,
        rule::{Proposal, Stage},
    },
};
use std::sync::Arc;

/// Natural log odds from which the classifiers' choice outweighs a rule.
const LEAST: f32 = 4.0;

pub struct Veto {
    pub counts: Arc<Counts>,
}

impl Veto {
    /// True where the classifiers, reading the sentence after the edit, would restore what stood before.
    pub fn falls_on(&self, sentence: &Sentence, stage: Stage, proposal: &Proposal) -> bool {
        if matches!(stage, Stage::Spelling | Stage::Choices) {
            return false;
        }
        let span = sentence.span(proposal.tokens.clone());
        let (before, after) = (&sentence.text[..span.start], &sentence.text[span.end..]);
        let edited = format!("{before}{}{after}", proposal.replacement);
        let read = Sentence::new(&edited, sentence.lexicon);
        let view = View::new(&read);
        choices(&view, &slots(&view), &self.counts).iter().any(|choice| {
            choice.margin >= LEAST
                && choice::edit(&read, choice).is_some_and(|(tokens, restored)| {
                    let span = read.span(tokens);
                    let (before, after) = (&edited[..span.start], &edited[span.end..]);
                    format!("{before}{restored}{after}") == sentence.text
                })
        })
    }
}
