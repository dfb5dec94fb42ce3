//! Who is to do something, and what: `allow us to use`, not `allow us using`; `make him cry`, not `make him crying`.

use crate::{
    analysis::{Sentence, VerbGroup, verb_groups::Form, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ObjectInfinitive;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);
const TAKERS: &str = "allow advise encourage permit ask tell want invite order persuade remind teach force require expect warn enable help";

impl Rule for ObjectInfinitive {
    fn name(&self) -> &'static str {
        "object-infinitive"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["object-infinitive"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence.verb_groups.iter().filter_map(|group| find_in(sentence, group)).collect()
    }
}

/// A verb in -ing or plain, right after the object of a verb that takes `to`.
fn find_in(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let verb = group.main();
    let ing = group.form == Form::Ing && group.verbs.len() == 1;
    let object =
        sentence.noun_phrase_at(verb.checked_sub(1)?).filter(|phrase| phrase.tokens.end == verb)?;
    let governor = object.tokens.start.checked_sub(1)?;
    let lemma = sentence.tokens[governor].lemma.as_str();
    let governs = words::among(TAKERS, lemma)
        && sentence
            .verb_group_at(governor)
            .is_some_and(|own| own.main() == governor && !own.is_passive());
    // "I saw the man standing there" has another verb; "help" takes a plain verb too.
    let person =
        object.is_pronoun() && words::among("me him us them you her", sentence.word(object.head));
    if !ing || !governs || !person {
        return None;
    }
    let base = sentence.lexicon.verb_lemma(sentence.word(verb))?;
    let infinitive = if lemma == "help" { base } else { format!("to {base}") };
    let edit =
        Proposal::new(sentence, verb..verb + 1, &infinitive, (FORM, "object-infinitive"), 0.9);
    Some(edit.with_clue(sentence.original(governor..governor + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn to_and_a_plain_verb_follow_the_object() {
        expect(
            &ObjectInfinitive,
            &[
                (
                    "My boss doesn't allow us using our phones.",
                    "My boss doesn't allow us to use our phones.",
                ),
                ("She asked me helping her.", "She asked me to help her."),
                ("They want him coming early.", "They want him to come early."),
            ],
        );
    }

    #[test]
    fn other_objects_stay() {
        stays(
            &ObjectInfinitive,
            "
            I saw him crossing the road.
            They allow smoking here.
            She kept me waiting for an hour.
            I want you to come.
            ",
        );
    }
}
