//! The fleet as seen from outside: who lives, what they hold, what they have done.

use crate::{
    id::WorkerId,
    lane::Lane,
    model::{ModelName, ModelSet},
    store_error::StoreResult,
    tally::Tally,
    time::Timestamp,
};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, time::Duration};
use utoipa::ToSchema;

/// How long a session is remembered after its last turn.
pub const SESSIONS_FOR: Duration = Duration::from_secs(24 * 3600);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ModelState {
    Unloaded,
    Loading,
    Ready,
    Busy,
    Error,
    Unloading,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LoadedModel {
    pub name: ModelName,
    pub state: ModelState,
    pub pinned: bool,
    /// Bytes measured when it was loaded.
    pub resident_bytes: u64,
}

/// A model that the worker may hold but cannot, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusedModel {
    pub name: ModelName,
    pub reason: String,
}

/// Bytes. `budget` covers the engines' measured bytes; the process's base is apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MemoryReport {
    pub budget_bytes: u64,
    /// Bytes of the budget that engines hold.
    pub used_bytes: u64,
    /// Resident bytes of the whole process, children included.
    pub rss_bytes: u64,
    pub system_total_bytes: u64,
    pub system_available_bytes: u64,
}

/// A worker's heartbeat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkerReport {
    pub id: WorkerId,
    pub pool: String,
    pub host: String,
    pub pid: u32,
    pub started_at: Timestamp,
    pub at: Timestamp,
    pub ready: bool,
    pub draining: bool,
    pub models: ModelSet,
    pub loaded: Vec<LoadedModel>,
    pub refused: Vec<RefusedModel>,
    pub memory: MemoryReport,
    pub lanes: Vec<Lane>,
    pub running: u32,
    pub warnings: Vec<String>,
}

#[async_trait]
pub trait Fleet: Send + Sync + 'static {
    /// Publishes a worker's report; it is forgotten when it has not been renewed for `lost_after` (see `workers`).
    async fn report(&self, report: &WorkerReport) -> StoreResult<()>;

    async fn retire(&self, worker: &WorkerId) -> StoreResult<()>;

    /// Reports not older than `lost_before`, in the order of their ids; older ones are removed.
    async fn workers(&self, lost_before: Timestamp) -> StoreResult<Vec<WorkerReport>>;

    /// Adds to the fleet-wide counters.
    async fn add(&self, tally: &Tally) -> StoreResult<()>;

    async fn counters(&self) -> StoreResult<BTreeMap<String, u64>>;

    /// Sessions that had a turn since `since`, which lies less than `SESSIONS_FOR` back; `touch_session` notes one.
    async fn active_sessions(&self, since: Timestamp) -> StoreResult<u64>;

    async fn touch_session(&self, tenant_and_session: &str, now: Timestamp) -> StoreResult<()>;

    /// A cheap round trip to the server.
    async fn ping(&self) -> StoreResult<()>;
}
