//! Reads the announcements of jobs that have ended and makes deliveries of them. One worker at a time reads; what is read
//! twice all the same is known by its id.

use lexilingo_shared::{
    id::{Tenant, WorkerId},
    job::{JobRecord, OutboxEntry},
    queue::{Lookup, NewDelivery},
    store::{EndpointRegistry, Stores},
    store_error::StoreResult,
    time::Clock,
    webhook::{Endpoint, EventId, EventType, event::job_body},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;
use tracing::warn;

/// Announcements that are read at a time.
const BATCH: usize = 256;
/// Between two looks at the outbox, while there is nothing.
const LOOK: Duration = Duration::from_millis(250);
const RETRY: Duration = Duration::from_secs(1);
/// How long one worker reads alone; longer than a batch takes.
const TERM: Duration = Duration::from_secs(10);

pub struct OutboxReader {
    stores: Stores,
    registry: EndpointRegistry,
    clock: Arc<dyn Clock>,
    worker: WorkerId,
}

impl OutboxReader {
    pub fn new(stores: Stores, clock: Arc<dyn Clock>, worker: WorkerId) -> OutboxReader {
        let registry = EndpointRegistry::new(stores.documents.clone());
        OutboxReader { stores, registry, clock, worker }
    }

    pub async fn run(self, stop: CancellationToken) {
        loop {
            let pause = match self.read_once().await {
                Ok(BATCH) => continue,
                Ok(_) => LOOK,
                Err(e) => {
                    warn!(error = %e, "ends of jobs cannot be told");
                    RETRY
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = stop.cancelled() => return,
            }
        }
    }

    /// Makes deliveries of the oldest announcements; how many were read.
    pub async fn read_once(&self) -> StoreResult<usize> {
        let now = self.clock.now();
        if !self.stores.deliveries.leads(self.worker.as_str(), TERM, now).await? {
            return Ok(0);
        }
        let entries = self.stores.jobs.outbox(BATCH).await?;
        if entries.is_empty() {
            return Ok(0);
        }
        let mut endpoints: HashMap<Tenant, Vec<Endpoint>> = HashMap::new();
        let mut deliveries = Vec::new();
        for entry in &entries {
            if !endpoints.contains_key(&entry.tenant) {
                let own = self.registry.list(&entry.tenant, now).await?;
                endpoints.insert(entry.tenant.clone(), own);
            }
            let own = endpoints.get(&entry.tenant).map(Vec::as_slice).unwrap_or_default();
            let Some(kind) = EventType::of_job(entry.kind) else { continue };
            if own.iter().any(|endpoint| endpoint.wants(kind))
                && let Some(record) = self.record(entry).await?
            {
                deliveries.extend(of_record(&record, kind, own));
            }
        }
        let added = self.stores.deliveries.add(&deliveries, false, now).await?;
        if added.refused > 0 {
            warn!(refused = added.refused, "too many events wait for a webhook endpoint");
        }
        self.stores.jobs.acknowledge(&entries).await?;
        Ok(entries.len())
    }

    /// None when the job has gone meanwhile, e.g. because its learner was erased: then there is nothing to tell.
    async fn record(&self, entry: &OutboxEntry) -> StoreResult<Option<JobRecord>> {
        match self.stores.jobs.get(&entry.tenant, &entry.job, self.clock.now()).await? {
            Lookup::Found(record) => Ok(Some(*record)),
            Lookup::Gone | Lookup::Unknown => Ok(None),
        }
    }
}

/// An event for the endpoint that the job named, or for all that want to hear of it.
pub fn of_record(record: &JobRecord, kind: EventType, endpoints: &[Endpoint]) -> Vec<NewDelivery> {
    let is_meant = |endpoint: &&Endpoint| match &record.webhook {
        Some(named) => endpoint.id == *named && endpoint.wants(kind),
        None => endpoint.wants(kind),
    };
    let delivery = |endpoint: &Endpoint| NewDelivery {
        endpoint: endpoint.id.clone(),
        tenant: record.tenant.clone(),
        event: EventId::of_job(&record.id, kind),
        kind,
        body: job_body(record, kind),
    };
    endpoints.iter().filter(is_meant).map(delivery).collect()
}
