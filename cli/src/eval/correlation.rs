//! Agreement of two series of numbers.

use super::mersenne_twister::MersenneTwister;

/// Resamples of the interval, and their seed.
const RESAMPLES: usize = 1000;
const SEED: u32 = 1;

/// Pearson's correlation, -1..=1; `None` for fewer than two pairs or a series without variance.
pub fn pearson(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (mean_a, mean_b) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut both, mut a, mut b) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        let (x, y) = (x - mean_a, y - mean_b);
        both += x * y;
        a += x * x;
        b += y * y;
    }
    let spread = (a * b).sqrt();
    (spread > 0.0).then(|| both / spread)
}

/// The middle 95 % of the correlations of resampled pairs (bootstrap).
pub fn interval(pairs: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut random = MersenneTwister::new(SEED);
    let mut found: Vec<f64> = (0..RESAMPLES)
        .filter_map(|_| {
            let drawn: Vec<_> = pairs.iter().map(|_| pairs[random.below(pairs.len())]).collect();
            pearson(&drawn)
        })
        .collect();
    found.sort_by(f64::total_cmp);
    let at = |share: f64| found.get((found.len() as f64 * share) as usize).copied();
    Some((at(0.025)?, at(0.975)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_that_rise_together_agree() {
        assert_eq!(pearson(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]), Some(1.0));
        assert_eq!(pearson(&[(1.0, 2.0), (2.0, 1.0)]), Some(-1.0));
        // Deviations -1 0 1 and -1 1 0: (1 + 0 + 0) / sqrt(2 · 2).
        let half = pearson(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0)]);
        assert!((half.unwrap() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_constant_agrees_with_nothing() {
        assert_eq!(pearson(&[(1.0, 1.0), (1.0, 2.0)]), None);
        assert_eq!(pearson(&[]), None);
        assert_eq!(interval(&[]), None);
    }

    #[test]
    fn the_interval_holds_the_correlation_of_the_whole() {
        let pairs: Vec<_> = (0..60).map(|n| (f64::from(n), f64::from(n * 7 % 20 + n))).collect();
        let (low, high) = interval(&pairs).unwrap();
        assert!(low < pearson(&pairs).unwrap() && pearson(&pairs).unwrap() < high);
    }
}
