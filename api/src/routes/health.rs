//! `GET /api/v1/ai/orchestrator/health`: whether the fleet can work, by its heartbeats.

use crate::{
    error::{ApiError, ApiResult},
    fleet_view::FleetView,
    problem_set::problem_set,
    state::{App, AppState},
};
use axum::{Json, extract::State};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::{Tenant, WorkerId},
    lane::Lane,
    model::ModelName,
    queue::{LoadedModel, MemoryReport, RefusedModel, WorkerReport},
    store::CacheKey,
    time::Timestamp,
};
use serde::Serialize;
use std::{collections::BTreeSet, time::Duration};
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/ai/orchestrator/health";

/// Time that the cache has to answer.
const CACHE_PATIENCE: Duration = Duration::from_secs(1);

problem_set!(HealthProblems: NotReady);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum HealthStatus {
    Healthy,
    /// Work is done, but the cache does not answer or jobs wait that no worker serves; `warnings` says which.
    Degraded,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WorkerHealth {
    pub id: WorkerId,
    pub pool: String,
    pub host: String,
    pub pid: u32,
    pub ready: bool,
    pub draining: bool,
    pub started_at: Timestamp,
    /// When it was last heard of.
    pub heartbeat_at: Timestamp,
    pub heartbeat_age_ms: u64,
    /// What it may load.
    #[schema(value_type = Vec<ModelName>)]
    pub models: Vec<ModelName>,
    pub models_loaded: Vec<LoadedModel>,
    pub models_refused: Vec<RefusedModel>,
    pub memory: MemoryReport,
    /// Queues that it serves, `{capability}:{class}`.
    pub lanes: Vec<String>,
    /// Jobs that it works on.
    pub running: u32,
    pub warnings: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QueueHealth {
    pub lane: String,
    pub waiting: u64,
    pub scheduled: u64,
    pub running: u64,
    pub dead: u64,
    /// Age of the oldest waiting entry; `null` when none waits.
    #[schema(required = true)]
    pub oldest_s: Option<f64>,
}

/// The fleet's health.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    pub status: HealthStatus,
    /// Models that at least one worker holds.
    pub models_loaded: Vec<ModelName>,
    pub cache_available: bool,
    /// Share of the workers' budgets that engines hold.
    #[schema(minimum = 0)]
    pub memory_usage_percent: f64,
    pub workers: Vec<WorkerHealth>,
    pub queues: Vec<QueueHealth>,
    pub warnings: Vec<String>,
}

/// Read the fleet's health.
///
/// 503 when the stores cannot be reached or no worker is ready (`detail` says which).
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getHealth",
    tag = "orchestrator",
    responses((status = 200, description = "Work is being done.", body = Health), HealthProblems),
)]
pub async fn get(State(app): State<AppState>) -> ApiResult<Json<Health>> {
    app.ping_stores().await?;
    let (view, cache_available) = tokio::join!(app.look_at_fleet(), cache_answers(&app));
    let view = view?;
    if view.ready_workers() == 0 {
        let detail = match view.workers.len() {
            0 => "No worker is alive.".to_owned(),
            n => format!("Initializing: {n} workers are alive, none is ready."),
        };
        return Err(ApiError::new(ErrorCode::NotReady, detail));
    }
    Ok(Json(describe(&view, cache_available, app.now())))
}

async fn cache_answers(app: &App) -> bool {
    let key = CacheKey { tenant: Tenant::local(), space: "probe", digest: "0".repeat(64) };
    let asked = tokio::time::timeout(CACHE_PATIENCE, app.stores.cache.get(&key, app.now())).await;
    matches!(asked, Ok(Ok(_)))
}

fn describe(view: &FleetView, cache_available: bool, now: Timestamp) -> Health {
    let workers: Vec<WorkerHealth> = view.workers.iter().map(|w| worker(w, now)).collect();
    let loaded: BTreeSet<ModelName> =
        view.workers.iter().flat_map(|w| &w.loaded).map(|model| model.name).collect();
    let mut warnings: Vec<String> =
        view.workers.iter().flat_map(|w| w.warnings.iter().cloned()).collect();
    let own_warnings = warnings.len();
    if !cache_available {
        warnings.push("the result cache does not answer".to_owned());
    }
    for (lane, _) in view.lanes.iter().filter(|(lane, stats)| {
        stats.waiting > 0 && !view.workers.iter().any(|w| w.ready && w.lanes.contains(lane))
    }) {
        warnings.push(format!("jobs wait in {lane} and no worker serves it"));
    }
    // What a worker may hold and does not have is told, but the fleet was never promised it.
    let is_degraded = warnings.len() > own_warnings;
    let refused = view.workers.iter().flat_map(|w| &w.refused);
    warnings
        .extend(refused.map(|model| format!("{} is not available: {}", model.name, model.reason)));
    warnings.sort();
    warnings.dedup();
    Health {
        status: if is_degraded { HealthStatus::Degraded } else { HealthStatus::Healthy },
        models_loaded: loaded.into_iter().collect(),
        cache_available,
        memory_usage_percent: memory_percent(&view.workers),
        workers,
        queues: view
            .lanes
            .iter()
            .map(|(lane, stats)| QueueHealth {
                lane: lane.to_string(),
                waiting: stats.waiting,
                scheduled: stats.scheduled,
                running: stats.running,
                dead: stats.dead,
                oldest_s: stats.oldest.map(|age| age.as_secs_f64()),
            })
            .collect(),
        warnings,
    }
}

fn memory_percent(workers: &[WorkerReport]) -> f64 {
    let sum = |of: fn(&MemoryReport) -> u64| workers.iter().map(|w| of(&w.memory)).sum::<u64>();
    match sum(|memory| memory.budget_bytes) {
        0 => 0.0,
        budget => sum(|memory| memory.used_bytes) as f64 / budget as f64 * 100.0,
    }
}

fn worker(report: &WorkerReport, now: Timestamp) -> WorkerHealth {
    let age = now.since(report.at).as_millis();
    WorkerHealth {
        id: report.id.clone(),
        pool: report.pool.clone(),
        host: report.host.clone(),
        pid: report.pid,
        ready: report.ready,
        draining: report.draining,
        started_at: report.started_at,
        heartbeat_at: report.at,
        heartbeat_age_ms: u64::try_from(age).unwrap_or(u64::MAX),
        models: report.models.iter().collect(),
        models_loaded: report.loaded.clone(),
        models_refused: report.refused.clone(),
        memory: report.memory,
        lanes: report.lanes.iter().map(Lane::to_string).collect(),
        running: report.running,
        warnings: report.warnings.clone(),
    }
}
