//! Sends what is due, each endpoint at its own pace, and notes what came of it.

use super::client::{Client, NoReply, Reply, Signed};
use crate::metrics::Metrics;
use lexilingo_shared::{
    queue::{
        LentDelivery, Sent,
        deliveries::{AT_ONCE, AT_ONCE_FAILING},
    },
    store::{Attempt, AttemptOutcome, EndpointRegistry, Stores},
    store_error::StoreResult,
    time::{Clock, Timestamp},
    webhook::{endpoint::End, retry_after, schedule, secret::signatures},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, task::JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

/// Sendings of one worker at once. An endpoint that fails gets one of them, so it takes as many bad endpoints to hold up
/// the good ones.
const MOST_AT_ONCE: usize = 256;
/// Between two looks at what is due, while nothing is.
const LOOK: Duration = Duration::from_millis(250);
/// How long sendings may go on after the worker was told to stop; what is cut off is sent again by another one.
const LAST_WAIT: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_secs(1);

pub struct Sender {
    stores: Stores,
    registry: EndpointRegistry,
    clock: Arc<dyn Clock>,
    client: Client,
    metrics: Metrics,
}

/// What came of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub end: End,
    pub status: Option<u16>,
    pub error: Option<String>,
    pub pause: Option<Duration>,
}

impl Outcome {
    /// 2xx is success and nothing else is: a redirect is not followed.
    pub fn of(reply: Result<Reply, NoReply>, now: Timestamp) -> Outcome {
        let reply = match reply {
            Ok(reply) => reply,
            Err(why) => {
                let error = Some(why.to_string());
                return Outcome { end: End::Failed, status: None, error, pause: None };
            }
        };
        let (end, error) = match reply.status {
            200..=299 => (End::Delivered, None),
            410 => (End::Gone, Some("the receiver wants no more".to_owned())),
            300..=399 => (End::Failed, Some("redirects are not followed".to_owned())),
            _ => (End::Failed, Some("the receiver refused it".to_owned())),
        };
        let pause = reply.retry_after.and_then(|value| retry_after::parse(&value, now));
        Outcome { end, status: Some(reply.status), error, pause }
    }

    /// What becomes of the event after so many attempts.
    pub fn sent(&self, attempt: u32, jitter: f64, now: Timestamp) -> Sent {
        match self.end {
            End::Delivered | End::Gone => Sent::Over,
            End::Failed => match schedule::next_wait(attempt, jitter, self.pause) {
                Some(wait) => Sent::Again(now.plus(wait)),
                None => Sent::Over,
            },
        }
    }
}

impl Sender {
    pub fn new(
        stores: Stores,
        clock: Arc<dyn Clock>,
        client: Client,
        metrics: Metrics,
    ) -> Arc<Sender> {
        let registry = EndpointRegistry::new(stores.documents.clone());
        Arc::new(Sender { stores, registry, clock, client, metrics })
    }

    /// Sends until `stop`, then waits a moment for what is on its way.
    pub async fn run(self: Arc<Self>, stop: CancellationToken) {
        let places = Arc::new(Semaphore::new(MOST_AT_ONCE));
        let mut running = JoinSet::new();
        while !stop.is_cancelled() {
            while running.try_join_next().is_some() {}
            let free = places.available_permits();
            let lent = if free == 0 { Ok(Vec::new()) } else { self.lend(free).await };
            let pause = match lent {
                Ok(lent) if !lent.is_empty() => {
                    for one in lent {
                        let Ok(place) = places.clone().try_acquire_owned() else { break };
                        let own = self.clone();
                        running.spawn(async move {
                            own.deliver(one).await;
                            drop(place);
                        });
                    }
                    continue;
                }
                Ok(_) => LOOK,
                Err(e) => {
                    warn!(error = %e, "webhooks cannot be looked for");
                    RETRY
                }
            };
            tokio::select! {
                // What has ended may have made room for the next of its endpoint.
                Some(_) = running.join_next() => {}
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => {}
            }
        }
        let ended = async { while running.join_next().await.is_some() {} };
        if tokio::time::timeout(LAST_WAIT, ended).await.is_err() {
            info!("webhooks on their way are left to another worker");
        }
    }

    /// Sends everything that is due now and returns when it has been sent; the number of attempts.
    pub async fn send_due(&self) -> StoreResult<usize> {
        let lent = self.lend(MOST_AT_ONCE).await?;
        let attempts = lent.len();
        futures::future::join_all(lent.into_iter().map(|one| self.deliver(one))).await;
        Ok(attempts)
    }

    async fn lend(&self, limit: usize) -> StoreResult<Vec<LentDelivery>> {
        self.stores.deliveries.lend(limit, self.clock.now()).await
    }

    /// One attempt. What it left unsettled comes back by itself.
    async fn deliver(&self, lent: LentDelivery) {
        if let Err(e) = self.attempt(&lent).await {
            let endpoint = lent.delivery.endpoint.as_str();
            warn!(endpoint, error = %e, "an attempt cannot be noted; the event is sent again");
        }
    }

    async fn attempt(&self, lent: &LentDelivery) -> StoreResult<()> {
        let delivery = &lent.delivery;
        let (tenant, id, at) = (&delivery.tenant, &delivery.endpoint, self.clock.now());
        let endpoint = self.registry.find(tenant, id, at).await?;
        let Some(endpoint) = endpoint.filter(|endpoint| endpoint.is_enabled()) else {
            // Removed or disabled since: nobody is to be told any more.
            return self.stores.deliveries.settle(lent, Sent::Over, AT_ONCE, at).await;
        };
        let (event, seconds) = (delivery.event.as_str(), at.as_millis().div_euclid(1000));
        let signature = signatures(endpoint.secrets(at), event, seconds, delivery.body.as_bytes());
        let signed = Signed { id: event.to_owned(), timestamp: seconds, signature };
        let begun = std::time::Instant::now();
        let reply = self.client.post(&endpoint.url, &signed, &delivery.body).await;
        let took = begun.elapsed();
        let now = self.clock.now();
        let outcome = Outcome::of(reply, now);
        let label = match outcome.end {
            End::Delivered => "delivered",
            End::Failed => "failed",
            End::Gone => "gone",
        };
        self.metrics.webhook_attempts.with_label_values(&[label]).inc();
        if endpoint.is_changed_by(outcome.end, now) {
            let end = outcome.end;
            let changed = self.registry.change(tenant, id, now, |kept| kept.note(end, now)).await?;
            if let Some(reason) = changed.and_then(|endpoint| endpoint.disabled) {
                info!(endpoint = id.as_str(), ?reason, "a webhook endpoint is disabled");
            }
        }
        let sent = outcome.sent(lent.attempt, rand::random(), now);
        let attempt = Attempt {
            event: delivery.event.clone(),
            kind: delivery.kind,
            attempt: lent.attempt,
            at,
            duration_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            outcome: match (outcome.end, sent) {
                (End::Delivered, _) => AttemptOutcome::Delivered,
                (_, Sent::Again(_)) => AttemptOutcome::Failed,
                (_, Sent::Over) => AttemptOutcome::GivenUp,
            },
            status: outcome.status,
            error: outcome.error,
            next_at: match sent {
                Sent::Again(at) => Some(at),
                Sent::Over => None,
            },
        };
        self.registry.log(tenant, id, &attempt).await?;
        let at_once = if outcome.end == End::Delivered { AT_ONCE } else { AT_ONCE_FAILING };
        self.stores.deliveries.settle(lent, sent, at_once, now).await
    }
}
