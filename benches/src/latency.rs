//! Times of single requests, gathered from many connections.

use crate::{
    http::{Connection, Target},
    request::Author,
};
use hdrhistogram::Histogram;
use std::time::{Duration, Instant};

/// What one run of requests took.
pub struct Latencies {
    histogram: Histogram<u64>,
    pub elapsed: Duration,
    pub failed: u64,
}

impl Default for Latencies {
    fn default() -> Self {
        // Microseconds to a minute, to three digits; these bounds are always valid.
        let histogram = Histogram::new_with_bounds(1, 60_000_000, 3).expect("valid bounds");
        Latencies { histogram, elapsed: Duration::ZERO, failed: 0 }
    }
}

impl Latencies {
    pub fn note(&mut self, took: Duration) {
        self.note_micros(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
    }

    pub fn note_micros(&mut self, micros: u64) {
        self.histogram.saturating_record(micros.max(1));
    }

    pub fn merge(&mut self, other: &Latencies) {
        self.histogram += &other.histogram;
        self.failed += other.failed;
    }

    pub fn count(&self) -> u64 {
        self.histogram.len()
    }

    /// Milliseconds.
    pub fn quantile(&self, quantile: f64) -> f64 {
        self.histogram.value_at_quantile(quantile) as f64 / 1000.0
    }

    /// Milliseconds.
    pub fn mean(&self) -> f64 {
        self.histogram.mean() / 1000.0
    }

    pub fn per_second(&self) -> f64 {
        self.count() as f64 / self.elapsed.as_secs_f64()
    }
}

/// One request after the other on one connection, each after a pause: an idle service.
pub async fn one_by_one(
    target: &Target,
    path: &str,
    bodies: impl Iterator<Item = String>,
    pause: Duration,
) -> anyhow::Result<Latencies> {
    let mut connection = Connection::open(target).await?;
    let mut latencies = Latencies::default();
    let begun = Instant::now();
    for body in bodies {
        tokio::time::sleep(pause).await;
        let from = Instant::now();
        let answer = connection.post(path, &body).await?;
        latencies.note(from.elapsed());
        anyhow::ensure!(answer.status == 200, "status {} from {}", answer.status, target.address);
    }
    latencies.elapsed = begun.elapsed();
    Ok(latencies)
}

/// So many connections that never rest: a busy service. Fails when an answer is not a result.
pub async fn all_at_once(
    target: &Target,
    path: &'static str,
    connections: usize,
    span: Duration,
) -> anyhow::Result<Latencies> {
    let begun = Instant::now();
    let end = begun + span;
    let clients = (0..connections).map(|_| {
        let target = target.clone();
        tokio::spawn(async move {
            let mut connection = Connection::open(&target).await?;
            let (mut author, mut latencies) = (Author::new(), Latencies::default());
            while Instant::now() < end {
                let body = author.write();
                let from = Instant::now();
                let answer = connection.post(path, &body).await?;
                if answer.status == 200 {
                    latencies.note(from.elapsed());
                } else {
                    latencies.failed += 1;
                }
            }
            anyhow::Ok(latencies)
        })
    });
    let clients: Vec<_> = clients.collect();
    let mut all = Latencies::default();
    for client in clients {
        all.merge(&client.await??);
    }
    all.elapsed = begun.elapsed();
    anyhow::ensure!(all.failed == 0, "{} of the answers were no results", all.failed);
    Ok(all)
}
