//! Who asks.

use crate::{error::ApiError, state::AppState};
use axum::{extract::FromRequestParts, http::request::Parts};
use lexilingo_shared::{id::Tenant, principal::Principal};

/// The principal of a request. Without keys it is the one local user.
#[derive(Debug, Clone)]
pub struct Caller(pub Principal);

impl Caller {
    pub fn tenant(&self) -> &Tenant {
        &self.0.tenant
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(_: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        Ok(Caller(Principal::local()))
    }
}
