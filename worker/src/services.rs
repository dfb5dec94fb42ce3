//! What a running worker is made of; handed to whoever needs a part of it.

use crate::{
    counters::Counters, document_writer::DocumentWriter, engines::pool::Pool, metrics::Metrics,
    running::Running,
};
use lexilingo_shared::{
    config::Config,
    id::WorkerId,
    lane::Lane,
    queue::{MemoryReport, WorkerReport},
    store::Stores,
    time::{Clock, Timestamp},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

pub struct Services {
    pub id: WorkerId,
    pub config: Arc<Config>,
    pub stores: Stores,
    pub clock: Arc<dyn Clock>,
    pub pool: Arc<Pool>,
    pub document_writer: DocumentWriter,
    pub counters: Counters,
    pub metrics: Metrics,
    pub lanes: Vec<Lane>,
    pub host: String,
    pub started_at: Timestamp,
    pub running: Running,
    pub draining: AtomicBool,
    pub warnings: Vec<String>,
}

impl Services {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The worker as the fleet sees it now.
    pub fn report(&self) -> WorkerReport {
        let (budget_bytes, used_bytes) = self.pool.memory();
        let (system_total_bytes, system_available_bytes) = crate::proc_memory::system_bytes();
        WorkerReport {
            id: self.id.clone(),
            pool: self.config.worker.pool.clone(),
            host: self.host.clone(),
            pid: std::process::id(),
            started_at: self.started_at,
            at: self.now(),
            ready: self.is_ready(),
            draining: self.draining.load(Ordering::Relaxed),
            models: self.config.worker.models.clone(),
            loaded: self.pool.loaded(),
            refused: self.pool.refused(),
            memory: MemoryReport {
                budget_bytes,
                used_bytes,
                rss_bytes: crate::proc_memory::resident_bytes_with_children(),
                system_total_bytes,
                system_available_bytes,
            },
            lanes: self.lanes.clone(),
            running: self.running.count(),
            warnings: self.warnings.clone(),
        }
    }

    /// Every pinned model is loaded or refused, and the worker is not going away.
    pub fn is_ready(&self) -> bool {
        self.pool.is_settled() && !self.draining.load(Ordering::Relaxed)
    }
}
