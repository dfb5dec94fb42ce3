//! `not` needs an auxiliary before a full verb: `I do not go`, not `I not go`.

use crate::{
    analysis::{
        Clause, Person, Sentence, Subject, VerbGroup, facts::Facts, verb_groups::Tense, words,
    },
    rules::rule::{Proposal, Rule, Stage},
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
        let predications = sentence.predications();
        predications
            .filter_map(|(clause, group, subject)| find_in(sentence, clause, group, subject?))
            .collect()
    }
}

fn find_in(
    sentence: &Sentence,
    clause: &Clause,
    group: &VerbGroup,
    subject: &Subject,
) -> Option<Proposal> {
    let verb = group.finite().filter(|verb| group.is_simple() && !group.inverted && *verb > 0)?;
    let not = verb - 1;
    // "suggest that he not go": a plain verb on purpose.
    let that = clause.opener.is_some_and(|opener| sentence.word(opener) == "that");
    let full = !sentence.tokens[verb].is_auxiliary()
        && sentence.any(verb, Facts::BASE | Facts::THIRD | Facts::PAST);
    let fits = sentence.word(not) == "not"
        && subject.tokens.end == not
        && words::is_subject_pronoun(sentence.word(subject.head))
        && subject.is_certain;
    if !fits || that || !full {
        return None;
    }
    let past =
        group.tense() == Some(Tense::Past) || sentence.times_of(verb).any(|time| time.is_past());
    let auxiliary = match subject.person {
        _ if past => "did",
        Person::Third => "does",
        Person::First | Person::Plural => "do",
        Person::Either => return None,
    };
    let negated = format!("{auxiliary} not {}", sentence.tokens[verb].lemma);
    let edit = Proposal::new(sentence, not..verb + 1, &negated, (FORM, "missing-do"), 0.92);
    Some(edit.with_clue(sentence.original(subject.tokens.clone())))
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
