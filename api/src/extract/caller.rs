//! Who asks.

use crate::{
    access::{guard::Asking, standing::Standing},
    error::ApiError,
    state::AppState,
};
use axum::{extract::FromRequestParts, http::request::Parts};
use lexilingo_shared::{id::Tenant, principal::Principal};
use std::sync::{Arc, OnceLock};

/// The principal of a request, whose key and scopes the route's guard has looked at.
#[derive(Debug, Clone)]
pub struct Caller {
    pub principal: Principal,
    /// What is left of the key's budgets, once something was charged to them.
    pub standing: Arc<OnceLock<Standing>>,
}

impl Caller {
    pub fn new(principal: Principal, asking: &Asking) -> Self {
        Caller { principal, standing: asking.standing.clone() }
    }

    pub fn tenant(&self) -> &Tenant {
        &self.principal.tenant
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, ApiError> {
        let asking = parts.extensions.get::<Asking>();
        let known = asking.and_then(|asking| Some((asking.principal.clone()?, asking)));
        let Some((principal, asking)) = known else {
            return Err(ApiError::internal("a handler asks who calls behind an open gate"));
        };
        Ok(Caller::new(principal, asking))
    }
}
