//! What every handler is handed.

use crate::{
    access::KeyRing,
    error::{ApiError, ApiResult},
    fleet_view::FleetViews,
    metrics::Metrics,
};
use lexilingo_shared::{
    config::Config,
    error_code::ErrorCode,
    id::{EndpointId, JobId, Tenant, UploadId},
    store::{Collection, Document, DocumentKey, EndpointRegistry, KeyRegistry, Stores},
    store_error::StoreError,
    time::{Clock, Timestamp},
    trace_context::TraceContext,
    webhook::{EventId, secret::SECRET_BYTES},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Semaphore, time::Instant};
use tokio_util::sync::CancellationToken;

/// Requests that may be served at once, waiting ones included.
pub const MAX_IN_FLIGHT: usize = 4096;
/// Event streams that may be open at once.
pub const MAX_STREAMS: usize = 1024;
/// Bodies with audio in them that may be in memory at once.
pub const MAX_LARGE_BODIES: usize = 8;

/// How long a reader waits for a document.
const DOCUMENT_PATIENCE: Duration = Duration::from_secs(5);
/// How long a reader waits for documents that are still to be written, and how often it looks.
const WRITTEN_PATIENCE: Duration = Duration::from_secs(2);
const WRITTEN_CHECK: Duration = Duration::from_millis(5);

/// How much is served at once.
#[derive(Debug)]
pub struct Limits {
    pub requests: Arc<Semaphore>,
    pub streams: Arc<Semaphore>,
    pub large_bodies: Arc<Semaphore>,
}

impl Limits {
    pub fn new(requests: usize, streams: usize, large_bodies: usize) -> Self {
        Limits {
            requests: Arc::new(Semaphore::new(requests)),
            streams: Arc::new(Semaphore::new(streams)),
            large_bodies: Arc::new(Semaphore::new(large_bodies)),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::new(MAX_IN_FLIGHT, MAX_STREAMS, MAX_LARGE_BODIES)
    }
}

/// The api's state, shared by all requests.
pub struct App {
    pub config: Arc<Config>,
    pub stores: Stores,
    pub clock: Arc<dyn Clock>,
    pub keys: KeyRing,
    pub endpoints: EndpointRegistry,
    pub metrics: Metrics,
    pub fleet: FleetViews,
    pub limits: Limits,
    pub started_at: Timestamp,
    /// Canceled when the service begins to shut down.
    pub shutdown: CancellationToken,
    /// `/openapi.json` as it is served.
    pub openapi_json: bytes::Bytes,
}

pub type AppState = Arc<App>;

impl App {
    pub fn new(
        config: Arc<Config>,
        stores: Stores,
        clock: Arc<dyn Clock>,
        shutdown: CancellationToken,
    ) -> anyhow::Result<App> {
        Ok(App {
            config,
            keys: KeyRing::new(KeyRegistry::new(stores.documents.clone())),
            endpoints: EndpointRegistry::new(stores.documents.clone()),
            stores,
            started_at: clock.now(),
            clock,
            metrics: Metrics::new()?,
            fleet: FleetViews::default(),
            limits: Limits::default(),
            shutdown,
            openapi_json: crate::openapi::openapi().to_json()?.into(),
        })
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A document of the tenant; `missing` is the problem of its absence.
    pub async fn document(
        &self,
        collection: Collection,
        tenant: &Tenant,
        id: &str,
        missing: ErrorCode,
    ) -> ApiResult<Document> {
        let key = DocumentKey::new(collection, tenant, id);
        self.documents_are_written().await?;
        // A driver waits long for a server that may come back; a reader rather hears at once that it is away.
        let reading = self.stores.documents.get(&key, self.now());
        let found = tokio::time::timeout(DOCUMENT_PATIENCE, reading).await;
        let found =
            found.map_err(|_| StoreError::unavailable("documents", "it answers too late"))??;
        found.ok_or_else(|| ApiError::bare(missing))
    }

    /// Waits until the documents of the jobs that have ended by now are written, or `WRITTEN_PATIENCE` has run out: who
    /// has seen an answer finds its turn in the session.
    pub async fn documents_are_written(&self) -> ApiResult<()> {
        let end = Instant::now() + WRITTEN_PATIENCE;
        let until = self.now();
        while self.stores.jobs.backlog(until).await?.waiting > 0 && Instant::now() < end {
            tokio::time::sleep(WRITTEN_CHECK).await;
        }
        Ok(())
    }
}

// The only place that asks for randomness.

impl App {
    /// An id that lies where the session's other jobs lie.
    pub fn new_job_id(&self, tenant: &Tenant, session: &str) -> JobId {
        JobId::of_session(self.now(), tenant, session, rand::random)
    }

    pub fn new_endpoint_id(&self) -> EndpointId {
        EndpointId::new(self.now(), rand::random())
    }

    /// The id of a test event, which no job has.
    pub fn new_test_event(&self) -> EventId {
        EventId::of_test(&JobId::new(self.now(), rand::random()))
    }

    pub fn new_webhook_secret(&self) -> [u8; SECRET_BYTES] {
        rand::random()
    }

    pub fn new_upload_id(&self) -> UploadId {
        UploadId::new(self.now(), rand::random())
    }

    /// Continues the caller's trace, or begins one.
    pub fn trace_from(&self, incoming: Option<TraceContext>) -> TraceContext {
        match incoming {
            Some(parent) => parent.child(rand::random()),
            None => TraceContext::new(rand::random(), rand::random()),
        }
    }
}
