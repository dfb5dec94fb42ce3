//! Where webhooks are sent from in tests.

use crate::receiver::Receiver;
use lexilingo_shared::{
    id::{EndpointId, JobId, Tenant},
    queue::NewDelivery,
    store::{Attempt, EndpointRegistry, Stores, embedded::Embedded},
    time::{Clock, ManualClock, SystemClock, Timestamp},
    webhook::{Endpoint, EventId, EventType, Policy},
};
use lexilingo_worker::{
    metrics::Metrics,
    webhook::{client::Client, resolver::SystemResolver, sender::Sender},
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tempfile::TempDir;

/// A sender on stores of its own, under a clock that is moved by hand.
pub struct Stage {
    pub stores: Stores,
    pub registry: EndpointRegistry,
    pub clock: Arc<ManualClock>,
    pub sender: Arc<Sender>,
    pub tenant: Tenant,
    _folder: TempDir,
}

impl Stage {
    /// A sender that may go anywhere and waits two seconds for an answer.
    pub fn anywhere() -> Stage {
        let client = Client::new(Arc::new(SystemResolver), Policy::Anywhere).unwrap();
        Stage::with(client.with_patience(Duration::from_secs(2)))
    }

    pub fn with(client: Client) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let stores = Embedded::open(folder.path()).unwrap().stores();
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let (metrics, keep_log) = (Metrics::new().unwrap(), Duration::from_secs(30 * 24 * 3600));
        let sender = Sender::new(stores.clone(), clock.clone(), client, metrics, keep_log);
        let registry = EndpointRegistry::new(stores.documents.clone());
        let tenant = Tenant::local();
        Stage { stores, registry, clock, sender, tenant, _folder: folder }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub async fn endpoint(&self, receiver: &Receiver) -> EndpointId {
        self.endpoint_at(&receiver.url).await
    }

    pub async fn endpoint_at(&self, url: &str) -> EndpointId {
        let id = EndpointId::new(self.now(), rand::random());
        let url = url.to_owned();
        let new = Endpoint::new(id.clone(), url, BTreeSet::new(), rand::random(), self.now());
        self.registry.add(&self.tenant, &new, self.now()).await.unwrap();
        id
    }

    /// So many events of ends.
    pub async fn add(&self, endpoint: &EndpointId, count: usize) {
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
    pub async fn last(&self, endpoint: &EndpointId) -> Attempt {
        let log = self.registry.attempts(&self.tenant, endpoint, None, 1, self.now()).await;
        log.unwrap().remove(0).1
    }

    pub async fn state(&self, endpoint: &EndpointId) -> Endpoint {
        self.registry.find(&self.tenant, endpoint, self.now()).await.unwrap().unwrap()
    }

    pub fn move_to(&self, at: Timestamp) {
        self.clock.advance(at.since(self.now()));
    }
}
