//! When a job will be done: a pure estimate from what the fleet has measured.

use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

/// Seconds until the job has ended, from now. `null` while no worker lives that could do it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, ToSchema)]
pub struct Eta {
    #[schema(minimum = 0, required = true)]
    pub p50_s: Option<f64>,
    #[schema(minimum = 0, required = true)]
    pub p90_s: Option<f64>,
}

/// What an estimate rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Load {
    /// Entries that go first: those that wait in this lane and in more urgent ones.
    pub ahead: u64,
    /// Entries that are being worked on.
    pub running: u64,
    /// Ready workers that serve the lane.
    pub workers: u32,
    /// Time per job in milliseconds as measured; zeros when nothing was measured yet.
    pub avg_ms: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
}

/// Assumed before the first job was measured: the service's own latency targets.
const UNMEASURED_P50_MS: f64 = 350.0;
const UNMEASURED_P95_MS: f64 = 2000.0;
/// Longest and shortest advice when to ask again.
const RETRY_BOUNDS: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));
const RETRY_WITHOUT_WORKERS: Duration = Duration::from_secs(5);

/// Those ahead are served as many at once as are seen running now, at least one per worker; then comes the job itself.
pub fn estimate(load: &Load) -> Eta {
    if load.workers == 0 {
        return Eta::default();
    }
    let measured = load.p50_ms > 0.0;
    let (avg, p50, p95) = if measured {
        (load.avg_ms, load.p50_ms, load.p95_ms)
    } else {
        (UNMEASURED_P50_MS, UNMEASURED_P50_MS, UNMEASURED_P95_MS)
    };
    let abreast = load.running.max(u64::from(load.workers)) as f64;
    let queue = load.ahead as f64 * avg / abreast;
    let seconds = |ms: f64| Some((ms.max(0.0)).round() / 1e3);
    Eta { p50_s: seconds(queue + p50), p90_s: seconds(queue * 1.5 + p95.max(p50)) }
}

/// When a client should ask again.
pub fn retry_after(eta: &Eta) -> Duration {
    match eta.p50_s {
        Some(p50) => Duration::from_secs_f64(p50).clamp(RETRY_BOUNDS.0, RETRY_BOUNDS.1),
        None => RETRY_WITHOUT_WORKERS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_a_worker_nothing_is_promised() {
        assert_eq!(estimate(&Load { ahead: 3, ..Load::default() }), Eta::default());
    }

    #[test]
    fn an_idle_fleet_takes_one_jobs_time() {
        let load = Load { workers: 1, avg_ms: 20.0, p50_ms: 10.0, p95_ms: 40.0, ..Load::default() };
        assert_eq!(estimate(&load), Eta { p50_s: Some(0.01), p90_s: Some(0.04) });
    }

    proptest! {
        #[test]
        fn more_ahead_never_promises_less(ahead in 0u64..1_000_000, workers in 1u32..50, avg in 0.0f64..5e3) {
            let load = Load { ahead, workers, running: 0, avg_ms: avg, p50_ms: avg, p95_ms: avg * 2.0 };
            let (now, later) = (estimate(&load), estimate(&Load { ahead: ahead + 1, ..load }));
            prop_assert!(later.p50_s >= now.p50_s && later.p90_s >= now.p90_s);
            prop_assert!(now.p90_s >= now.p50_s);
            prop_assert!(retry_after(&now) >= RETRY_BOUNDS.0 && retry_after(&now) <= RETRY_BOUNDS.1);
        }
    }
}
