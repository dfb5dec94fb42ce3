//! `Just`, `already`, `never` and `recently` stand between have and its participle: `They have just bought it`.

use crate::{
    analysis::{Sentence, VerbGroup, words},
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PerfectOrder;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);

impl Rule for PerfectOrder {
    fn name(&self) -> &'static str {
        "perfect-order"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["perfect-order"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence.verb_groups.iter().filter_map(|group| find_in(sentence, group)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let have = group.finite()?;
    let adverb = have.checked_sub(1)?;
    let subject = sentence.noun_phrase_at(adverb.checked_sub(1)?)?;
    let perfect = matches!(sentence.word(have), "have" | "has")
        && group.is_perfect()
        && !group.inverted
        && group.verbs.get(1) == Some(&(have + 1));
    let names = subject.is_pronoun() || subject.is_definite() || subject.is_name();
    if !perfect
        || !words::among("just already never recently", sentence.word(adverb))
        || subject.tokens.end != adverb
        || !names
    {
        return None;
    }
    let parts = [have..have + 1, adverb..have];
    let edit = edit::reordered(sentence, &parts, (ORDER, "perfect-order"), 0.9)?;
    Some(edit.with_clue(sentence.original(adverb..have)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_adverb_goes_behind_have() {
        expect(
            &PerfectOrder,
            &[
                (
                    "They just have bought a new apartment.",
                    "They have just bought a new apartment.",
                ),
                ("My brother never has eaten snails.", "My brother has never eaten snails."),
            ],
        );
    }

    #[test]
    fn a_full_verb_have_stays() {
        stays(
            &PerfectOrder,
            "
            I never have time.
            We just have to wait.
            She has already left.
            ",
        );
    }
}
