//! No will and no would in a condition or a clause of time: `I will call you when I arrive`, `If I were rich, I would buy it`.

use crate::{
    analysis::{
        Clause, ClauseKind, Person, Sentence, Subject, Tag, VerbGroup,
        verb_groups::{Aspect, Form, Tense},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ConditionClause;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);
/// Words after which `if` and `when` ask, or name a time that is known.
const ASKING: &str = "know ask wonder tell see say decide remember sure idea time day moment find predict determine discover learn check doubt \
    imagine about of on from is was whether";
/// What is politely asked for in a condition: "if you would like", "if you would follow me".
const POLITE: &str =
    "like mind follow wait excuse let allow come please care prefer kindly rather be";

impl Rule for ConditionClause {
    fn name(&self) -> &'static str {
        "modal-in-condition"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["will-in-clause", "would-in-condition", "third-condition", "unless-not"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let opened = sentence.predications().filter(|(clause, group, _)| {
            clause.kind == ClauseKind::Subordinate
                && clause.opener.is_some()
                && group.form == Form::Finite
                && !group.inverted
        });
        let Some(main) = main_of(sentence) else { return Vec::new() };
        opened
            .filter_map(|(clause, group, subject)| {
                let opener = clause.opener.filter(|opener| conditions(sentence, *opener))?;
                let edit = without_will(sentence, opener, group, subject?, main)
                    .or_else(|| without_would(sentence, opener, group, subject?, main))
                    .or_else(|| into_past_perfect(sentence, opener, group, main))
                    .or_else(|| unless(sentence, opener, group, subject?))?;
                Some(edit.with_clue(sentence.original(opener..opener + 1)))
            })
            .collect()
    }
}

/// The predicate of the first clause that no other is around.
fn main_of<'s>(sentence: &'s Sentence) -> Option<&'s VerbGroup> {
    let main = |clause: &Clause| matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate);
    sentence.predications().find(|(clause, ..)| main(clause)).map(|(_, group, _)| group)
}

/// True for `if`, `when` and the like where they open a condition or a time, not a question that is reported.
fn conditions(sentence: &Sentence, opener: usize) -> bool {
    let soon = sentence.at(opener, -1) == "soon";
    let word = sentence.word(opener);
    let before = opener.checked_sub(1).map_or("", |at| sentence.tokens[at].lemma.as_str());
    let object = matches!(sentence.at(opener, -1), "me" | "him" | "her" | "us" | "them" | "you");
    let asker = opener.checked_sub(2).map_or("", |at| sentence.tokens[at].lemma.as_str());
    (words::among("if when until unless before after", word) || soon && word == "as")
        && !(words::among("if when", word)
            && (words::among(ASKING, before)
                || before == "out" && words::among("find figure work point", asker)
                || object && words::among("tell ask let", asker)))
}

fn present(sentence: &Sentence, main: usize, person: Person) -> Option<String> {
    let lemma = sentence.tokens[main].lemma.as_str();
    Some(match (lemma, person) {
        ("be", Person::First) => "am".to_owned(),
        ("be", Person::Plural) => "are".to_owned(),
        (_, Person::Third) => sentence.lexicon.third(lemma),
        (_, Person::First | Person::Plural) => lemma.to_owned(),
        _ => return None,
    })
}

/// "when the rain will stop" → "stops".
fn without_will(
    sentence: &Sentence,
    opener: usize,
    group: &VerbGroup,
    subject: &Subject,
    main: &VerbGroup,
) -> Option<Proposal> {
    let modal = group.modal()?;
    let word = sentence.word(modal);
    let future = main.tense() == Some(Tense::Future)
        || main.form == Form::Imperative
        || main.modal().is_some_and(|at| words::among("can must should", sentence.word(at)))
        || main.tense() == Some(Tense::Present) && sentence.tokens[main.main()].lemma == "hope";
    let would = word == "would"
        && sentence.word(opener) == "if"
        && main.modal().is_some_and(|at| matches!(sentence.word(at), "will" | "won't"))
        && !words::among(POLITE, &sentence.tokens[group.main()].lemma);
    let plain = group.verbs.len() == 2 && group.main() == modal + 1 && !group.is_negated();
    let polite =
        sentence.word(opener) == "if" && word == "will" && sentence.word(subject.head) == "you";
    if !plain || polite || !(word == "will" && future || would) {
        return None;
    }
    let form = present(sentence, group.main(), subject.person)?;
    Some(Proposal::new(sentence, modal..modal + 2, &form, (TENSE, "will-in-clause"), 0.9))
}

/// "If I would be rich, I would buy" → "were"; "would have studied" → "had studied".
fn without_would(
    sentence: &Sentence,
    opener: usize,
    group: &VerbGroup,
    subject: &Subject,
    main: &VerbGroup,
) -> Option<Proposal> {
    let modal = group.modal()?;
    let verb = group.main();
    let lemma = sentence.tokens[verb].lemma.as_str();
    let unreal = main
        .modal()
        .is_some_and(|at| words::among("would could might wouldn't couldn't", sentence.word(at)));
    let polite = words::among(POLITE, lemma)
        && (lemma != "be"
            || words::among("kind so good", sentence.word(verb + 1))
            || sentence.word(subject.head) == "you");
    if sentence.word(opener) != "if"
        // "If only it would stop": a wish.
        || sentence.word(opener + 1) == "only"
        || sentence.word(modal) != "would"
        || !unreal
        || polite
        || group.is_negated()
    {
        return None;
    }
    let perfect = group.aspect == Aspect::Perfect && group.verbs.len() == 3 && verb == modal + 2;
    let form = match () {
        () if perfect => format!("had {}", sentence.lexicon.verb_form(lemma, Tag::Vbn)?),
        () if verb != modal + 1 || group.verbs.len() != 2 => return None,
        () if lemma == "be" => "were".to_owned(),
        () => sentence.lexicon.past(lemma)?,
    };
    Some(Proposal::new(sentence, modal..verb + 1, &form, (TENSE, "would-in-condition"), 0.9))
}

/// "If she didn't oversleep, she wouldn't have missed" → "hadn't overslept".
fn into_past_perfect(
    sentence: &Sentence,
    opener: usize,
    group: &VerbGroup,
    main: &VerbGroup,
) -> Option<Proposal> {
    let unreal = main.aspect == Aspect::Perfect
        && main.modal().is_some_and(|at| {
            words::among("would could wouldn't couldn't might", sentence.word(at))
        });
    let verb = group.finite()?;
    let last = group.main();
    let lemma = sentence.tokens[last].lemma.as_str();
    // "If I were you, I would have told him", "If he spoke English, he would have understood": what holds may stay.
    let holds = words::among("be have like love live speak want can need", lemma)
        || group.modal().is_some();
    let past = group.tense() == Some(Tense::Past) && group.aspect == Aspect::Simple;
    if sentence.word(opener) != "if" || !unreal || !past || holds || group.is_passive() {
        return None;
    }
    let participle = sentence.lexicon.verb_form(lemma, Tag::Vbn)?;
    let form = match (sentence.word(verb), group.verbs.len()) {
        ("didn't", 2) if last == verb + 1 => format!("hadn't {participle}"),
        ("did", 2) if last == verb + 2 => format!("had not {participle}"),
        (_, 1) => format!("had {participle}"),
        _ => return None,
    };
    Some(Proposal::new(sentence, verb..last + 1, &form, (TENSE, "third-condition"), 0.88))
}

/// "Unless you don't hurry" → "Unless you hurry".
fn unless(
    sentence: &Sentence,
    opener: usize,
    group: &VerbGroup,
    subject: &Subject,
) -> Option<Proposal> {
    let verb = group.finite()?;
    let glued = words::among("don't doesn't", sentence.word(verb));
    let last = group.main();
    if sentence.word(opener) != "unless" || !glued || group.verbs.len() != 2 || last != verb + 1 {
        return None;
    }
    let form = present(sentence, last, subject.person)?;
    Some(Proposal::new(sentence, verb..last + 1, &form, (TENSE, "unless-not"), 0.92))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn conditions_have_no_modal_of_their_own() {
        expect(
            &ConditionClause,
            &[
                (
                    "If you would study harder, you will pass the exam.",
                    "If you study harder, you will pass the exam.",
                ),
                (
                    "If she didn't oversleep, she wouldn't have missed the bus.",
                    "If she hadn't overslept, she wouldn't have missed the bus.",
                ),
                (
                    "If I would be rich, I would buy a house.",
                    "If I were rich, I would buy a house.",
                ),
                (
                    "If he would have studied, he would have passed.",
                    "If he had studied, he would have passed.",
                ),
                (
                    "We will go out when my mother will come home.",
                    "We will go out when my mother comes home.",
                ),
                ("Unless you don't study, you will fail.", "Unless you study, you will fail."),
            ],
        );
    }

    #[test]
    fn questions_and_requests_stay() {
        stays(
            &ConditionClause,
            "
            I will ask her if she will come.
            Tell me when you will arrive.
            If you would like some tea, I will make it.
            If I were you, I would have told him.
            Unless you hurry, you will be late.
            ",
        );
    }
}
