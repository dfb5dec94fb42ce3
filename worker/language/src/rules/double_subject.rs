//! A subject is named once: `My father works`, not `My father he works`.

use crate::{
    analysis::{NounPhrase, Sentence, noun_phrases::Number, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct DoubleSubject;

const EXTRA: ErrantType = ErrantType::unnecessary(Category::Pron);

impl Rule for DoubleSubject {
    fn name(&self) -> &'static str {
        "double-subject"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["double-subject"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let phrases = sentence.noun_phrases.iter();
        phrases.filter_map(|phrase| find_in(sentence, phrase)).collect()
    }
}

fn find_in(sentence: &Sentence, phrase: &NounPhrase) -> Option<Proposal> {
    let pronoun = phrase.tokens.end;
    let agrees = match sentence.at(pronoun, 0) {
        "he" | "she" | "it" => !phrase.is_plural(),
        "they" => phrase.is_plural() || phrase.number == Number::Either,
        _ => false,
    };
    let opens = phrase.tokens.start == 0
        || words::among("and but because so that", sentence.word(phrase.tokens.start - 1));
    let known = phrase.is_definite() && !phrase.is_pronoun();
    let group = sentence.verb_group_at(pronoun + 1).filter(|group| group.is_finite())?;
    // "The book it mentions is old": a second verb makes it a clause that describes the noun.
    let others = sentence
        .verb_groups
        .iter()
        .filter(|other| other.is_finite() && other.tokens.start > group.tokens.start);
    let sole = others.count() == 0 && group.tokens.end + 1 < sentence.tokens.len();
    if !agrees || !opens || !known || !sole || group.tokens.start != pronoun + 1 {
        return None;
    }
    let head = pronoun - 1;
    let kept = sentence.original(head..pronoun).to_owned();
    let mut edit =
        Proposal::new(sentence, head..pronoun + 1, &kept, (EXTRA, "double-subject"), 0.92);
    edit.replacement = kept;
    Some(edit.with_clue(sentence.original(phrase.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_pronoun_goes() {
        expect(
            &DoubleSubject,
            &[
                ("My sister she lives in Hue.", "My sister lives in Hue."),
                ("The house it is very old.", "The house is very old."),
                ("My parents they are farmers.", "My parents are farmers."),
                (
                    "I am happy because my brother he is here now.",
                    "I am happy because my brother is here now.",
                ),
            ],
        );
    }

    #[test]
    fn clauses_that_describe_a_noun_stay() {
        stays(
            &DoubleSubject,
            "
            The book it mentions is very old.
            The man she loves is rich.
            My father works in a factory.
            When my father comes home, he cooks.
            The song they sang was beautiful.
            I know the house they bought.
            ",
        );
    }
}
