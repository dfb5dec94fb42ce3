//! A finished time asks for the past, not for the perfect: `I finished it two hours ago`, not `I have finished`.

use crate::{
    analysis::{
        Sentence, Tag, TimeExpression, VerbGroup,
        time_expressions::TimeKind,
        verb_groups::{Aspect, Tense, Voice},
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct PerfectWithPastTime;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for PerfectWithPastTime {
    fn name(&self) -> &'static str {
        "perfect-with-past-time"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["perfect-past-time"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        sentence.predications().filter_map(|(_, group, _)| find_in(sentence, group)).collect()
    }
}

fn find_in(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let have = group.finite()?;
    let verb = group.main();
    let plain = group.aspect == Aspect::Perfect
        && group.tense() == Some(Tense::Present)
        && group.voice == Voice::Active
        && group.verbs.len() == 2
        && !group.is_negated()
        && !group.inverted
        && have + 1 == verb
        && sentence.tokens[have].clitic().is_none();
    let finished =
        |time: &&TimeExpression| matches!(time.kind, TimeKind::Past | TimeKind::PastYear);
    let time = sentence.times_of(verb).find(finished)?;
    let clause = sentence.clause_at(verb)?.tokens.clone();
    let since = clause.clone().any(|at| {
        matches!(sentence.word(at), "since" | "for" | "until")
            && sentence.clause_at(at) == sentence.clause_at(verb)
    });
    if !plain || since {
        return None;
    }
    let past = sentence.lexicon.verb_form(&sentence.tokens[verb].lemma, Tag::Vbd)?;
    let edit = Proposal::new(sentence, have..verb + 1, &past, (TENSE, "perfect-past-time"), 0.92);
    Some(edit.with_clue(sentence.original(time.tokens.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_perfect_becomes_the_past() {
        expect(
            &PerfectWithPastTime,
            &[
                ("I have visited Hue last year.", "I visited Hue last year."),
                (
                    "She has finished her homework two hours ago.",
                    "She finished her homework two hours ago.",
                ),
                ("They have moved to Hanoi in 2010.", "They moved to Hanoi in 2010."),
            ],
        );
    }

    #[test]
    fn other_perfects_stay() {
        stays(
            &PerfectWithPastTime,
            "
            I have visited Hue three times.
            She has lived here since last year.
            I had seen him two days ago.
            We have been friends for years.
            ",
        );
    }
}
