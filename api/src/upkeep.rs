//! What has to be done while nobody asks: deadlines, expired blobs, a fresh look at the fleet.

use crate::state::AppState;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_secs(1);
/// Jobs that are ended as expired in one go.
const EXPIRE_AT_ONCE: usize = 100;
/// Blobs are swept every this many rounds.
const ROUNDS_PER_SWEEP: u64 = 60;
const SWEEP_AT_ONCE: usize = 1000;

/// Runs until the service shuts down. A store that fails is asked again in the next round.
pub async fn run(app: AppState) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut round = 0u64;
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = app.shutdown.cancelled() => return,
        }
        tokio::select! {
            () = once(&app, round.is_multiple_of(ROUNDS_PER_SWEEP)) => {}
            () = app.shutdown.cancelled() => return,
        }
        round += 1;
    }
}

/// One round.
pub async fn once(app: &AppState, sweep: bool) {
    let now = app.now();
    match app.stores.jobs.expire_due(now, EXPIRE_AT_ONCE).await {
        Ok(0) => {}
        Ok(expired) => tracing::info!(expired, "jobs passed their deadline"),
        Err(error) => tracing::warn!(%error, "deadlines were not looked at"),
    }
    if sweep {
        match app.stores.blobs.sweep(now, SWEEP_AT_ONCE).await {
            Ok(0) => {}
            Ok(blobs) => tracing::info!(blobs, "expired blobs were removed"),
            Err(error) => tracing::warn!(%error, "expired blobs were not removed"),
        }
    }
    if let Err(error) = app.look_at_fleet().await {
        tracing::warn!(cause = error.cause, "the fleet cannot be seen");
    }
}
