//! A second verb about a person needs `who`: `a friend who speaks`, `Students who have good marks can apply`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        edit,
        relative_clause::is_person,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingWho;

const MISSING: (ErrantType, &str) = (ErrantType::missing(Category::Pron), "who-missing");

impl Rule for MissingWho {
    fn name(&self) -> &'static str {
        "missing-who"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["who-missing"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens
            .filter_map(|i| who_missing(sentence, i).or_else(|| who_of_many(sentence, i)))
            .collect()
    }
}

/// `I have a friend speaks four languages`, `There is a man wants to see you`.
fn who_missing(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let noun = verb - 1;
    if sentence.tag(verb) != Some(Tag::Vbz)
        || !words::is_person(sentence.word(noun))
        || words::is_auxiliary(sentence.word(verb))
    {
        return None;
    }
    let phrase = sentence.noun_phrase_at(noun).filter(|phrase| phrase.tokens.end == verb)?;
    let one = phrase.determiner.is_some_and(|at| matches!(sentence.word(at), "a" | "an"));
    let before = phrase.tokens.start.checked_sub(1)?;
    let has = matches!(sentence.tokens[before].lemma.as_str(), "have" | "know")
        && before > 0
        && words::is_subject_pronoun(sentence.word(before - 1));
    let exists =
        words::is_be(sentence.word(before)) && before > 0 && sentence.word(before - 1) == "there";
    (one && (has || exists)).then(|| {
        edit::inserted(sentence, verb, "who", MISSING, 0.88)
            .with_clue(sentence.original(noun..verb))
    })
}

/// `Students have good marks can apply`: the second verb, a modal, is that of the sentence.
fn who_of_many(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let phrase = sentence.noun_phrase_at(0).filter(|phrase| phrase.tokens == (0..verb))?;
    let persons = phrase.is_plural() && is_person(sentence.word(phrase.head));
    let acts = matches!(sentence.tag(verb), Some(Tag::Vbp | Tag::Vb))
        && !words::is_modal(sentence.word(verb));
    if !persons || !acts || words::is_be(sentence.word(verb)) {
        return None;
    }
    let object =
        sentence.noun_phrase_at(verb + 1).filter(|phrase| phrase.tokens.start == verb + 1)?;
    let modal = object.tokens.end;
    let second = matches!(sentence.word(modal), "can" | "will" | "should" | "must" | "may")
        && sentence.has(modal + 1, Facts::BASE);
    (second && !object.is_pronoun() && !is_person(sentence.word(object.head))).then(|| {
        edit::inserted(sentence, verb, "who", MISSING, 0.88).with_clue(sentence.original(0..verb))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_second_verb_gets_its_pronoun() {
        expect(
            &MissingWho,
            &[
                (
                    "I have a friend speaks four languages.",
                    "I have a friend who speaks four languages.",
                ),
                ("Students have good marks can apply.", "Students who have good marks can apply."),
            ],
        );
    }

    #[test]
    fn one_verb_stays() {
        stays(
            &MissingWho,
            "
            A friend speaks four languages.
            Students have good marks and can apply.
            I have a friend who speaks four languages.
            ",
        );
    }
}
