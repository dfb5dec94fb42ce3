//! `/metrics`: the text format of Prometheus.

use crate::{
    error::{ApiError, ApiResult},
    problem_set::problem_set,
    state::AppState,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

pub const PATH: &str = "/metrics";

problem_set!(MetricsProblems:);

const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Read the metrics.
///
/// The gauges of the fleet are at most two seconds old. While the fleet cannot be seen they keep their last values.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getMetrics",
    tag = "operations",
    responses(
        (status = 200, description = "The metrics.", content_type = "text/plain", body = String),
        MetricsProblems,
    ),
)]
pub async fn get(State(app): State<AppState>) -> ApiResult<Response> {
    match app.fleet_view().await {
        Ok(view) => app.metrics.show_fleet(&view, app.now()),
        Err(error) => tracing::warn!(cause = error.cause, "the fleet cannot be seen"),
    }
    let text = app.metrics.text().map_err(|error| ApiError::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}
