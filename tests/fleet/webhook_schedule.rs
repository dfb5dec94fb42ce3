//! The sender under a clock that is moved by hand: schedule, pauses, disabling, and what a killed worker leaves.

use lexilingo_shared::{
    id::{EndpointId, JobId, Tenant},
    queue::NewDelivery,
    queue::deliveries::LEASED_FOR,
    store::{Attempt, AttemptOutcome, EndpointRegistry, Stores, embedded::Embedded},
    time::{Clock, ManualClock, SystemClock, Timestamp},
    webhook::{Disabled, Endpoint, EventId, EventType, Policy},
};
use lexilingo_tests::receiver::{Manner, Receiver};
use lexilingo_worker::{
    metrics::Metrics,
    webhook::{client::Client, resolver::SystemResolver, sender::Sender},
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

const FINE: Manner = Manner::Answer("200 OK", "");
const BROKEN: Manner = Manner::Answer("500 Oops", "");

struct Stage {
    stores: Stores,
    registry: EndpointRegistry,
    clock: Arc<ManualClock>,
    sender: Arc<Sender>,
    tenant: Tenant,
    _folder: TempDir,
}

impl Stage {
    fn new() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let stores = Embedded::open(folder.path()).unwrap().stores();
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let client = Client::new(Arc::new(SystemResolver), Policy::Anywhere).unwrap();
        let client = client.with_patience(Duration::from_secs(2));
        let sender = Sender::new(stores.clone(), clock.clone(), client, Metrics::new().unwrap());
        let registry = EndpointRegistry::new(stores.documents.clone());
        let tenant = Tenant::local();
        Stage { stores, registry, clock, sender, tenant, _folder: folder }
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    async fn endpoint(&self, receiver: &Receiver) -> EndpointId {
        let id = EndpointId::new(self.now(), rand::random());
        let url = receiver.url.clone();
        let new = Endpoint::new(id.clone(), url, BTreeSet::new(), rand::random(), self.now());
        self.registry.add(&self.tenant, &new, self.now()).await.unwrap();
        id
    }

    async fn add(&self, endpoint: &EndpointId, count: usize) {
        let delivery = |_| {
            let kind = EventType::Succeeded;
            let job = JobId::new(self.now(), rand::random());
            NewDelivery {
                endpoint: endpoint.clone(),
                tenant: self.tenant.clone(),
                event: EventId::of_job(&job, kind),
                kind,
                body: "{}".to_owned(),
            }
        };
        let all: Vec<NewDelivery> = (0..count).map(delivery).collect();
        for some in all.chunks(500) {
            self.stores.deliveries.add(some, false, self.now()).await.unwrap();
        }
    }

    /// The newest attempt.
    async fn last(&self, endpoint: &EndpointId) -> Attempt {
        let log = self.registry.attempts(&self.tenant, endpoint, None, 1, self.now()).await;
        log.unwrap().remove(0).1
    }

    async fn state(&self, endpoint: &EndpointId) -> Endpoint {
        self.registry.find(&self.tenant, endpoint, self.now()).await.unwrap().unwrap()
    }

    fn move_to(&self, at: Timestamp) {
        self.clock.advance(at.since(self.now()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_tried_by_the_specifications_schedule_and_then_given_up() {
    let stage = Stage::new();
    let receiver = Receiver::start(BROKEN).await;
    let endpoint = stage.endpoint(&receiver).await;
    stage.add(&endpoint, 1).await;
    for (number, wait) in (1..).zip([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]) {
        assert_eq!(stage.sender.send_due().await.unwrap(), 1);
        let attempt = stage.last(&endpoint).await;
        assert_eq!((attempt.attempt, attempt.outcome), (number, AttemptOutcome::Failed));
        let next = attempt.next_at.unwrap();
        let waits = next.since(stage.now()).as_secs_f64();
        assert!((f64::from(wait)..=f64::from(wait) * 1.1).contains(&waits), "{number}: {waits}");
        stage.move_to(next.minus(Duration::from_millis(1)));
        assert_eq!(stage.sender.send_due().await.unwrap(), 0);
        stage.move_to(next);
    }
    assert_eq!(stage.sender.send_due().await.unwrap(), 1);
    let last = stage.last(&endpoint).await;
    assert_eq!((last.attempt, last.outcome, last.next_at), (10, AttemptOutcome::GivenUp, None));
    let received = receiver.received();
    assert_eq!(received.len(), 10);
    let ids: BTreeSet<&str> =
        received.iter().map(|one| one.headers["webhook-id"].as_str()).collect();
    let stamps: BTreeSet<&str> =
        received.iter().map(|one| one.headers["webhook-timestamp"].as_str()).collect();
    assert_eq!((ids.len(), stamps.len()), (1, 10), "one id, a timestamp of its own each time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pause_that_a_receiver_asks_for_is_kept() {
    let stage = Stage::new();
    let busy = Manner::Answer("429 Too Many Requests", "retry-after: 600\r\n");
    let receiver = Receiver::start(busy).await;
    let endpoint = stage.endpoint(&receiver).await;
    stage.add(&endpoint, 1).await;
    stage.sender.send_due().await.unwrap();
    let attempt = stage.last(&endpoint).await;
    assert_eq!(attempt.status, Some(429));
    assert_eq!(attempt.next_at.unwrap().since(stage.now()), Duration::from_secs(600));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_of_failure_disable_an_endpoint_and_what_waits_is_not_sent() {
    let stage = Stage::new();
    let receiver = Receiver::start(BROKEN).await;
    let endpoint = stage.endpoint(&receiver).await;
    stage.add(&endpoint, 1).await;
    stage.sender.send_due().await.unwrap();
    assert!(stage.state(&endpoint).await.failing_since.is_some());
    stage.clock.advance(Duration::from_secs(5 * 24 * 3600));
    stage.sender.send_due().await.unwrap();
    assert_eq!(stage.state(&endpoint).await.disabled, Some(Disabled::Failing));
    let before = receiver.received().len();
    stage.add(&endpoint, 3).await;
    stage.clock.advance(Duration::from_secs(3600));
    while stage.sender.send_due().await.unwrap() > 0 {}
    assert_eq!(receiver.received().len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_between_sending_and_recording_sends_the_event_again_with_its_id() {
    let stage = Stage::new();
    let receiver = Receiver::start(Manner::Hang).await;
    let endpoint = stage.endpoint(&receiver).await;
    stage.add(&endpoint, 1).await;
    let sender = stage.sender.clone();
    let sending = tokio::spawn(async move { sender.send_due().await });
    let first = receiver.until(1).await.remove(0);
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    receiver.now(FINE);
    assert_eq!(stage.sender.send_due().await.unwrap(), 0);
    stage.clock.advance(LEASED_FOR);
    assert_eq!(stage.sender.send_due().await.unwrap(), 1);
    let again = receiver.until(2).await.remove(1);
    assert_eq!(again.headers["webhook-id"], first.headers["webhook-id"]);
    assert_eq!(stage.last(&endpoint).await.outcome, AttemptOutcome::Delivered);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_hangs_holds_up_no_other() {
    const EVENTS: usize = 10_000;
    let stage = Stage::new();
    let (fast, slow) = (Receiver::start(FINE).await, Receiver::start(Manner::Hang).await);
    // The slow one's events stand first.
    let (hanging, served) = (stage.endpoint(&slow).await, stage.endpoint(&fast).await);
    stage.add(&hanging, EVENTS).await;
    stage.add(&served, EVENTS).await;
    let stop = CancellationToken::new();
    let sending = tokio::spawn(stage.sender.clone().run(stop.clone()));
    let begun = std::time::Instant::now();
    let received = fast.until(EVENTS).await;
    println!("{EVENTS} events to the fast one in {:?}", begun.elapsed());
    let ids: BTreeSet<&str> =
        received.iter().map(|one| one.headers["webhook-id"].as_str()).collect();
    assert_eq!(ids.len(), EVENTS, "each once");
    let tried = slow.received().len();
    assert!((1..EVENTS / 10).contains(&tried), "{tried} went to the one that hangs");
    stop.cancel();
    sending.await.unwrap();
}
