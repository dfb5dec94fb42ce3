//! What goes on at the moment is in the progressive: `At the moment my parents are visiting my aunt`, `Look! It is raining`.

use crate::{
    analysis::{
        ClauseKind, Sentence, Subject, Tag, VerbGroup,
        time_expressions::TimeKind,
        verb_groups::{Form, Tense},
        words,
    },
    rules::{
        be_form,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct GoingOnNow;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
/// Verbs of states, which have no progressive, and of what takes no time.
const STATES: &str = "be have like love hate know think believe want need mean cost belong seem look contain say hope \
    prefer understand remember feel expect suppose guess agree own see hear own depend matter sound consist exist live \
    work stay lie stand include require offer take do go come start begin end open close sit face lack appear wish \
    provide rank hold serve remain number total get run use make make give let help";

impl Rule for GoingOnNow {
    fn name(&self) -> &'static str {
        "progressive-for-now"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["progressive-now"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predications();
        pairs
            .filter(|(clause, ..)| matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate))
            .filter_map(|(_, group, subject)| find_in(sentence, group, subject?))
            .collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.finite()?;
    let token = &sentence.tokens[verb];
    let times: Vec<_> = sentence.times_of(verb).collect();
    let now = times.iter().find(|time| {
        time.kind == TimeKind::Present
            && (time.tokens.len() > 1 && sentence.word(time.tokens.start) != "these"
                || sentence.word(time.tokens.start) == "currently")
    });
    let clue = match now {
        Some(now) => sentence.original(now.tokens.clone()).to_owned(),
        None => sentence.call.clone()?,
    };
    let simple = group.form == Form::Finite
        && group.tense() == Some(Tense::Present)
        && group.is_simple()
        && !group.is_negated()
        && !group.inverted
        && !token.is_auxiliary();
    let mixed = times.iter().any(|time| time.kind != TimeKind::Present);
    if !simple || mixed || !subject.is_certain || words::among(STATES, &token.lemma) {
        return None;
    }
    let be = be_form::of(subject.person, false)?;
    let form = sentence.lexicon.verb_form(&token.lemma, Tag::Vbg)?;
    let text = format!("{be} {form}");
    let edit = Proposal::new(sentence, verb..verb + 1, &text, (TENSE, "progressive-now"), 0.88);
    Some(edit.with_clue(&clue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_progressive_is_formed() {
        expect(
            &GoingOnNow,
            &[
                (
                    "At the moment my parents visit my aunt.",
                    "At the moment my parents are visiting my aunt.",
                ),
                ("Look! The baby sleeps.", "Look! The baby is sleeping."),
                ("Listen! Somebody plays the piano.", "Listen! Somebody is playing the piano."),
            ],
        );
    }

    #[test]
    fn states_and_habits_stay() {
        stays(
            &GoingOnNow,
            "
            At the moment she knows nothing.
            These days people read less.
            She sings every day.
            Look! He has a dog.
            ",
        );
    }
}
