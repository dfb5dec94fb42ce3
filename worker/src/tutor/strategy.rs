//! How the tutor goes about an answer: this text's errors first, history second.

use crate::plan::PastTurn;
use lexilingo_shared::{
    analysis::{GrammarError, Severity},
    result::{NextAction, Score, Strategy},
};

/// Earlier turns with the same rule that make a drill of it.
const REPEATS_FOR_DRILL: usize = 2;

/// Chooses the strategy. `fluency` is 0..=1, or `None` when it is not known.
pub fn choose(errors: &[GrammarError], fluency: Option<f64>, context: &[PastTurn]) -> Strategy {
    if repeated_rule(errors, context).is_some() {
        return Strategy::Drill;
    }
    let fluency = fluency.unwrap_or(1.0);
    match errors.len() {
        0 if fluency > 0.8 => Strategy::Praise,
        0 => Strategy::PositiveFeedback,
        1 | 2 if errors.iter().any(|error| error.severity == Severity::Critical) => {
            Strategy::ErrorCorrection
        }
        1 | 2 => Strategy::HintGiving,
        3 | 4 => Strategy::SocraticQuestioning,
        _ => Strategy::Scaffolding,
    }
}

/// The first rule of this text that was broken in enough earlier turns too.
pub fn repeated_rule<'a>(errors: &'a [GrammarError], context: &[PastTurn]) -> Option<&'a str> {
    errors.iter().map(|error| error.rule.as_str()).find(|rule| {
        let turns = context.iter().filter(|turn| turn.rules.iter().any(|past| past == rule));
        turns.count() >= REPEATS_FOR_DRILL
    })
}

/// What the client does next. A text without errors always lets the conversation go on, whatever its level: the
/// original's threshold could not be reached by a beginner.
pub fn next_action(errors: usize, score: &Score) -> NextAction {
    if errors == 0 {
        NextAction::ContinueConversation
    } else if score.overall >= 0.6 {
        NextAction::ProvideHint
    } else {
        NextAction::ProvideCorrection
    }
}
