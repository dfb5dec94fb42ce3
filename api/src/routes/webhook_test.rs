//! `POST /api/v1/webhooks/{id}/test`: an event that means nothing, to see whether it arrives.

use crate::{
    error::ApiResult,
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::AppState,
    webhook_view::delivery,
};
use axum::{Json, extract::State, http::StatusCode};
use lexilingo_shared::{
    id::EndpointId,
    webhook::{EventType, event::test_body},
};
use serde::Serialize;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/webhooks/{id}/test";

problem_set!(TestProblems: WebhookNotFound, WebhookDisabled);

#[derive(Debug, Serialize, ToSchema)]
pub struct TestSent {
    /// The event's `webhook-id`; its attempts show in the log.
    pub event_id: String,
}

/// Send a test event.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "testWebhook",
    tag = "webhooks",
    params(("id" = EndpointId, Path, description = "The endpoint's id.")),
    responses((status = 202, description = "It will be sent at once.", body = TestSent), TestProblems),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<(StatusCode, Json<TestSent>)> {
    let endpoint = app.enabled_endpoint(&caller, &id).await?;
    let (event, now) = (app.new_test_event(), app.now());
    let body = test_body(endpoint.id.as_str(), now);
    let event_id = event.as_str().to_owned();
    let delivery = delivery(&caller, &endpoint, event, EventType::Test, body);
    app.stores.deliveries.add(&[delivery], false, now).await?;
    Ok((StatusCode::ACCEPTED, Json(TestSent { event_id })))
}
