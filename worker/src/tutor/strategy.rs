//! How the tutor goes about an answer: this text's errors first, then the session's last turns, then what the profile
//! knows of the learner.

use crate::plan::PastTurn;
use lexilingo_shared::{
    analysis::{GrammarError, Severity},
    result::{NextAction, NextActionReason, Score, Strategy},
};
use std::collections::BTreeMap;

/// Earlier turns that broke the same concept, from which on it is drilled.
const REPEATS_FOR_DRILL: usize = 2;
/// Below this mastery hints have not helped so far: at least two wrong uses and hardly a right one.
const WEAK: f64 = 0.3;
/// Mastery of what was never seen.
const UNKNOWN: f64 = 0.5;
/// From this fluency on a text without errors is praised.
const FLUENT: f64 = 0.8;
/// From this overall score on a hint is enough.
const GOOD_SCORE: f64 = 0.6;

/// What is known of the learner besides the text.
#[derive(Debug, Clone, Copy)]
pub struct History<'a> {
    /// The session's last turns, oldest first.
    pub turns: &'a [PastTurn],
    /// Mastery by concept in 0..=1, of the profile.
    pub mastery: &'a BTreeMap<String, f64>,
}

impl History<'_> {
    /// How many of the last turns broke a concept.
    pub fn repeats(&self, concept: &str) -> usize {
        let broke = |turn: &&PastTurn| turn.concepts.iter().any(|past| past == concept);
        if concept.is_empty() { 0 } else { self.turns.iter().filter(broke).count() }
    }

    pub fn mastery_of(&self, concept: &str) -> Option<f64> {
        self.mastery.get(concept).copied()
    }
}

/// The error that the reply is about: what is to be drilled, else the severest, of equals the one whose concept the
/// learner masters least, else the first.
pub fn focus<'e>(errors: &'e [GrammarError], history: &History<'_>) -> Option<&'e GrammarError> {
    let mastery = |e: &GrammarError| history.mastery_of(&e.concept).unwrap_or(UNKNOWN);
    let drilled = |e: &GrammarError| history.repeats(&e.concept) >= REPEATS_FOR_DRILL;
    errors.iter().min_by(|a, b| {
        let severest = (drilled(b), b.severity).cmp(&(drilled(a), a.severity));
        severest.then(mastery(a).total_cmp(&mastery(b)))
    })
}

/// Chooses the strategy. `fluency` is 0..=1, or `None` when it is not known.
pub fn choose(errors: &[GrammarError], fluency: Option<f64>, history: &History<'_>) -> Strategy {
    let Some(focus) = focus(errors, history) else {
        let fluent = fluency.is_none_or(|fluency| fluency > FLUENT);
        return if fluent { Strategy::Praise } else { Strategy::PositiveFeedback };
    };
    let repeats = history.repeats(&focus.concept);
    let weak = history.mastery_of(&focus.concept).is_some_and(|mastery| mastery < WEAK);
    match errors.len() {
        _ if repeats >= REPEATS_FOR_DRILL => Strategy::Drill,
        1 | 2 if focus.severity == Severity::Critical => Strategy::ErrorCorrection,
        // A hint was given before, and it was not enough.
        1 | 2 if repeats > 0 || weak => Strategy::ErrorCorrection,
        1 | 2 => Strategy::HintGiving,
        3 | 4 => Strategy::SocraticQuestioning,
        _ => Strategy::Scaffolding,
    }
}

/// What the client does next, and why. A text without errors always lets the conversation go on, whatever its level: the
/// original's threshold could not be reached by a beginner.
pub fn next_action(
    strategy: Strategy,
    errors: &[GrammarError],
    score: &Score,
) -> (NextAction, NextActionReason) {
    let critical = errors.iter().any(|error| error.severity == Severity::Critical);
    match strategy {
        _ if errors.is_empty() => (NextAction::ContinueConversation, NextActionReason::NoErrors),
        Strategy::ErrorCorrection if critical => {
            (NextAction::ProvideCorrection, NextActionReason::CriticalError)
        }
        Strategy::ErrorCorrection | Strategy::Drill => {
            (NextAction::ProvideCorrection, NextActionReason::RepeatedError)
        }
        _ if score.overall >= GOOD_SCORE => (NextAction::ProvideHint, NextActionReason::GoodScore),
        _ => (NextAction::ProvideCorrection, NextActionReason::LowScore),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::error;

    const TEXT: &str = "Yesterday I go to market and buy two book";

    fn edit(wrong: &str, concept: &str) -> GrammarError {
        GrammarError { concept: concept.to_owned(), ..error(TEXT, wrong, "x") }
    }

    fn broke(concept: &str) -> PastTurn {
        PastTurn { concepts: vec![concept.to_owned()], ..PastTurn::default() }
    }

    fn chosen(errors: &[GrammarError], turns: &[PastTurn], mastery: &[(&str, f64)]) -> Strategy {
        let mastery = mastery.iter().map(|(id, figure)| ((*id).to_owned(), *figure)).collect();
        choose(errors, Some(0.9), &History { turns, mastery: &mastery })
    }

    #[test]
    fn this_texts_errors_come_first() {
        let errors =
            [edit("go", "past-simple"), edit("market", "articles"), edit("book", "plural")];
        assert_eq!(chosen(&[], &[broke("articles")], &[("articles", 0.1)]), Strategy::Praise);
        assert_eq!(chosen(&errors[..1], &[], &[]), Strategy::HintGiving);
        assert_eq!(chosen(&errors, &[], &[]), Strategy::SocraticQuestioning);
        let many: Vec<_> = errors.iter().chain(&errors).cloned().collect();
        assert_eq!(chosen(&many, &[], &[]), Strategy::Scaffolding);
    }

    #[test]
    fn history_comes_second() {
        let one = [edit("go", "past-simple")];
        let (past, other) = (broke("past-simple"), broke("articles"));
        assert_eq!(chosen(&one, &[other.clone(), other.clone()], &[]), Strategy::HintGiving);
        assert_eq!(chosen(&one, std::slice::from_ref(&past), &[]), Strategy::ErrorCorrection);
        assert_eq!(chosen(&one, &[past.clone(), other, past], &[]), Strategy::Drill);
        assert_eq!(chosen(&one, &[], &[("past-simple", 0.2)]), Strategy::ErrorCorrection);
        assert_eq!(chosen(&one, &[], &[("past-simple", 0.9)]), Strategy::HintGiving);
    }

    #[test]
    fn a_text_that_does_not_flow_is_encouraged() {
        let history = History { turns: &[], mastery: &BTreeMap::new() };
        assert_eq!(choose(&[], Some(0.5), &history), Strategy::PositiveFeedback);
        assert_eq!(choose(&[], None, &history), Strategy::Praise);
    }

    #[test]
    fn the_focus_is_what_repeats_then_what_is_severe_then_what_is_weak() {
        let mut errors = [edit("go", "past-simple"), edit("market", "articles"), edit("book", "p")];
        let mastery = BTreeMap::from([("p".to_owned(), 0.1)]);
        let of = |errors: &[GrammarError], turns: &[PastTurn]| {
            focus(errors, &History { turns, mastery: &mastery }).map(|error| error.error.clone())
        };
        assert_eq!(of(&errors, &[]).as_deref(), Some("book"));
        errors[0].severity = Severity::Critical;
        assert_eq!(of(&errors, &[]).as_deref(), Some("go"));
        let twice = [broke("articles"), broke("articles")];
        assert_eq!(of(&errors, &twice).as_deref(), Some("market"));
    }

    #[test]
    fn every_next_action_has_its_reason() {
        let mut errors = [edit("go", "past-simple")];
        let (fluency, grammar, vocabulary, pronunciation) = Default::default();
        let score = |overall| Score { fluency, grammar, vocabulary, pronunciation, overall };
        let of = |strategy, errors: &[GrammarError], overall| {
            next_action(strategy, errors, &score(overall))
        };
        use {NextAction::*, NextActionReason::*};
        assert_eq!(of(Strategy::Praise, &[], 0.3), (ContinueConversation, NoErrors));
        assert_eq!(of(Strategy::HintGiving, &errors, 0.6), (ProvideHint, GoodScore));
        assert_eq!(of(Strategy::HintGiving, &errors, 0.5), (ProvideCorrection, LowScore));
        assert_eq!(of(Strategy::Drill, &errors, 0.9), (ProvideCorrection, RepeatedError));
        assert_eq!(of(Strategy::ErrorCorrection, &errors, 0.9), (ProvideCorrection, RepeatedError));
        errors[0].severity = Severity::Critical;
        assert_eq!(of(Strategy::ErrorCorrection, &errors, 0.9), (ProvideCorrection, CriticalError));
    }
}
