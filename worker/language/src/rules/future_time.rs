//! What a future time expression dates is in the future: `In the next ten years people will use …`.

use crate::{
    analysis::{
        Clause, ClauseKind, Sentence, Subject, VerbGroup,
        facts::Facts,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Tense},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct FutureTime;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
/// Timetables and plans may be in the present: "The train leaves tomorrow"; so may what is hoped and needed now.
const TIMETABLE: &str = "be have start begin leave arrive open close end finish depart come go return take get hope \
    want plan need intend expect think know wish like love must should mean look";

impl Rule for FutureTime {
    fn name(&self) -> &'static str {
        "future-with-future-time"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["future-time"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence
            .predications()
            .filter(|(clause, ..)| {
                matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate)
                    || is_thought(sentence, clause)
            })
            .filter_map(|(_, group, subject)| find_in(sentence, group, subject?))
            .collect()
    }
}

/// "I think I see a doctor tomorrow": what is thought of the future.
fn is_thought(sentence: &Sentence, clause: &Clause) -> bool {
    let before = clause.tokens.start.checked_sub(1);
    clause.kind == ClauseKind::Subordinate
        && clause.opener.is_none_or(|opener| sentence.word(opener) == "that")
        && before
            .is_some_and(|at| words::among("think believe guess sure", &sentence.tokens[at].lemma))
}

fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.finite()?;
    let token = &sentence.tokens[verb];
    let times: Vec<_> = sentence.times_of(verb).collect();
    let time = times.iter().find(|time| time.kind == TimeKind::Future)?;
    let mixed =
        times.iter().any(|other| !matches!(other.kind, TimeKind::Future | TimeKind::Duration));
    // "In the next ten years": even a timetable does not reach so far.
    let span = sentence.tokens[time.tokens.clone()].iter().any(|token| token.lower == "years");
    let timetable = words::among(TIMETABLE, &token.lemma) && !span;
    let plain = group.tense() == Some(Tense::Present)
        && group.aspect == Aspect::Simple
        && group.is_simple()
        && !group.is_negated()
        && !group.inverted
        && !token.is_auxiliary()
        && sentence.any(verb, Facts::BASE | Facts::THIRD);
    // A condition behind dates another clause: "I will see him tomorrow if I can".
    let condition = sentence.tokens[..time.tokens.end.max(verb)]
        .iter()
        .any(|token| words::among("if when until before after unless", &token.lower));
    // "Next month our company opened": the time is in front, so that nobody told of it before.
    let past = group.tense() == Some(Tense::Past)
        && group.is_simple()
        && !group.is_negated()
        && !token.is_auxiliary()
        && time.tokens.start == 0
        && !words::among("say tell promise plan decide ask want", &token.lemma);
    let plain = plain || past;
    let timetable = timetable && !past;
    if !plain || timetable || mixed || condition || !subject.is_certain {
        return None;
    }
    let will = format!("will {}", token.lemma);
    let edit = Proposal::new(sentence, verb..verb + 1, &will, (TENSE, "future-time"), 0.85);
    Some(edit.with_clue(sentence.original(time.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn will_is_added() {
        expect(
            &FutureTime,
            &[
                ("I visit my grandmother tomorrow.", "I will visit my grandmother tomorrow."),
                ("Next week she buys a new car.", "Next week she will buy a new car."),
                (
                    "In the next ten years, many people use robots.",
                    "In the next ten years, many people will use robots.",
                ),
            ],
        );
    }

    #[test]
    fn plans_and_timetables_stay() {
        stays(
            &FutureTime,
            "
            The train leaves tomorrow at six.
            Tomorrow is my birthday.
            I hope to see you next week.
            We are meeting them tomorrow.
            If he calls tomorrow, tell me.
            ",
        );
    }
}
