//! How sure a correction is: probabilities that were fitted to outcomes in place of what rules claim of themselves.
//!
//! Two logistic models share one table, `data/calibration.tsv`, which `lexilingo-train calibrate` writes
//! (`worker/training/README.md` says from which text, `docs/language-quality.md` how well it holds).

mod edit;
mod sentence;
mod table;

pub use edit::of_edit;
pub use sentence::{FEATURES, features, of_features, of_text};

/// Log odds of a probability, which is kept off 0 and 1.
pub fn log_odds(probability: f64) -> f64 {
    let inside = probability.clamp(0.01, 0.99);
    (inside / (1.0 - inside)).ln()
}

/// The probability with these log odds.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    proptest! {
        #[test]
        fn odds_and_probabilities_are_each_other_s_inverse(p in 0.01f64..0.99) {
            prop_assert!((probability(log_odds(p)) - p).abs() < 1e-9);
        }
    }
}
