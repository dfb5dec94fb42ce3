//! The two halves of an unreal condition fit together: `If I had time, I would help`; `If I had known, I would have come`.

use crate::{
    analysis::{
        Clause, ClauseKind, Sentence, Tag, VerbGroup,
        facts::Facts,
        verb_groups::{Aspect, Tense},
        words,
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct UnrealCondition;

const TENSE: ErrantType = ErrantType::replacement(Category::VerbTense);

/// Verbs after which `if` reports a question.
const ASKING: &str = "ask wonder know see tell check say find doubt decide remember sure";

impl Rule for UnrealCondition {
    fn name(&self) -> &'static str {
        "unreal-condition"
    }

    fn stage(&self) -> Stage {
        Stage::Tense
    }

    fn messages(&self) -> &'static [&'static str] {
        &["condition-would", "condition-would-have", "condition-past"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let openers = |clause: &&Clause| clause.opener.is_some_and(|at| sentence.word(at) == "if");
        let conditions = sentence.clauses.iter().filter(openers);
        conditions.filter_map(|clause| find_in(sentence, clause)).collect()
    }
}

fn find_in(sentence: &Sentence, condition: &Clause) -> Option<Proposal> {
    // "I asked if he had time": a question that is reported.
    let asked = condition.opener?.checked_sub(1).is_some_and(|at| {
        let object = usize::from(sentence.tagged(at, |tag| tag == Tag::Prp));
        words::among(ASKING, &sentence.tokens[at.saturating_sub(object)].lemma)
            || matches!(sentence.word(at), "even" | "as" | "only")
    });
    let group = sentence.predicate(condition)?;
    let (_, main, _) = sentence.predications().find(|(clause, other, _)| {
        matches!(clause.kind, ClauseKind::Main | ClauseKind::Coordinate)
            && other.modal().is_some()
            && *clause != condition
    })?;
    let modal = main.modal()?;
    if asked || main.verbs.len() < 2 {
        return None;
    }
    let past_time = sentence.times.iter().any(|time| time.is_past());
    match sentence.word(modal) {
        "will" | "won't" | "can" | "can't" if unreal(sentence, group) && !past_time => {
            let would = match sentence.word(modal) {
                "will" => "would",
                "won't" => "wouldn't",
                "can" => "could",
                _ => "couldn't",
            };
            Some(Proposal::new(sentence, modal..modal + 1, would, (TENSE, "condition-would"), 0.9))
        }
        "would" | "wouldn't" | "could" | "might"
            if group.aspect == Aspect::Perfect && group.tense() == Some(Tense::Past) =>
        {
            would_have(sentence, main)
        }
        "would" | "wouldn't" if main.aspect == Aspect::Simple => past(sentence, group),
        _ => None,
    }
    .map(|edit| edit.with_clue(sentence.original(group.tokens.clone())))
}

/// "If I were", "if he had more money": the past in a condition without a past time.
fn unreal(sentence: &Sentence, group: &VerbGroup) -> bool {
    let Some(verb) = group.finite() else { return false };
    group.tense() == Some(Tense::Past)
        && group.aspect == Aspect::Simple
        && (!sentence.has(verb, Facts::BASE) || words::is_be(sentence.word(verb)))
}

/// "If I had known, I would come" → "would have come"; what holds now may follow a past condition ("would be here now").
fn would_have(sentence: &Sentence, main: &VerbGroup) -> Option<Proposal> {
    let verb = main.main();
    let lemma = sentence.tokens[verb].lemma.as_str();
    let states = words::among("be have like live know work", lemma);
    let now = sentence.tokens.iter().any(|token| words::among("now today still", &token.lower));
    if main.verbs.len() != 2 || states || now || main.aspect != Aspect::Simple || main.is_passive()
    {
        return None;
    }
    let participle = sentence.lexicon.verb_form(lemma, Tag::Vbn)?;
    let have = format!("have {participle}");
    Some(Proposal::new(sentence, verb..verb + 1, &have, (TENSE, "condition-would-have"), 0.9))
}

/// "I would go if I have time" → "had".
fn past(sentence: &Sentence, group: &VerbGroup) -> Option<Proposal> {
    let verb = group.finite()?;
    let token = &sentence.tokens[verb];
    let plain = group.tense() == Some(Tense::Present)
        && group.is_simple()
        && token.clitic().is_none()
        && !sentence.has(verb, Facts::PAST);
    if !plain {
        return None;
    }
    let past = match sentence.word(verb) {
        "am" | "is" | "are" => "were".to_owned(),
        "don't" | "doesn't" => "didn't".to_owned(),
        _ => sentence.lexicon.past(&token.lemma)?,
    };
    Some(Proposal::new(sentence, verb..verb + 1, &past, (TENSE, "condition-past"), 0.85))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn both_halves_are_made_to_fit() {
        expect(
            &UnrealCondition,
            &[
                ("If I were rich, I will travel a lot.", "If I were rich, I would travel a lot."),
                (
                    "If she had more time, she will learn to draw.",
                    "If she had more time, she would learn to draw.",
                ),
                (
                    "If I had known about it, I would take the train.",
                    "If I had known about it, I would have taken the train.",
                ),
                (
                    "What would you do if you win a million dollars?",
                    "What would you do if you won a million dollars?",
                ),
            ],
        );
    }

    #[test]
    fn halves_that_fit_stay() {
        stays(
            &UnrealCondition,
            "
            If it rains, we will stay at home.
            If I had known, I would have come.
            If I had studied medicine, I would be a doctor now.
            I asked if he had time, and he will answer soon.
            If I were you, I would go.
            She would be happy if you came.
            I would like to know if you are free.
            ",
        );
    }
}
