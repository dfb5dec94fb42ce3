//! Verbs of knowing, wanting and owning have no progressive: `She knows the answer`, not `She is knowing`.

use crate::{
    analysis::{
        Person, Sentence, Subject, Tag, VerbGroup,
        verb_groups::{Aspect, Tense, Voice},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct StativeProgressive;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
const STATES: &str = "know want like understand believe belong own prefer need contain seem agree";
/// Verbs of a day's habits; what changes goes well with the progressive: "It is getting better every day".
const HABITS: &str = "go come cook eat drink play watch study read write wash clean help visit do have wake walk run \
    drive ride take listen practise practice cycle swim buy drop brush";

impl Rule for StativeProgressive {
    fn name(&self) -> &'static str {
        "simple-for-progressive"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["stative-progressive", "habit-progressive"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predicates_with_subject();
        pairs.filter_map(|(group, subject)| find_in(sentence, group, subject)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let (be, verb) = (group.finite()?, group.main());
    let progressive = group.aspect == Aspect::Progressive
        && group.voice == Voice::Active
        && group.verbs.len() == 2
        && !group.inverted
        && !group.is_negated()
        && sentence.tokens[be].clitic().is_none();
    if !progressive {
        return negated(sentence, group, subject);
    }
    let lemma = sentence.tokens[verb].lemma.as_str();
    let past = group.tense()? == Tense::Past;
    let adverb = (be + 1 == verb - 1).then(|| sentence.word(be + 1));
    let before = sentence.at(be, -1);
    let frequency = "usually often rarely seldom sometimes";
    let next = sentence.tag(verb + 1);
    // "He is very understanding", "found wanting": an object, or `to`, shows the verb.
    let object = sentence
        .noun_phrase_at(verb + 1)
        .is_some_and(|phrase| phrase.tokens.start == verb + 1 && !phrase.is_bare())
        || next == Some(Tag::To);
    let state = words::among(STATES, lemma)
        && (object || matches!(lemma, "belong" | "agree"))
        && (adverb.is_none() || adverb.is_some_and(words::is_middle_adverb));
    let habit = !past
        && words::among(HABITS, lemma)
        && subject.is_certain
        && (adverb.is_some_and(|word| words::among(frequency, word))
            || verb == be + 1 && (words::among(frequency, before) || every_day(sentence, verb)));
    if !state && !habit {
        return None;
    }
    let form = match (past, subject.person) {
        (true, _) => sentence.lexicon.past(lemma)?,
        (_, Person::Third) => sentence.lexicon.third(lemma),
        (_, Person::First | Person::Plural) => lemma.to_owned(),
        _ => return None,
    };
    let message = if state { "stative-progressive" } else { "habit-progressive" };
    let corrected = adverb.map_or(form.clone(), |adverb| format!("{adverb} {form}"));
    let edit = Proposal::new(sentence, be..verb + 1, &corrected, (TENSE, message), 0.9);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// "I am not understanding why" → "do not understand".
fn negated(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let (be, verb) = (group.finite()?, group.main());
    let lemma = sentence.tokens[verb].lemma.as_str();
    let state = words::among(
        "understand know believe like want need agree remember own belong hate",
        lemma,
    );
    let plain = group.aspect == Aspect::Progressive
        && group.verbs.len() == 2
        && !group.inverted
        && sentence.tokens[be].clitic().is_none()
        && sentence.word(be + 1) == "not"
        && verb == be + 2;
    if !state || !plain || sentence.tokens.get(verb + 1)?.tag.is_mark() {
        return None;
    }
    let aux = match (group.tense()?, subject.person) {
        (Tense::Past, _) => "did",
        (_, Person::Third) => "does",
        (_, Person::First | Person::Plural) => "do",
        _ => return None,
    };
    let text = format!("{aux} not {lemma}");
    let edit = Proposal::new(sentence, be..verb + 1, &text, (TENSE, "stative-progressive"), 0.9);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// `every day` at an end of the sentence, and nothing about these days.
fn every_day(sentence: &Sentence, verb: usize) -> bool {
    let bounded = sentence.tokens.iter().any(|token| {
        words::among(
            "now this these currently today month week when while until moment",
            &token.lower,
        )
    });
    let every = sentence.times_of(verb).any(|time| {
        sentence.word(time.tokens.start) == "every"
            && (time.tokens.start == 0
                || sentence.tokens.get(time.tokens.end).is_none_or(|token| token.tag.is_mark()))
    });
    every && !bounded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn states_and_habits_are_simple() {
        expect(
            &StativeProgressive,
            &[
                ("She is knowing the answer.", "She knows the answer."),
                ("They are wanting to go home.", "They want to go home."),
                ("I am usually going to school by bus.", "I usually go to school by bus."),
                ("He is often playing games at night.", "He often plays games at night."),
            ],
        );
    }

    #[test]
    fn what_goes_on_stays() {
        stays(
            &StativeProgressive,
            "
            She is cooking dinner now.
            He is a very understanding man.
            I have been wanting to meet you.
            It is getting better every day.
            This week I am cooking dinner every day.
            ",
        );
    }
}
