//! `/openapi.json`: this service's description.

use crate::state::AppState;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

pub const PATH: &str = "/openapi.json";

/// Read this document.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getOpenapi",
    tag = "operations",
    responses((status = 200, description = "OpenAPI 3.1.", content_type = "application/json", body = Object)),
)]
pub async fn get(State(app): State<AppState>) -> Response {
    let about =
        [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "max-age=300")];
    (about, app.openapi_json.clone()).into_response()
}
