//! What stands before every handler: who asks, and whether a key of theirs may do this.

use super::standing::Standing;
use crate::{
    error::{ApiError, ApiResult},
    state::{App, AppState},
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use lexilingo_shared::{
    error_code::ErrorCode,
    principal::{Principal, Scope},
};
use std::sync::{Arc, OnceLock};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// Everybody: nothing behind it belongs to a tenant.
    Open,
    /// Keys with one of these scopes.
    Scopes(&'static [Scope]),
    /// The same, but the key may also be a field of the form, which the handler reads (`App::principal_of_form`).
    ScopesInForm(&'static [Scope]),
}

impl Gate {
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Gate::Open => &[],
            Gate::Scopes(scopes) | Gate::ScopesInForm(scopes) => scopes,
        }
    }
}

/// Who asks, as the guard found out, and the place where their budgets are noted for the response.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    pub principal: Option<Principal>,
    pub standing: Arc<OnceLock<Standing>>,
}

/// The layer around the handler of one route.
pub async fn guard(
    State((app, gate)): State<(AppState, Gate)>,
    mut request: Request,
    next: Next,
) -> Response {
    if gate == Gate::Open {
        return next.run(request).await;
    }
    let principal = match app.principal_at(gate, request.headers()).await {
        Ok(principal) => principal,
        Err(refusal) => return refusal.into_response(),
    };
    let asking = Asking { principal, ..Asking::default() };
    let standing = asking.standing.clone();
    request.extensions_mut().insert(asking);
    let mut response = next.run(request).await;
    if let Some(standing) = standing.get() {
        standing.show(response.headers_mut());
    }
    response
}

impl App {
    /// The principal whom the gate lets pass; `None` when the handler must look for the key in the form.
    async fn principal_at(&self, gate: Gate, headers: &HeaderMap) -> ApiResult<Option<Principal>> {
        if !self.config.access.keys {
            return Ok(Some(Principal::local()));
        }
        let sent = match sent_key(headers) {
            Some(sent) => sent,
            None if matches!(gate, Gate::ScopesInForm(_)) => return Ok(None),
            None => return Err(ApiError::bare(ErrorCode::Unauthorized)),
        };
        let principal = self.keys.principal(&sent, self.now()).await?;
        allowed(principal, gate.scopes()).map(Some)
    }

    /// The principal of a key that came in a form.
    pub async fn principal_of_form(
        &self,
        key: Option<&str>,
        scopes: &[Scope],
    ) -> ApiResult<Principal> {
        let key = key.ok_or_else(|| ApiError::bare(ErrorCode::Unauthorized))?;
        allowed(self.keys.principal(key, self.now()).await?, scopes)
    }
}

/// Names the scopes that are missing and nothing of what lies behind the route.
fn allowed(principal: Principal, scopes: &[Scope]) -> ApiResult<Principal> {
    if principal.may_any(scopes) {
        return Ok(principal);
    }
    let names: Vec<&str> = scopes.iter().map(|scope| scope.as_str()).collect();
    let detail = format!("This needs a key with the scope {}.", names.join(" or "));
    Err(ApiError::new(ErrorCode::InsufficientScope, detail))
}

/// The key of `Authorization`: a bearer token (RFC 6750), or the password of the basic scheme (RFC 7617) for clients that
/// are given nothing but an address, as `http://key:lx_…@host/`. Schemes are written in any case.
fn sent_key(headers: &HeaderMap) -> Option<String> {
    let (scheme, rest) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(rest).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some(if password.is_empty() { user } else { password }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_sent_as_a_token_or_as_a_password() {
        let sent = |value: &str| {
            sent_key(&HeaderMap::from_iter([(header::AUTHORIZATION, value.parse().unwrap())]))
        };
        let basic = |text: &str| sent(&format!("Basic {}", BASE64_STANDARD.encode(text)));
        for found in [sent("Bearer lx_1"), sent("bearer  lx_1"), basic("key:lx_1"), basic("lx_1:")]
        {
            assert_eq!(found.as_deref(), Some("lx_1"));
        }
        for none in [sent("lx_1"), sent("Digest lx_1"), sent("Basic lx_1"), basic("lx_1")] {
            assert_eq!(none, None);
        }
    }
}
