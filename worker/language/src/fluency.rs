//! How fluent a text reads, from the density and weight of its errors.

use lexilingo_shared::analysis::Severity;

/// Errors in fewer words than this weigh as if there were so many: one slip in a two-word answer is not a disaster.
const SHORTEST: usize = 6;
/// Steepness: one moderate error in every ten words leaves exp(-0.3) = 0.74.
const STEEPNESS: f64 = 3.0;

/// A number in 0..=1: `exp(-3 · w / n)` with `w` the summed weights of the errors (minor 0.5, moderate 1, critical 1.5)
/// and `n` the number of words. A text without words scores 0: nothing was said.
pub fn score(severities: impl IntoIterator<Item = Severity>, words: usize) -> f64 {
    if words == 0 {
        return 0.0;
    }
    let weight: f64 = severities.into_iter().map(weight).sum();
    (-STEEPNESS * weight / words.max(SHORTEST) as f64).exp()
}

fn weight(severity: Severity) -> f64 {
    match severity {
        Severity::Minor => 0.5,
        Severity::Moderate => 1.0,
        Severity::Critical => 1.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Critical, Minor, Moderate};

    #[test]
    fn more_and_heavier_errors_score_lower() {
        let text = |errors: &[Severity]| score(errors.iter().copied(), 10);
        assert_eq!(text(&[]), 1.0);
        assert!(text(&[Minor]) > text(&[Moderate]) && text(&[Moderate]) > text(&[Critical]));
        assert!(text(&[Moderate, Moderate]) < text(&[Moderate]));
        assert!(score([Moderate], 100) > score([Moderate], 10));
    }

    #[test]
    fn the_score_stays_in_its_bounds() {
        for words in [0, 1, 5, 10_000] {
            for errors in [0, 1, 500] {
                let value = score(vec![Critical; errors], words);
                assert!((0.0..=1.0).contains(&value));
            }
        }
    }
}
