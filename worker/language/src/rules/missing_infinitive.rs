//! `To` before a verb that says for what: `difficult to finish`, `too heavy to carry`, `old enough to drive`, `so that I can`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingInfinitive;

const FORM: ErrantType = ErrantType::missing(Category::VerbForm);
const WRONG: ErrantType = ErrantType::replacement(Category::VerbForm);
/// Adjectives of "It is … to".
const JUDGING: &str = "difficult hard easy important necessary possible impossible better best nice useful helpful \
    dangerous safe interesting essential convenient";

impl Rule for MissingInfinitive {
    fn name(&self) -> &'static str {
        "missing-infinitive"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-infinitive", "infinitive-for-purpose", "would-like-to"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (2..sentence.tokens.len())
            .filter_map(|verb| {
                after_adjective(sentence, verb)
                    .or_else(|| for_verb(sentence, verb))
                    .or_else(|| would_like(sentence, verb))
            })
            .collect()
    }
}

/// A verb that can be no noun here: what follows is its object, or the word is hardly a noun.
fn is_verb(sentence: &Sentence, at: usize) -> bool {
    let object = sentence.noun_phrase_at(at + 1).is_some_and(|phrase| {
        phrase.tokens.start == at + 1 && (phrase.determiner.is_some() || phrase.is_pronoun())
    });
    let verb = sentence.has(at, Facts::BASE | Facts::USUAL_VERB) && !sentence.is_capitalised(at);
    noun_chain::is_base_verb(sentence, at)
        && (sentence.has(at, Facts::RATHER_VERB)
            || !sentence.any(at, Facts::SINGULAR | Facts::ADJECTIVE))
        || verb && object && !sentence.has(at, Facts::PREPOSITION)
}

/// "It is difficult finish", "too heavy carry", "old enough drive", "able speak".
fn after_adjective(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let before = sentence.word(verb - 1);
    let two = sentence.at(verb, -2);
    let be = |at: isize| words::among("is was it's be isn't wasn't", sentence.at(verb, at));
    let graded = words::among("very so too more really quite not", two);
    let judged = words::among(JUDGING, before)
        && (be(-2) && (sentence.at(verb, -3) == "it" || two == "it's")
            || graded
                && be(-3)
                && (sentence.at(verb, -4) == "it" || sentence.at(verb, -3) == "it's"));
    let too = two == "too"
        && sentence.tagged(verb - 1, Tag::is_adjective)
        && words::among("is are was were am i'm he's she's it's", sentence.at(verb, -3));
    let enough = before == "enough" && sentence.tagged(verb - 2, Tag::is_adjective);
    let able = before == "able" && verb > 2 && sentence.tokens[verb - 2].lemma == "be";
    let plain = is_verb(sentence, verb) || sentence.word(verb) == "be";
    // "for students learn": what the adjective is said of lies between.
    let far = for_whom(sentence, verb);
    if !plain || !(judged || too || enough || able || far) {
        return None;
    }
    let to = format!("to {}", sentence.word(verb));
    let kind = (FORM, "missing-infinitive");
    let edit = Proposal::new(sentence, verb..verb + 1, &to, kind, 0.9);
    Some(edit.with_clue(sentence.original(verb - 1..verb)))
}

/// "It is important for students learn": true for the verb right after the person.
fn for_whom(sentence: &Sentence, verb: usize) -> bool {
    let Some(phrase) = sentence.noun_phrase_at(verb - 1).filter(|phrase| phrase.tokens.end == verb)
    else {
        return false;
    };
    let Some(preposition) = phrase.tokens.start.checked_sub(1) else { return false };
    sentence.word(preposition) == "for"
        && preposition > 0
        && words::among(JUDGING, sentence.word(preposition - 1))
        && words::among("it it's", sentence.word(0))
        && sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp))
}

/// "study hard for pass the exam", "too tired for go out", "in order pass".
fn for_verb(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let before = sentence.word(verb - 1);
    let too = before == "for" && verb > 3 && sentence.word(verb - 3) == "too";
    let purpose = before == "for"
        && sentence
            .noun_phrase_at(verb + 1)
            .is_some_and(|phrase| phrase.tokens.start == verb + 1 && phrase.determiner.is_some())
        && !words::among(
            "thank thanks sorry famous responsible known blame you apologize apologise ready",
            sentence.at(verb, -2),
        );
    let order = before == "order" && sentence.at(verb, -2) == "in";
    let that =
        before == "that" && sentence.at(verb, -2) == "order" && sentence.at(verb, -3) == "in";
    let plain = sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && (sentence.has(verb, Facts::RATHER_VERB)
            || sentence.tagged(verb, |tag| matches!(tag, Tag::Vb | Tag::Vbp)))
        && !sentence.is_capitalised(verb);
    if !plain || !(too || purpose || order || that) {
        return None;
    }
    let from = verb - usize::from(before != "order");
    let to = format!("to {}", sentence.word(verb));
    let kind = (WRONG, "infinitive-for-purpose");
    let edit = Proposal::new(sentence, from..verb + 1, &to, kind, 0.9);
    Some(edit.with_clue(sentence.original(verb..verb + 1)))
}

/// "I would like going", "Would you like drink something?".
fn would_like(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let like = verb - 1;
    let would = words::among("would i'd we'd he'd she'd they'd you'd", sentence.at(like, -1))
        || words::is_subject_pronoun(sentence.at(like, -1)) && sentence.at(like, -2) == "would";
    let ing =
        sentence.tagged(verb, |tag| tag == Tag::Vbg) && !sentence.has(verb, Facts::USUAL_NOUN);
    let asks = words::is_subject_pronoun(sentence.at(like, -1));
    let object =
        sentence.noun_phrase_at(verb + 1).is_some_and(|phrase| phrase.tokens.start == verb + 1);
    let plain = asks
        && sentence.has(verb, Facts::BASE | Facts::USUAL_VERB)
        && (object || noun_chain::is_base_verb(sentence, verb))
        && !sentence.tagged(verb, Tag::is_adjective);
    if sentence.word(like) != "like" || !would || !(ing || plain) {
        return None;
    }
    let base = noun_chain::base_of(sentence, verb)?;
    let to = format!("to {base}");
    let edit = Proposal::new(sentence, verb..verb + 1, &to, (WRONG, "would-like-to"), 0.92);
    Some(edit.with_clue("would like"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn to_is_put_in() {
        expect(
            &MissingInfinitive,
            &[
                (
                    "It is difficult finish the work on time.",
                    "It is difficult to finish the work on time.",
                ),
                ("He is old enough drive a car.", "He is old enough to drive a car."),
                ("We are able speak English.", "We are able to speak English."),
                ("I study hard for pass the exam.", "I study hard to pass the exam."),
                ("I would like going to Japan.", "I would like to go to Japan."),
                (
                    "It is important for students learn English.",
                    "It is important for students to learn English.",
                ),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &MissingInfinitive,
            "
            It is hard work.
            It is too late.
            I have enough work.
            He is known for his help.
            Would you like coffee?
            It is good exercise.
            ",
        );
    }
}
