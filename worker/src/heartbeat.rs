//! The worker's heartbeat, on a thread and a runtime of its own: a busy worker never looks dead.

use crate::services::Services;
use lexilingo_shared::{
    queue::{Fleet, Lanes},
    store_error::StoreResult,
};
use std::{sync::Arc, thread::JoinHandle};
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

/// Says that the worker lives and takes over what lost ones held. The first beat is made before this returns.
pub async fn beat(services: &Services, lanes: &dyn Lanes, fleet: &dyn Fleet) -> StoreResult<()> {
    let now = services.now();
    lanes.beat(&services.id, &services.lanes, now).await?;
    fleet.report(&services.report()).await?;
    let lost_before = now.minus(services.config.worker.lost_after());
    for recovered in lanes.recover(&services.lanes, lost_before, now).await? {
        services.metrics.job_attempts.with_label_values(&["crash"]).inc();
        info!(
            job_id = recovered.entry.as_str(),
            lane = %recovered.lane,
            crashes = recovered.crashes,
            "job taken back from a lost worker"
        );
    }
    Ok(())
}

/// Beats until `stop`. `connect` opens this thread's own connection to the queue, so that a runtime that is busy
/// elsewhere holds up no heartbeat.
pub fn start<F>(
    services: Arc<Services>,
    connect: F,
    stop: CancellationToken,
) -> std::io::Result<JoinHandle<()>>
where
    F: AsyncFnOnce() -> StoreResult<(Arc<dyn Lanes>, Arc<dyn Fleet>)> + Send + 'static,
{
    std::thread::Builder::new().name("heartbeat".to_owned()).spawn(move || {
        let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime,
            Err(e) => return warn!(error = %e, "heartbeat cannot start"),
        };
        runtime.block_on(async move {
            let (lanes, fleet) = match connect().await {
                Ok(queue) => queue,
                Err(e) => {
                    warn!(error = %e, "heartbeat shares the worker's connection");
                    (services.stores.lanes.clone(), services.stores.fleet.clone())
                }
            };
            let mut interval = tokio::time::interval(services.config.worker.heartbeat);
            interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = interval.tick() => {}
                    () = stop.cancelled() => break,
                }
                services.pool.tend();
                match beat(&services, lanes.as_ref(), fleet.as_ref()).await {
                    Ok(()) => debug!(running = services.running.count(), "beat"),
                    Err(e) => warn!(error = %e, "heartbeat was missed"),
                }
            }
        });
    })
}
