//! The query of an address, checked by hand so that its faults are reported like a body's.

use crate::{error::ApiError, members::Members, state::AppState};
use axum::{
    extract::{FromRequestParts, Query as AxumQuery},
    http::request::Parts,
};
use lexilingo_shared::{error_code::ErrorCode, request::FieldError};
use serde_json::{Map, Value};

/// The parameters as members, and the query as it came.
#[derive(Debug)]
pub struct Query {
    pub members: Members,
    pub raw: String,
}

impl FromRequestParts<AppState> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self, ApiError> {
        let raw = parts.uri.query().unwrap_or_default().to_owned();
        let refuse = |name: &str, detail: &str| {
            ApiError::new(ErrorCode::ValidationFailed, "The query of the address is not valid.")
                .with_errors(vec![FieldError::new(format!("?{name}"), detail)])
        };
        let pairs = AxumQuery::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let AxumQuery(pairs) = pairs.map_err(|_| refuse("", "must be a form-encoded query"))?;
        let mut object = Map::new();
        for (name, value) in pairs {
            if object.insert(name.clone(), Value::String(value)).is_some() {
                return Err(refuse(&name, "must not be given twice"));
            }
        }
        Ok(Query { members: Members::of_query(object), raw })
    }
}
