//! `This is the first time I have eaten sushi`, `the best film I have ever seen`: the perfect after a first time and beside
//! `ever`.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence, Tag, VerbGroup, facts::Facts, verb_groups::Tense,
        words,
    },
    rules::{
        noun_chain::agreeing,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct FirstTime;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

impl Rule for FirstTime {
    fn name(&self) -> &'static str {
        "perfect-after-first-time"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["perfect-first-time"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let told = sentence.predications().filter_map(|(clause, group, subject)| {
            find_in(sentence, clause, group, subject?.person)
        });
        told.collect()
    }
}

fn find_in(
    sentence: &Sentence,
    clause: &Clause,
    group: &VerbGroup,
    person: Person,
) -> Option<Proposal> {
    let verb = group.finite()?;
    let start = clause.tokens.start;
    let noun = start.checked_sub(1)?;
    let inside = matches!(clause.kind, ClauseKind::Relative | ClauseKind::Subordinate);
    let is = noun < 12
        && (0..noun).any(|at| {
            matches!(sentence.word(at), "is" | "it's" | "that's")
                && words::among("this it that it's that's", sentence.word(at.saturating_sub(1)))
        });
    let counted = sentence.word(noun) == "time"
        && words::among("first second third fourth fifth last", sentence.at(noun, -1))
        && sentence.at(noun, -2) == "the";
    let ever = verb > start
        && sentence.word(verb - 1) == "ever"
        && (noun.saturating_sub(6)..noun + 1).any(|at| {
            sentence.tagged(at, |tag| matches!(tag, Tag::Jjs | Tag::Rbs))
                || sentence.word(at) == "only"
        });
    let simple = group.is_simple()
        && !group.inverted
        && !group.is_negated()
        && sentence.tokens[verb].clitic().is_none();
    let present = group.tense() == Some(Tense::Present);
    let lemma = sentence.tokens[verb].lemma.as_str();
    // "the best book I ever read": the past is left alone where it shows.
    let plain = sentence.any(verb, Facts::BASE | Facts::THIRD) && lemma != "be";
    if !inside
        || !is
        || !simple
        || !present
        || !plain
        || !(counted && sentence.at(noun, -1) != "last" || ever)
        || person == Person::Either
    {
        return None;
    }
    let participle = sentence.lexicon.verb_form(lemma, Tag::Vbn)?;
    let have = agreeing("have", person);
    let (tokens, corrected) = if ever {
        (verb - 1..verb + 1, format!("{have} ever {participle}"))
    } else {
        (verb..verb + 1, format!("{have} {participle}"))
    };
    let edit = Proposal::new(sentence, tokens, &corrected, (TENSE, "perfect-first-time"), 0.9);
    Some(edit.with_clue(sentence.original(noun.saturating_sub(1)..noun + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_first_time_takes_the_perfect() {
        expect(
            &FirstTime,
            &[
                (
                    "This is the first time I eat sushi.",
                    "This is the first time I have eaten sushi.",
                ),
                (
                    "It is the second time that she visits us.",
                    "It is the second time that she has visited us.",
                ),
            ],
        );
    }

    #[test]
    fn other_times_stay() {
        stays(
            &FirstTime,
            "
            It was the first time I ate sushi.
            This is the first time I have eaten sushi.
            This is the first time that she has come.
            ",
        );
    }
}
