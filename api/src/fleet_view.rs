//! The fleet as the api last saw it. Looking costs several round trips, so one look serves many requests.

use crate::{
    error::ApiResult,
    eta::{self, Eta, Load},
    state::App,
};
use lexilingo_shared::{
    lane::Lane,
    queue::{LaneStats, WorkerReport},
    tally::Distribution,
    time::Timestamp,
};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
    time::Duration,
};

/// How old a look may be for estimates and gauges. Upkeep looks every second, so in a running service no request has to.
const FRESH_FOR: Duration = Duration::from_secs(2);
/// How far back the rate of requests looks.
const RATE_WINDOW: Duration = Duration::from_secs(60);
/// Sessions with a turn in this time are active.
const ACTIVE_SESSION: Duration = Duration::from_secs(30 * 60);

#[derive(Debug, Default)]
pub struct FleetView {
    pub at: Timestamp,
    pub workers: Vec<WorkerReport>,
    pub counters: BTreeMap<String, u64>,
    pub latency: Distribution,
    pub lanes: Vec<(Lane, LaneStats)>,
    pub active_sessions: u64,
    /// Requests of the last minute; `None` until two looks are known.
    pub requests_per_minute: Option<f64>,
}

impl FleetView {
    /// When a job that goes into the lane now will be done.
    pub fn eta(&self, lane: Lane) -> Eta {
        let more_urgent =
            |other: &Lane| other.capability == lane.capability && other.class <= lane.class;
        let stats = || self.lanes.iter().filter(|(l, _)| more_urgent(l)).map(|(_, stats)| stats);
        let serving =
            self.workers.iter().filter(|w| w.ready && !w.draining && w.lanes.contains(&lane));
        eta::estimate(&Load {
            ahead: stats().map(|stats| stats.waiting).sum(),
            running: stats().map(|stats| stats.running).sum(),
            workers: u32::try_from(serving.count()).unwrap_or(u32::MAX),
            avg_ms: self.latency.avg,
            p50_ms: self.latency.p50,
            p95_ms: self.latency.p95,
        })
    }

    pub fn ready_workers(&self) -> usize {
        self.workers.iter().filter(|worker| worker.ready && !worker.draining).count()
    }
}

/// The last look, and what it takes to tell a rate.
#[derive(Default)]
pub struct FleetViews {
    last: Mutex<Option<Arc<FleetView>>>,
    samples: Mutex<VecDeque<(Timestamp, u64)>>,
    looking: tokio::sync::Mutex<()>,
}

impl App {
    /// A look that is at most two seconds old; while someone else is looking, the one before.
    pub async fn fleet_view(&self) -> ApiResult<Arc<FleetView>> {
        let last = self.fleet.last();
        if let Some(view) = &last
            && self.now().since(view.at) < FRESH_FOR
        {
            return Ok(view.clone());
        }
        match (self.fleet.looking.try_lock(), last) {
            (Err(_), Some(view)) => Ok(view),
            (guard, _) => {
                // Nobody has looked yet and someone is at it: the second look is rare and does no harm.
                let view = self.look_at_fleet().await;
                drop(guard);
                view
            }
        }
    }

    /// A look from now.
    pub async fn look_at_fleet(&self) -> ApiResult<Arc<FleetView>> {
        let now = self.now();
        let fleet = &self.stores.fleet;
        let lanes = futures::future::try_join_all(Lane::all().map(|lane| async move {
            Ok::<_, lexilingo_shared::store_error::StoreError>((
                lane,
                self.stores.lanes.stats(lane, now).await?,
            ))
        }));
        let (workers, counters, active_sessions, lanes) = tokio::try_join!(
            fleet.workers(now.minus(self.config.worker.lost_after())),
            fleet.counters(),
            fleet.active_sessions(now.minus(ACTIVE_SESSION)),
            lanes,
        )?;
        let requests = counters.get("requests").copied().unwrap_or(0);
        let view = Arc::new(FleetView {
            at: now,
            workers,
            latency: Distribution::of("latency", &counters),
            counters,
            lanes,
            active_sessions,
            requests_per_minute: self.fleet.rate(now, requests),
        });
        self.fleet.remember(view.clone());
        Ok(view)
    }
}

impl FleetViews {
    fn last(&self) -> Option<Arc<FleetView>> {
        self.last.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    fn remember(&self, view: Arc<FleetView>) {
        *self.last.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(view);
    }

    fn rate(&self, now: Timestamp, requests: u64) -> Option<f64> {
        let mut samples = self.samples.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        samples.push_back((now, requests));
        rate(&mut samples)
    }
}

/// Requests per minute over the window that the samples span; older ones are dropped.
fn rate(samples: &mut VecDeque<(Timestamp, u64)>) -> Option<f64> {
    let (now, requests) = *samples.back()?;
    while samples.front().is_some_and(|(at, _)| now.since(*at) > RATE_WINDOW) {
        samples.pop_front();
    }
    let (from, before) = *samples.front()?;
    let minutes = now.since(from).as_secs_f64() / 60.0;
    (minutes > 0.0).then(|| requests.saturating_sub(before) as f64 / minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_looks_one_minute_back() {
        let at = Timestamp::from_millis;
        let mut samples = VecDeque::from([(at(0), 0), (at(60_000), 600)]);
        assert_eq!(rate(&mut samples), Some(600.0));
        samples.push_back((at(90_000), 630));
        assert_eq!(rate(&mut samples), Some(60.0));
        assert_eq!(rate(&mut VecDeque::from([(at(5), 9)])), None);
    }

    #[test]
    fn workers_that_are_not_ready_promise_nothing() {
        let view = FleetView::default();
        let lane = Lane::all().next().unwrap();
        assert_eq!(view.eta(lane), Eta::default());
    }
}
