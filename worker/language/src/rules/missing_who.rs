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
const WHOSE: (ErrantType, &str) = (ErrantType::replacement(Category::Pron), "whose-missing");

impl Rule for MissingWho {
    fn name(&self) -> &'static str {
        "missing-who"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["who-missing", "whose-missing"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens
            .filter_map(|i| {
                who_missing(sentence, i)
                    .or_else(|| who_of_many(sentence, i))
                    .or_else(|| behind_there_be(sentence, i))
                    .or_else(|| second_verb(sentence, i))
                    .or_else(|| whose_missing(sentence, i))
            })
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

/// `I have a friend his father is a pilot` → `whose father`: the owner stands right before.
fn whose_missing(sentence: &Sentence, owner: usize) -> Option<Proposal> {
    let noun = owner - 1;
    let phrase = sentence.noun_phrase_at(noun).filter(|phrase| phrase.tokens.end == owner)?;
    let one = phrase.determiner.is_some_and(|at| matches!(sentence.word(at), "a" | "an" | "some"))
        || phrase.is_plural() && phrase.tokens.start > 1;
    let before = phrase.tokens.start.checked_sub(1)?;
    let met = words::among("have know meet", &sentence.tokens[before].lemma)
        && sentence.tagged(before, Tag::is_verb)
        && before > 0
        && sentence.noun_phrase_at(before - 1).is_some();
    let exists = words::is_be(sentence.word(before)) && sentence.at(before, -1) == "there";
    let owned = sentence.noun_phrase_at(owner).filter(|own| {
        own.tokens.start == owner && words::among("his her their its", sentence.word(owner))
    })?;
    let acts = sentence
        .verb_group_at(owned.tokens.end)
        .is_some_and(|group| group.tokens.start == owned.tokens.end && group.is_finite());
    (one && (met || exists) && acts && is_person(sentence.word(noun))).then(|| {
        Proposal::new(sentence, owner..owner + 1, "whose", WHOSE, 0.88)
            .with_clue(sentence.original(noun..owner))
    })
}

/// `There are many tourists visit Hoi An`, `I know a boy can speak five languages`: a noun that is no subject here.
fn behind_there_be(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let phrase = sentence.noun_phrase_at(verb - 1).filter(|phrase| phrase.tokens.end == verb)?;
    let group = sentence
        .verb_group_at(verb)
        .filter(|group| group.tokens.start == verb && group.is_finite())?;
    let before = phrase.tokens.start.checked_sub(1)?;
    let exists =
        words::is_be(sentence.word(before)) && before > 0 && sentence.word(before - 1) == "there";
    let one = phrase.determiner.is_some_and(|at| matches!(sentence.word(at), "a" | "an"));
    let known = one
        && words::among("have know meet see", &sentence.tokens[before].lemma)
        && sentence.tagged(before, Tag::is_verb)
        && group.modal().is_some();
    // "I like the teacher teaches us history": an object that goes on as a subject.
    let object = matches!(sentence.word(phrase.tokens.start), "a" | "an" | "the" | "some" | "many")
        && words::among(
            "have know meet love like admire hate miss marry need",
            &sentence.tokens[before].lemma,
        )
        && sentence.verb_group_at(before).is_some_and(|group| group.is_finite())
        && sentence.tag(verb) == Some(Tag::Vbz)
        && !sentence.has(verb, Facts::PLURAL | Facts::USUAL_NOUN);
    let known = known || object;
    let person = is_person(sentence.word(phrase.head));
    let acts = !words::is_be(sentence.word(verb))
        && !group.inverted
        && !sentence.tagged(verb, |tag| tag == Tag::Vbn);
    let which = if person { "who" } else { "that" };
    ((exists || known && person) && acts && !phrase.is_pronoun()).then(|| {
        edit::inserted(sentence, verb, which, MISSING, 0.86)
            .with_clue(sentence.original(verb - 1..verb))
    })
}

/// `The people work in this factory are from Hue`: of two finite verbs in one clause the last is the sentence's.
fn second_verb(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let phrase = sentence.noun_phrase_at(0).filter(|phrase| phrase.tokens == (0..verb))?;
    let clause = sentence.clauses.first()?;
    let persons = phrase.is_plural() && is_person(sentence.word(phrase.head));
    let first = sentence
        .verb_group_at(verb)
        .filter(|group| group.is_simple() && group.finite() == Some(verb))?;
    let plain = sentence.tag(verb) == Some(Tag::Vbp) && !sentence.tokens[verb].is_auxiliary();
    let second = sentence
        .verb_groups
        .iter()
        .find(|group| group.is_finite() && group.tokens.start >= first.tokens.end)?;
    let says = words::among(
        "think know say believe hope guess feel see hear tell find",
        &sentence.tokens[verb].lemma,
    );
    // Nothing but what belongs to the first verb stands between.
    let between = (first.tokens.end..second.tokens.start).all(|at| {
        sentence
            .noun_phrase_at(at)
            .is_some_and(|own| !own.is_pronoun() && own.tokens.end <= second.tokens.start)
            || sentence.tag(at) == Some(Tag::In) && !words::opens_clause(sentence.word(at))
            || sentence.tagged(at, Tag::is_adverb)
    });
    let auxiliary = sentence.tokens[second.verbs[0]].is_auxiliary();
    let prepositional = sentence.tag(first.tokens.end) == Some(Tag::In);
    (clause.is_doubtful && persons && plain && !says && between && auxiliary && prepositional).then(
        || {
            edit::inserted(sentence, verb, "who", MISSING, 0.86)
                .with_clue(sentence.original(0..verb))
        },
    )
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
    fn what_the_person_has_is_told_with_whose() {
        expect(
            &MissingWho,
            &[
                (
                    "I have a friend his father is a pilot.",
                    "I have a friend whose father is a pilot.",
                ),
                ("I met a girl her name is Lan.", "I met a girl whose name is Lan."),
            ],
        );
        stays(
            &MissingWho,
            "
            I have a friend and his father is a pilot.
            I told my friend his father was here.
            I gave a friend his book.
            She has a son.
            ",
        );
    }

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
