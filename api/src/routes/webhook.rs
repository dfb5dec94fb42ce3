//! `/api/v1/webhooks/{id}`: changing and removing an endpoint.

use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, JsonBody, PathId},
    members::{Members, refusal},
    problem_set::problem_set,
    state::AppState,
    webhook_view::{Webhook, events_of},
};
use axum::{Json, extract::State, http::StatusCode};
use lexilingo_shared::{error_code::ErrorCode, id::EndpointId, webhook::Disabled};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/webhooks/{id}";

problem_set!(WebhookProblems:
    MalformedJson, UnsupportedMediaType, BodyTooLarge, ValidationFailed, WebhookNotFound,
);
problem_set!(RemovalProblems: WebhookNotFound);

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code)]
pub struct WebhookChange {
    /// The whole new list; empty means everything.
    events: Option<Vec<String>>,
    /// True also forgives what disabled it.
    enabled: Option<bool>,
}

/// Change an endpoint.
#[utoipa::path(
    patch,
    path = PATH,
    operation_id = "changeWebhook",
    tag = "webhooks",
    request_body = WebhookChange,
    params(("id" = EndpointId, Path, description = "The endpoint's id.")),
    responses((status = 200, description = "As it is now.", body = Webhook), WebhookProblems),
)]
pub async fn patch(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
    JsonBody(body): JsonBody,
) -> ApiResult<Json<Webhook>> {
    let id = app.endpoint(&caller, &id).await?.id;
    let mut members = Members::of_body(body);
    if !members.faults.is_empty() {
        return Err(refusal(members.faults));
    }
    let events = events_of(&mut members);
    let enabled = match members.take("enabled") {
        Some(Value::Bool(enabled)) => Some(enabled),
        Some(_) => {
            members.fault("enabled", "must be true or false");
            None
        }
        None => None,
    };
    let faults = members.into_faults();
    if !faults.is_empty() {
        return Err(refusal(faults));
    }
    let changed = app.endpoints.change(caller.tenant(), &id, app.now(), |endpoint| {
        if let Some(events) = &events {
            endpoint.events.clone_from(events);
        }
        match enabled {
            Some(true) => endpoint.enable(),
            Some(false) => endpoint.disabled = Some(Disabled::ByOwner),
            None => {}
        }
    });
    let changed = changed.await?.ok_or_else(|| ApiError::bare(ErrorCode::WebhookNotFound))?;
    Ok(Json(changed.into()))
}

/// Remove an endpoint.
///
/// What waits for it is not sent any more.
#[utoipa::path(
    delete,
    path = PATH,
    operation_id = "removeWebhook",
    tag = "webhooks",
    params(("id" = EndpointId, Path, description = "The endpoint's id.")),
    responses((status = 204, description = "Removed."), RemovalProblems),
)]
pub async fn delete(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<StatusCode> {
    let id: EndpointId = id.parse(ErrorCode::WebhookNotFound)?;
    if !app.endpoints.remove(caller.tenant(), &id).await? {
        return Err(ApiError::bare(ErrorCode::WebhookNotFound));
    }
    app.stores.deliveries.drop_endpoint(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}
