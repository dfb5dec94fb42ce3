//! What began in the past and still holds is in the perfect: `I have lived here since 2010`.

use crate::{
    analysis::{
        Person, Sentence, Subject, Tag, VerbGroup,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Form, Tense},
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PresentSince;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for PresentSince {
    fn name(&self) -> &'static str {
        "present-with-since"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["present-since"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence
            .predications()
            .filter_map(|(_, group, subject)| find_in(sentence, group, subject?))
            .collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.finite()?;
    let lemma = &sentence.tokens[verb].lemma;
    let since = sentence.times_of(verb).find(|time| {
        // "I sleep for eight hours" is a habit; knowing is none.
        time.kind == TimeKind::Since || time.kind == TimeKind::Duration && lemma == "know"
    })?;
    let plain = group.is_simple()
        && group.aspect == Aspect::Simple
        && group.form == Form::Finite
        && group.tense() == Some(Tense::Present)
        && !group.is_negated()
        && !group.inverted;
    if !plain || sentence.tokens[verb].clitic().is_some() {
        return None;
    }
    let have = match subject.person {
        Person::Third => "has",
        Person::First | Person::Plural => "have",
        _ => return None,
    };
    let participle = sentence.lexicon.verb_form(lemma, Tag::Vbn)?;
    let corrected = format!("{have} {participle}");
    let edit = Proposal::new(sentence, verb..verb + 1, &corrected, (TENSE, "present-since"), 0.93);
    Some(edit.with_clue(sentence.original(since.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_present_becomes_the_perfect() {
        expect(
            &PresentSince,
            &[
                ("She works here since 2015.", "She has worked here since 2015."),
                ("We know them for five years.", "We have known them for five years."),
                ("They are in Hanoi since Monday.", "They have been in Hanoi since Monday."),
            ],
        );
    }

    #[test]
    fn other_presents_stay() {
        stays(
            &PresentSince,
            "
            I have lived here since 2010.
            I sleep for eight hours.
            Since he is ill, he stays at home.
            We run for an hour every day.
            ",
        );
    }
}
