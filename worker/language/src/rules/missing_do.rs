//! `not` needs an auxiliary before a full verb: `I do not go`, not `I not go`.

use crate::rules::{
    facts::Facts,
    past_time::{Strength, past_times},
    rule::{Proposal, Rule, Stage},
    subject::{Person, subject_of},
    text::{Sentence, Tag},
    words,
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingDo;

const FORM: ErrantType = ErrantType::missing(Category::Verb);

impl Rule for MissingDo {
    fn name(&self) -> &'static str {
        "missing-do"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-do"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, not: usize) -> Option<Proposal> {
    let before = sentence.at(not, -1);
    if sentence.word(not) != "not" || !words::is_subject_pronoun(before) {
        return None;
    }
    // "suggest that he not go", "it is I, not he": no clause of its own begins here.
    let begins = not == 1
        || matches!(sentence.at(not, -2), "but" | "so" | "because" | "when" | "and" | ",")
        || past_times(sentence).iter().any(|time| time.tokens == (0..not - 1));
    let verb = not + 1;
    let word = sentence.word(verb);
    let usual = sentence.has(verb, Facts::USUAL_VERB)
        && !sentence
            .any(verb, Facts::ADVERB | Facts::PREPOSITION | Facts::USUAL_ADJECTIVE | Facts::ING)
        && (sentence.has(verb, Facts::RATHER_VERB)
            || !sentence.has(verb, Facts::USUAL_NOUN)
            || sentence.tag(verb) == Some(Tag::Verb));
    let past_form = sentence.has(verb, Facts::PAST) && !sentence.has(verb, Facts::BASE);
    let participle_only = sentence.has(verb, Facts::PARTICIPLE) && !sentence.has(verb, Facts::PAST);
    let fits = begins
        && !participle_only
        && !words::is_auxiliary(word)
        && (usual && sentence.any(verb, Facts::BASE | Facts::THIRD | Facts::PAST)
            || word == "like");
    if !fits {
        return None;
    }
    let subject = subject_of(sentence, not)?;
    let base = if sentence.has(verb, Facts::BASE) {
        word.to_owned()
    } else {
        sentence.lexicon.verb_lemma(word)?
    };
    let past = past_form || past_times(sentence).iter().any(|t| t.strength == Strength::Strong);
    let auxiliary = match subject.person {
        _ if past => "did",
        Person::Third => "does",
        Person::First | Person::Plural => "do",
        Person::Either => return None,
    };
    let negated = format!("{auxiliary} not {base}");
    let edit = Proposal::new(sentence, not..verb + 1, &negated, (FORM, "missing-do"), 0.92);
    Some(edit.with_clue(before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &MissingDo,
            &[
                ("I not go to school yesterday.", "I did not go to school yesterday."),
                ("She not like fish.", "She does not like fish."),
                ("They not know him.", "They do not know him."),
                ("He not went home.", "He did not go home."),
                ("I am tired, so I not eat.", "I am tired, so I do not eat."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &MissingDo,
            "
            I do not go.
            They suggest that he not go.
            Should I not go?
            I not only sing but also dance.
            He is not here.
            How could he not know?
            It was he, not I.
            ",
        );
    }
}
