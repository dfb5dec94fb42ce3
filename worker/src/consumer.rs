//! Lanes seen as apalis backends, and outcomes told back to the lanes. The only file of the worker that knows apalis.
//!
//! apalis drives: it asks a backend for the next delivery when its concurrency allows one more, runs the handler, and
//! drains on shutdown. Leases, retries and acknowledgements are the lane's own, because apalis-redis 1.0's were found
//! unsound (ARCHITECTURE.md, "The queue").

use crate::{jobs, outcome::Outcome, services::Services};
use apalis::prelude::{Data, Monitor, WorkerBuilder, WorkerBuilderExt};
use apalis_core::{
    backend::{Backend, BackendConfig, finalize::Ephemeral},
    error::BoxDynError,
    task::Task,
    worker::context::WorkerContext,
};
use futures::{FutureExt, future::BoxFuture};
use lexilingo_shared::{
    error_code::ErrorCode,
    job::JobError,
    lane::{Class, Lane},
    queue::{Delivery, Progress, Settlement},
    retry, telemetry,
    trace_context::TraceContext,
};
use std::{
    collections::VecDeque,
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use tower::layer::util::Identity;
use tracing::{Instrument, error, info, info_span, warn};

/// Entries that are taken at once: few, so that another worker that idles has its share of a burst.
const LEASES: usize = 4;
/// Longest wait for a wake-up before a lane is looked at again.
const IDLE: Duration = Duration::from_secs(1);
/// Pause after a store failed.
const STORE_PAUSE: Duration = Duration::from_millis(250);

/// Works on every lane until `stop`, then lets running jobs finish within the drain time.
pub async fn run(services: Arc<Services>, stop: CancellationToken) -> anyhow::Result<()> {
    let mut monitor = Monitor::new().shutdown_timeout(services.config.worker.drain);
    for lane in services.lanes.clone() {
        let services = services.clone();
        let stop = stop.clone();
        monitor = monitor.register(move |restarts| {
            // A name is never used twice, or its predecessor's heartbeat would stand in for it.
            let name = format!("{}/{lane}/{restarts}", services.id);
            let places = concurrency(lane.class, services.config.worker.concurrency);
            let backend = LaneBackend {
                services: services.clone(),
                lane,
                stop: stop.clone(),
                places: Arc::new(Semaphore::new(places)),
                ready: VecDeque::new(),
                next: None,
            };
            WorkerBuilder::new(name.as_str())
                .backend(backend)
                .data(services.clone())
                .concurrency(places)
                .build(handle)
        });
    }
    let signal = async move {
        stop.cancelled().await;
        Ok(())
    };
    monitor.should_restart(|_, _| true).run_with_signal(signal).await?;
    Ok(())
}

/// Gives back what was still running when the drain time was over: queued again, with no failure and no crash counted.
pub async fn hand_back(services: &Services) {
    for delivery in services.running.left() {
        let handed = async {
            let now = services.now();
            services.stores.jobs.advance(&delivery, &Progress::HandedBack, now).await?;
            services.stores.lanes.settle(&delivery, &Settlement::HandBack, now).await
        };
        match handed.await {
            Ok(()) => info!(job_id = delivery.entry.as_str(), "job handed back"),
            Err(e) => warn!(job_id = delivery.entry.as_str(), error = %e, "job not handed back"),
        }
    }
}

/// Jobs of a class at once: the more urgent, the more.
fn concurrency(class: Class, interactive: usize) -> usize {
    match class {
        Class::Interactive => interactive,
        Class::Voice => interactive.div_ceil(2),
        Class::Bulk => interactive.div_ceil(4),
    }
}

/// A delivery with its place among those that run: no more is leased than there are places.
struct Placed {
    delivery: Delivery,
    _place: OwnedSemaphorePermit,
}

struct LaneBackend {
    services: Arc<Services>,
    lane: Lane,
    stop: CancellationToken,
    places: Arc<Semaphore>,
    /// Leased, and about to run.
    ready: VecDeque<Placed>,
    next: Option<BoxFuture<'static, VecDeque<Placed>>>,
}

impl Backend for LaneBackend {
    type Task = Task<Placed>;
    type Error = Infallible;

    fn poll_ready(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Option<Result<Self::Task, Infallible>>> {
        if self.ready.is_empty() {
            let (services, places, stop) = (&self.services, &self.places, &self.stop);
            let next = self.next.get_or_insert_with(|| {
                lease(services.clone(), self.lane, places.clone(), stop.clone()).boxed()
            });
            self.ready = futures::ready!(next.poll_unpin(cx));
            self.next = None;
        }
        Poll::Ready(self.ready.pop_front().map(|placed| Ok(Task::new(placed))))
    }

    fn poll_close(
        &mut self,
        _: &mut Context<'_>,
        _: &WorkerContext,
    ) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }
}

impl BackendConfig for LaneBackend {
    type Args = Placed;
    type Id = String;
    type Kind = Ephemeral;
    type Config = ();
    type Layer = Identity;

    fn config(&self) -> &() {
        &()
    }

    fn middleware(&mut self, _: &mut WorkerContext) -> Identity {
        Identity::new()
    }
}

/// The lane's next deliveries; none once the worker stops. A store that fails is asked again: an error would end the
/// apalis worker and drop the jobs that it runs.
async fn lease(
    services: Arc<Services>,
    lane: Lane,
    places: Arc<Semaphore>,
    stop: CancellationToken,
) -> VecDeque<Placed> {
    let lanes = &services.stores.lanes;
    let mut free = Vec::new();
    while !stop.is_cancelled() {
        while free.len() < LEASES {
            let place = if free.is_empty() {
                places.clone().acquire_owned().await.ok()
            } else {
                places.clone().try_acquire_owned().ok()
            };
            let Some(place) = place else { break };
            free.push(place);
        }
        match lanes.lease_up_to(free.len(), lane, &services.id, services.now()).await {
            Ok(deliveries) if !deliveries.is_empty() => {
                let placed = deliveries.into_iter().zip(free);
                return placed.map(|(delivery, _place)| Placed { delivery, _place }).collect();
            }
            Ok(_) => tokio::select! {
                () = lanes.wait_for_work(lane, IDLE) => {}
                () = stop.cancelled() => {}
            },
            Err(e) => {
                warn!(lane = %lane, error = %e, "lane cannot be read");
                tokio::time::sleep(STORE_PAUSE).await;
            }
        }
    }
    VecDeque::new()
}

/// One delivery, on a task of its own so that a panic ends nothing but its attempt.
async fn handle(placed: Placed, services: Data<Arc<Services>>) -> Result<(), BoxDynError> {
    let services = services.clone();
    let Placed { delivery, _place } = placed;
    let envelope = delivery.envelope.as_ref().ok();
    let trace = envelope.and_then(|envelope| envelope.traceparent.as_deref()?.parse().ok());
    let span = info_span!(
        "job",
        job_id = delivery.entry.as_str(),
        lane = %delivery.lane,
        fence = delivery.fence,
        trace_id = trace.as_ref().map(TraceContext::trace_id),
    );
    telemetry::join(&span, trace.as_ref());
    let work = async move {
        services.running.begin(&delivery);
        let attempt = std::panic::AssertUnwindSafe(jobs::analyze::handle(&services, &delivery));
        let outcome = match attempt.catch_unwind().await {
            Ok(outcome) => outcome,
            Err(_) => panicked(&services, &delivery).await,
        };
        settle(&services, &delivery, outcome).await;
        services.running.end(&delivery);
        drop(_place);
    };
    AbortOnDropHandle::new(tokio::spawn(work.instrument(span))).await?;
    Ok(())
}

/// A job that panics is tried again, and given up when it has been delivered as often as a job may fail.
async fn panicked(services: &Services, delivery: &Delivery) -> Outcome {
    error!("job panicked");
    let deliveries = u32::try_from(delivery.fence).unwrap_or(u32::MAX);
    if deliveries >= retry::MAX_ATTEMPTS {
        let detail = "The job panicked in every attempt.".to_owned();
        jobs::analyze::fail(services, delivery, JobError { code: ErrorCode::Internal, detail })
            .await
    } else {
        Outcome::RetryAfter(retry::next_delay(deliveries, rand::random()))
    }
}

/// Tells the lane. An entry that is not settled would be held as long as this worker lives, so it is tried until it
/// holds.
async fn settle(services: &Services, delivery: &Delivery, outcome: Outcome) {
    let settlement = match outcome {
        Outcome::Done => Settlement::Done,
        Outcome::RetryAfter(delay) => Settlement::Retry(services.now().plus(delay)),
        Outcome::GiveUp(error) => Settlement::Dead(format!("{}: {}", error.code, error.detail)),
    };
    while let Err(e) = services.stores.lanes.settle(delivery, &settlement, services.now()).await {
        warn!(error = %e, "delivery cannot be settled");
        tokio::time::sleep(STORE_PAUSE).await;
    }
}
