//! Fleet-wide counters as plain sums, so that workers can add to them in any order and none is lost with its worker.

use std::{collections::BTreeMap, time::Duration};

/// Increments by counter name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<String, u64>);

/// Steps per doubling of a latency; a bucket's bounds differ by 9 %.
const STEPS: f64 = 8.0;

/// The bucket of a latency: bucket `n` holds values up to `2^(n / 8)` tenths of a millisecond.
fn bucket(latency: Duration) -> u32 {
    let tenths = (latency.as_secs_f64() * 10_000.0).max(1.0);
    (tenths.log2() * STEPS).ceil() as u32
}

/// Upper bound of a bucket in milliseconds.
fn bucket_millis(bucket: u32) -> f64 {
    2f64.powf(f64::from(bucket) / STEPS) / 10.0
}

impl Tally {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn add(&mut self, name: impl Into<String>, by: u64) {
        *self.0.entry(name.into()).or_default() += by;
    }

    /// Notes one latency under `name`: count, sum and bucket.
    pub fn observe(&mut self, name: &str, latency: Duration) {
        self.add(format!("{name}.count"), 1);
        self.add(format!("{name}.sum_us"), u64::try_from(latency.as_micros()).unwrap_or(u64::MAX));
        self.add(format!("{name}.le.{}", bucket(latency)), 1);
    }

    pub fn merge(&mut self, other: Tally) {
        for (name, by) in other.0 {
            self.add(name, by);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(name, by)| (name.as_str(), *by))
    }
}

/// A latency's distribution, in milliseconds; zeros when nothing was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Distribution {
    pub count: u64,
    pub avg: f64,
    pub min: f64,
    pub max: f64,
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
}

impl Distribution {
    /// Reads what `Tally::observe(name, …)` added up to. Percentiles are upper bounds of 9 % wide buckets.
    pub fn of(name: &str, counters: &BTreeMap<String, u64>) -> Self {
        let prefix = format!("{name}.le.");
        let mut buckets: Vec<(u32, u64)> = counters
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .filter_map(|(key, n)| Some((key[prefix.len()..].parse().ok()?, *n)))
            .collect();
        buckets.sort_unstable();
        let count: u64 = buckets.iter().map(|(_, n)| n).sum();
        let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else {
            return Distribution::default();
        };
        let sum_us = counters.get(&format!("{name}.sum_us")).copied().unwrap_or(0);
        let percentile = |share: f64| {
            let rank = (count as f64 * share).ceil() as u64;
            let mut seen = 0;
            for (bucket, n) in &buckets {
                seen += n;
                if seen >= rank {
                    return bucket_millis(*bucket);
                }
            }
            bucket_millis(last.0)
        };
        Distribution {
            count,
            avg: sum_us as f64 / 1000.0 / count as f64,
            min: bucket_millis(first.0),
            max: bucket_millis(last.0),
            p50: percentile(0.50),
            p95: percentile(0.95),
            p99: percentile(0.99),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_seen_gives_zeros() {
        assert_eq!(Distribution::of("latency", &BTreeMap::new()), Distribution::default());
    }

    proptest! {
        #[test]
        fn percentiles_are_within_a_bucket_of_the_truth(mut millis in prop::collection::vec(1u64..5000, 1..200)) {
            let mut tally = Tally::default();
            for m in &millis {
                tally.observe("latency", Duration::from_millis(*m));
            }
            let seen = Distribution::of("latency", &tally.0);
            millis.sort_unstable();
            let truth = millis[(millis.len() as f64 * 0.95).ceil() as usize - 1] as f64;
            prop_assert_eq!(seen.count, millis.len() as u64);
            prop_assert!(seen.p95 >= truth * 0.999 && seen.p95 <= truth * 1.1, "{} {}", seen.p95, truth);
        }
    }
}
