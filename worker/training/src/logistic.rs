//! Logistic regression with a Gaussian prior on each weight.

use lexilingo_language::confidence::probability;

/// Passes over all weights; they stand still long before.
const PASSES: usize = 60;

/// One observation: features that are not zero, by index, and what came of it.
pub struct Observation {
    pub features: Vec<(usize, f64)>,
    pub came_true: bool,
    /// How often it counts.
    pub times: f64,
}

/// What is believed of a weight before anything is seen: its mean, and how many observations that belief is worth,
/// as the inverse of its variance.
#[derive(Clone, Copy)]
pub struct Prior {
    pub mean: f64,
    pub strength: f64,
}

/// The most probable weights, one a prior, by Newton steps on one weight at a time.
pub fn fitted(observations: &[Observation], priors: &[Prior]) -> Vec<f64> {
    let mut weights: Vec<f64> = priors.iter().map(|prior| prior.mean).collect();
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); priors.len()];
    for (row, observation) in observations.iter().enumerate() {
        for (column, value) in &observation.features {
            columns[*column].push((row, *value));
        }
    }
    let sum = |row: &Observation| row.features.iter().map(|(c, v)| weights[*c] * v).sum::<f64>();
    let mut sums: Vec<f64> = observations.iter().map(sum).collect();
    for _ in 0..PASSES {
        for ((weight, prior), column) in weights.iter_mut().zip(priors).zip(&columns) {
            let mut gradient = prior.strength * (prior.mean - *weight);
            let mut curvature = prior.strength + 1e-6;
            for (row, value) in column {
                let Observation { came_true, times, .. } = observations[*row];
                let p = probability(sums[*row]);
                gradient += times * (f64::from(u8::from(came_true)) - p) * value;
                curvature += times * p * (1.0 - p) * value * value;
            }
            let step = (gradient / curvature).clamp(-1.0, 1.0);
            *weight += step;
            column.iter().for_each(|(row, value)| sums[*row] += step * value);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observations(right: usize, wrong: usize) -> Vec<Observation> {
        let of = |came_true| Observation { features: vec![(0, 1.0)], came_true, times: 1.0 };
        (0..right).map(|_| of(true)).chain((0..wrong).map(|_| of(false))).collect()
    }

    #[test]
    fn a_bias_alone_gives_the_share_that_came_true() {
        let prior = Prior { mean: 0.0, strength: 1e-9 };
        let weights = fitted(&observations(80, 20), &[prior]);
        assert!((probability(weights[0]) - 0.8).abs() < 1e-3, "{weights:?}");
    }

    #[test]
    fn what_was_hardly_seen_stays_near_its_prior() {
        let prior = Prior { mean: 1.0, strength: 10.0 };
        assert!((fitted(&observations(0, 1), &[prior])[0] - 1.0).abs() < 0.1);
        assert_eq!(fitted(&[], &[prior]), [1.0]);
    }
}
