//! `Very` goes with adjectives and adverbs; a verb takes `really`: `I really like it`, not `I very like it`.

use crate::{
    analysis::{Sentence, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct VeryBeforeVerb;

const ADVERB: ErrantType = ErrantType::replacement(Category::Adv);
/// Verbs of feeling and wishing that learners put `very` before.
const FEELINGS: &str = "like love want hate enjoy need hope miss thank appreciate admire";

impl Rule for VeryBeforeVerb {
    fn name(&self) -> &'static str {
        "very-before-verb"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["very-before-verb"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len().saturating_sub(1);
        tokens.filter_map(|at| find_in(sentence, at)).collect()
    }
}

fn find_in(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let subject = words::is_nominative(sentence.word(at - 1))
        || sentence.noun_phrase_at(at - 1).is_some_and(|phrase| phrase.tokens.end == at);
    let verb = &sentence.tokens[at + 1];
    // "very loved", "very needed": participles may be adjectives.
    let plain = verb.lower == verb.lemma || verb.lower.ends_with('s');
    let feels = words::among(FEELINGS, &verb.lemma) && plain;
    if sentence.word(at) != "very" || !subject || !feels {
        return None;
    }
    let edit = Proposal::new(sentence, at..at + 1, "really", (ADVERB, "very-before-verb"), 0.94);
    Some(edit.with_clue(sentence.original(at + 1..at + 2)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn very_becomes_really() {
        expect(
            &VeryBeforeVerb,
            &[
                ("We very love our teacher.", "We really love our teacher."),
                ("My brother very likes music.", "My brother really likes music."),
            ],
        );
    }

    #[test]
    fn very_with_adjectives_stays() {
        stays(
            &VeryBeforeVerb,
            "
            I like it very much.
            She is very kind.
            This is the very thing I want.
            ",
        );
    }
}
