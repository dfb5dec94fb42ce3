//! `/livez`, `/readyz`, `/startupz`: what Kubernetes asks.

use crate::{
    error::{ApiError, ApiResult},
    problem_set::problem_set,
    state::{App, AppState},
};
use axum::{Json, extract::State};
use lexilingo_shared::{error_code::ErrorCode, store_error::StoreError};
use serde::Serialize;
use std::time::Duration;
use utoipa::ToSchema;

pub const LIVE: &str = "/livez";
pub const READY: &str = "/readyz";
pub const STARTED: &str = "/startupz";

/// Time that a store has to answer a probe.
const PATIENCE: Duration = Duration::from_secs(2);

problem_set!(ReadyProblems: ShuttingDown);

#[derive(Debug, Serialize, ToSchema)]
pub struct Alive {
    #[schema(value_type = String)]
    pub status: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Ready {
    #[schema(value_type = String)]
    pub status: &'static str,
    /// Workers that could take a job; none of them does not make the api unready.
    pub workers_ready: usize,
}

/// Whether the process serves at all; no store is asked.
#[utoipa::path(get, path = LIVE, tag = "operations", responses((status = 200, description = "It does.", body = Alive)))]
pub async fn live() -> Json<Alive> {
    Json(Alive { status: "alive" })
}

/// Whether the process has started: it has when it answers.
#[utoipa::path(get, path = STARTED, tag = "operations", responses((status = 200, description = "It has.", body = Alive)))]
pub async fn started() -> Json<Alive> {
    Json(Alive { status: "started" })
}

/// Whether requests may be sent here: the stores answer and no shutdown has begun.
#[utoipa::path(
    get,
    path = READY,
    tag = "operations",
    responses((status = 200, description = "They may.", body = Ready), ReadyProblems),
)]
pub async fn ready(State(app): State<AppState>) -> ApiResult<Json<Ready>> {
    if app.shutdown.is_cancelled() {
        return Err(ApiError::bare(ErrorCode::ShuttingDown));
    }
    app.ping_stores().await?;
    let workers_ready = app.fleet_view().await?.ready_workers();
    Ok(Json(Ready { status: "ready", workers_ready }))
}

impl App {
    /// A round trip to each server; the problem names the one that is missing.
    pub async fn ping_stores(&self) -> ApiResult<()> {
        let (queue, documents) = tokio::join!(
            tokio::time::timeout(PATIENCE, self.stores.fleet.ping()),
            tokio::time::timeout(PATIENCE, self.stores.documents.ping()),
        );
        for (store, pinged) in [("queue", queue), ("document store", documents)] {
            let late = |_| Err(StoreError::unavailable(store, "no answer in 2 s"));
            if let Err(error) = pinged.unwrap_or_else(late) {
                let detail = format!("The {store} cannot be reached.");
                let problem = ApiError::new(ErrorCode::StoreUnavailable, detail);
                return Err(ApiError { cause: Some(error.to_string()), ..problem });
            }
        }
        Ok(())
    }
}
