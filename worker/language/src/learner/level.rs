//! The level at which a learner stands, from what the texts so far have shown.

use lexilingo_shared::level::Level;

/// Weights of the original's estimate.
const GRAMMAR: f64 = 0.4;
const VOCABULARY: f64 = 0.3;
const FLUENCY: f64 = 0.3;
/// Errors a turn at which grammar counts for nothing.
const MOST_ERRORS: f64 = 5.0;
/// Scores from which a learner stands at A2, B1, B2, C1, C2.
const STEPS: [(f64, Level); 5] =
    [(0.2, Level::A2), (0.4, Level::B1), (0.6, Level::B2), (0.8, Level::C1), (0.95, Level::C2)];
/// Turns after which the estimate is as sure as it gets.
const ENOUGH: f64 = 20.0;

/// What the turns of a learner add up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct History {
    pub turns: u32,
    pub errors: u32,
    /// Sum of `vocabulary` over the turns that had a level.
    pub vocabulary: f64,
    pub vocabulary_turns: u32,
    /// Sum of the fluencies, each in 0..=1, over the turns that had one.
    pub fluency: f64,
    pub fluency_turns: u32,
}

impl History {
    /// With one more turn.
    pub fn with(self, errors: u32, level: Option<Level>, fluency: Option<f64>) -> History {
        History {
            turns: self.turns.saturating_add(1),
            errors: self.errors.saturating_add(errors),
            vocabulary: self.vocabulary + level.map_or(0.0, vocabulary),
            vocabulary_turns: self.vocabulary_turns + u32::from(level.is_some()),
            fluency: self.fluency + fluency.unwrap_or(0.0).clamp(0.0, 1.0),
            fluency_turns: self.fluency_turns + u32::from(fluency.is_some()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub level: Level,
    /// In 0..=1.
    pub score: f64,
    /// In 0..=1: the share of twenty turns that were seen.
    pub confidence: f64,
    /// The way gone from this level's step to the next one's, 0..=1; 1 at the top.
    pub progress: f64,
}

/// `0.4 · max(0, 1 − errors per turn / 5) + 0.3 · vocabulary + 0.3 · fluency`, renormalised over what was seen. None
/// before the first turn.
pub fn estimate(history: &History) -> Option<Estimate> {
    if history.turns == 0 {
        return None;
    }
    let per_turn = f64::from(history.errors) / f64::from(history.turns);
    let mean = |sum: f64, turns: u32| (turns > 0).then(|| sum / f64::from(turns));
    let seen = [
        (GRAMMAR, Some((1.0 - per_turn / MOST_ERRORS).max(0.0))),
        (VOCABULARY, mean(history.vocabulary, history.vocabulary_turns)),
        (FLUENCY, mean(history.fluency, history.fluency_turns)),
    ];
    let had = seen.iter().filter_map(|(weight, value)| Some((weight, (*value)?)));
    let (weights, sum) =
        had.fold((0.0, 0.0), |(w, s), (weight, value)| (w + weight, s + weight * value));
    let score = (sum / weights).clamp(0.0, 1.0);
    let reached = STEPS.iter().rposition(|(step, _)| score >= *step);
    let from = reached.map_or(0.0, |at| STEPS[at].0);
    let next = STEPS.get(reached.map_or(0, |at| at + 1));
    Some(Estimate {
        level: reached.map_or(Level::A1, |at| STEPS[at].1),
        score,
        confidence: (f64::from(history.turns) / ENOUGH).min(1.0),
        progress: next.map_or(1.0, |(to, _)| (score - from) / (to - from)),
    })
}

/// The original's figures for the level of a text's words.
fn vocabulary(level: Level) -> f64 {
    match level {
        Level::A1 => 0.1,
        Level::A2 => 0.25,
        Level::B1 => 0.45,
        Level::B2 => 0.65,
        Level::C1 => 0.85,
        Level::C2 => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    #[test]
    fn nothing_is_estimated_before_the_first_turn() {
        assert_eq!(estimate(&History::default()), None);
    }

    #[test]
    fn better_texts_give_a_higher_level() {
        let of = |errors, level, fluency| {
            let history = (0..10)
                .fold(History::default(), |past, _| past.with(errors, Some(level), Some(fluency)));
            estimate(&history).map(|found| found.level)
        };
        assert!(of(6, Level::A1, 0.2) < of(2, Level::B1, 0.6));
        assert!(of(2, Level::B1, 0.6) < of(0, Level::C1, 0.95));
        assert_eq!(of(0, Level::C2, 1.0), Some(Level::C2));
    }

    #[test]
    fn what_was_never_seen_weighs_nothing() {
        let grammar_alone = estimate(&History::default().with(0, None, None));
        assert_eq!(grammar_alone.map(|found| found.score), Some(1.0));
    }

    proptest! {
        #[test]
        fn figures_stay_in_their_bounds(turns in proptest::collection::vec((0u32..30, 0usize..6, 0.0f64..1.0), 1..60)) {
            let history = turns.iter().fold(History::default(), |past, (errors, level, fluency)| {
                past.with(*errors, Some(Level::ALL[*level]), Some(*fluency))
            });
            let found = estimate(&history).unwrap();
            prop_assert!((0.0..=1.0).contains(&found.score) && (0.0..=1.0).contains(&found.progress));
            prop_assert!(found.confidence <= 1.0);
        }
    }
}
