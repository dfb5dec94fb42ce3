//! `Born` needs a form of be: `I was born in Hue`, not `I born in Hue`.

use crate::{
    analysis::{Person, Sentence, words},
    rules::{
        be_form,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct BornWithoutBe;

const MISSING: ErrantType = ErrantType::missing(Category::VerbForm);

impl Rule for BornWithoutBe {
    fn name(&self) -> &'static str {
        "born-without-be"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["born-without-be"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens.filter_map(|at| find_in(sentence, at)).collect()
    }
}

/// "A child born in May is one year old": only a pronoun cannot be described by the participle; another subject lacks
/// its verb where the sentence has no other.
fn find_in(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let subject = sentence.word(at - 1);
    if sentence.word(at) != "born" {
        return None;
    }
    let phrase = sentence.noun_phrase_at(at - 1).filter(|phrase| phrase.tokens == (0..at));
    let alone = phrase.is_some_and(|phrase| phrase.is_definite())
        && sentence.verb_groups.iter().all(|group| {
            let apart = sentence.tokens[at..group.tokens.start.max(at)]
                .iter()
                .any(|token| token.lower == ",");
            group.main() == at || !group.is_finite() || apart
        })
        && sentence.tokens.last().is_some_and(|last| last.lower == ".");
    if !words::is_nominative(subject) && !alone {
        return None;
    }
    let plural = matches!(subject, "we" | "they" | "you")
        || be_form::person_before(sentence, at) == Some(Person::Plural);
    let be = if plural { "were" } else { "was" };
    let (kept, corrected) = (sentence.original(at..at + 1), format!("{be} born"));
    let edit = Proposal::new(sentence, at..at + 1, &corrected, (MISSING, "born-without-be"), 0.96);
    Some(edit.with_clue(kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn be_is_added() {
        expect(
            &BornWithoutBe,
            &[
                ("She born in Hue.", "She was born in Hue."),
                ("My sister born in 2001.", "My sister was born in 2001."),
                ("They born in the same year.", "They were born in the same year."),
            ],
        );
    }

    #[test]
    fn other_uses_stay() {
        stays(
            &BornWithoutBe,
            "
            I was born in 2005.
            A child born in May is one year old.
            He is a born leader.
            My sister born in May
            ",
        );
    }
}
