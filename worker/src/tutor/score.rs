//! Scores of the traits, and the overall score over those that exist.

use lexilingo_shared::{
    analysis::{Analysis, Trait},
    level::Level,
    result::Score,
};

/// Weights of the original; renormalised over the traits that exist, so that a text alone can reach 1.
const FLUENCY: f64 = 0.3;
const GRAMMAR: f64 = 0.4;
const VOCABULARY: f64 = 0.2;
const PRONUNCIATION: f64 = 0.1;

/// `max(0, 1 - 0.1 n)` for `n` errors.
pub fn grammar(errors: usize) -> f64 {
    (1.0 - 0.1 * errors as f64).max(0.0)
}

pub fn vocabulary(level: Level) -> f64 {
    match level {
        Level::A1 => 0.3,
        Level::A2 => 0.5,
        Level::B1 => 0.7,
        Level::B2 => 0.85,
        Level::C1 => 0.95,
        Level::C2 => 1.0,
    }
}

/// The scores of an analysis. `overall` is 0 when there is no trait at all.
pub fn score(analysis: &Analysis) -> Score {
    let fluency = analysis.fluency;
    let grammar = match &analysis.grammar {
        Trait::Had(found) => Trait::Had(grammar(found.errors.len())),
        Trait::Missing => Trait::Missing,
        Trait::NotAsked => Trait::NotAsked,
    };
    let vocabulary = analysis.vocabulary.map(vocabulary);
    // Speech engines score from 0 to 100.
    let pronunciation = match &analysis.pronunciation {
        Trait::Had(found) => Trait::asked(
            found.pointer("/scores/overall").and_then(|n| n.as_f64()).map(|n| n / 100.0),
        ),
        Trait::Missing => Trait::Missing,
        Trait::NotAsked => Trait::NotAsked,
    };
    let weighted = [
        (FLUENCY, fluency),
        (GRAMMAR, grammar),
        (VOCABULARY, vocabulary),
        (PRONUNCIATION, pronunciation),
    ];
    let had = weighted.iter().filter_map(|(weight, score)| Some((weight, score.had()?)));
    let (weight, sum) =
        had.fold((0.0, 0.0), |(w, s), (weight, score)| (w + weight, s + weight * score));
    let overall = if weight > 0.0 { round(sum / weight) } else { 0.0 };
    Score {
        fluency: fluency.map(round),
        grammar: grammar.map(round),
        vocabulary,
        pronunciation: pronunciation.map(round),
        overall,
    }
}

fn round(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexilingo_shared::analysis::Grammar;

    fn analysis(fluency: f64, level: Level) -> Analysis {
        Analysis {
            fluency: Trait::Had(fluency),
            grammar: Trait::Had(Grammar { errors: vec![], corrected: String::new() }),
            vocabulary: Trait::Had(level),
            vocabulary_profile: Trait::NotAsked,
            pronunciation: Trait::NotAsked,
        }
    }

    #[test]
    fn a_text_alone_can_reach_the_top() {
        assert_eq!(score(&analysis(1.0, Level::C2)).overall, 1.0);
    }

    #[test]
    fn weights_are_renormalised_over_the_traits_that_exist() {
        // The guide's sample: fluency 0.9, no error, A2 gives .80 by its own formula and .88 renormalised.
        assert!((score(&analysis(0.9, Level::A2)).overall - 0.86).abs() < 0.011);
        let mut partial = analysis(0.9, Level::A2);
        partial.vocabulary = Trait::Missing;
        partial.fluency = Trait::NotAsked;
        assert_eq!(score(&partial).overall, 1.0);
    }

    #[test]
    fn nothing_to_judge_scores_zero() {
        let mut none = analysis(0.9, Level::A2);
        (none.fluency, none.grammar, none.vocabulary) =
            (Trait::Missing, Trait::Missing, Trait::Missing);
        assert_eq!(score(&none).overall, 0.0);
    }
}
