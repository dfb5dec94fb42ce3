//! The `{id}` of a path.

use crate::{
    error::{ApiError, ApiResult},
    state::AppState,
};
use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use lexilingo_shared::{error_code::ErrorCode, request::MAX_ID_BYTES};
use std::str::FromStr;

/// The decoded text of the path's one parameter.
#[derive(Debug, Clone)]
pub struct PathId(pub String);

impl PathId {
    /// The id, or the code for "there is no such thing": what cannot be a name names nothing.
    pub fn parse<T: FromStr>(&self, unknown: ErrorCode) -> ApiResult<T> {
        self.0.parse().map_err(|_| ApiError::bare(unknown))
    }

    /// A name that clients chose: a session's or a learner's.
    pub fn name(self, unknown: ErrorCode) -> ApiResult<String> {
        let fits = (1..=MAX_ID_BYTES).contains(&self.0.len());
        if fits && !self.0.chars().any(char::is_control) {
            Ok(self.0)
        } else {
            Err(ApiError::bare(unknown))
        }
    }
}

impl FromRequestParts<AppState> for PathId {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        match Path::<String>::from_request_parts(parts, app).await {
            Ok(Path(id)) => Ok(PathId(id)),
            Err(_) => Err(ApiError::bare(ErrorCode::RouteNotFound)),
        }
    }
}
