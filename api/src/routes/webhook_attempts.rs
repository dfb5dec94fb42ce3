//! `GET /api/v1/webhooks/{id}/attempts`: what was sent, and what came of it.

use crate::{
    error::ApiResult,
    extract::{Caller, PathId, Query},
    members::refusal,
    problem_set::problem_set,
    state::AppState,
};
use axum::{Json, extract::State};
use lexilingo_shared::{
    id::EndpointId,
    store::{Attempt, AttemptOutcome},
    time::Timestamp,
    webhook::EventType,
};
use serde::Serialize;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/webhooks/{id}/attempts";

/// Attempts of one page.
const PAGE: usize = 100;
const MAX_CURSOR_BYTES: usize = 128;

problem_set!(AttemptsProblems: ValidationFailed, WebhookNotFound);

#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookAttempt {
    pub event_id: String,
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub kind: EventType,
    /// From 1.
    pub attempt: u32,
    pub at: Timestamp,
    pub duration_ms: u64,
    /// `delivered`, `failed` (it is tried again at `next_at`) or `given_up`.
    #[schema(value_type = String)]
    pub outcome: AttemptOutcome,
    /// The receiver's HTTP status, if it answered.
    #[schema(required = true)]
    pub status: Option<u16>,
    /// Why it failed.
    #[schema(required = true)]
    pub error: Option<String>,
    #[schema(required = true)]
    pub next_at: Option<Timestamp>,
}

impl From<Attempt> for WebhookAttempt {
    fn from(attempt: Attempt) -> Self {
        let Attempt { event, kind, attempt, at, duration_ms, outcome, status, error, next_at } =
            attempt;
        let event_id = event.as_str().to_owned();
        WebhookAttempt { event_id, kind, attempt, at, duration_ms, outcome, status, error, next_at }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookAttempts {
    /// The newest first.
    pub data: Vec<WebhookAttempt>,
    /// `before` of the next page; null on the last one.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Read the log of attempts.
///
/// Attempts stay in it for 30 days.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "listWebhookAttempts",
    tag = "webhooks",
    params(
        ("id" = EndpointId, Path, description = "The endpoint's id."),
        ("before" = Option<String>, Query, description = "`next` of the page before."),
    ),
    responses((status = 200, description = "A page of it.", body = WebhookAttempts), AttemptsProblems),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
    mut query: Query,
) -> ApiResult<Json<WebhookAttempts>> {
    let id = app.endpoint(&caller, &id).await?.id;
    let before = query.members.id("before", MAX_CURSOR_BYTES);
    let faults = query.members.into_faults();
    if !faults.is_empty() {
        return Err(refusal(faults));
    }
    let page = app.endpoints.attempts(caller.tenant(), &id, before.as_deref(), PAGE, app.now());
    let page = page.await?;
    let next = page.last().filter(|_| page.len() == PAGE).map(|(name, _)| name.clone());
    let data = page.into_iter().map(|(_, attempt)| attempt.into()).collect();
    Ok(Json(WebhookAttempts { data, next }))
}
