//! `GET /api/v1/ai/orchestrator/stats`: what the fleet has done, in the original's tree.

use crate::{
    error::ApiResult,
    problem_set::problem_set,
    state::AppState,
    stats_tree::{self, Stats},
};
use axum::{Json, extract::State};

pub const PATH: &str = "/api/v1/ai/orchestrator/stats";

problem_set!(StatsProblems:);

/// Read the fleet's statistics.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getStats",
    tag = "orchestrator",
    responses((status = 200, description = "Sums over the whole fleet.", body = Stats), StatsProblems),
)]
pub async fn get(State(app): State<AppState>) -> ApiResult<Json<Stats>> {
    let view = app.look_at_fleet().await?;
    Ok(Json(stats_tree::of(&view, app.started_at)))
}
