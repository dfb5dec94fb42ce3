//! `POST /api/v1/webhooks/{id}/replay`: sending an event once more.

use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, JsonBody, PathId},
    members::{Members, refusal},
    problem_set::problem_set,
    state::AppState,
    webhook_view::delivery,
};
use axum::{Json, extract::State, http::StatusCode};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::EndpointId,
    job::EventKind,
    webhook::{EventId, EventType, event::job_body},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/webhooks/{id}/replay";

problem_set!(ReplayProblems:
    MalformedJson, UnsupportedMediaType, BodyTooLarge, ValidationFailed, WebhookNotFound, WebhookDisabled, JobNotFound,
    ResultExpired,
);

#[derive(Deserialize, ToSchema)]
#[allow(dead_code)]
pub struct Replay {
    /// `webhook-id` of the event, as in the log of attempts.
    #[schema(example = "evt_01JD3ZQ9E5T7W8X9Y0ABCDEFGH_succeeded")]
    event_id: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Replayed {
    pub event_id: String,
}

/// Send an event once more.
///
/// It has the same id and body, and attempts from the first on. It is made anew of its job, so it can be sent as long as
/// the job's record is kept.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "replayWebhook",
    tag = "webhooks",
    request_body = Replay,
    params(("id" = EndpointId, Path, description = "The endpoint's id.")),
    responses((status = 202, description = "It will be sent at once.", body = Replayed), ReplayProblems),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
    JsonBody(body): JsonBody,
) -> ApiResult<(StatusCode, Json<Replayed>)> {
    let endpoint = app.enabled_endpoint(&caller, &id).await?;
    let mut members = Members::of_body(body);
    if !members.faults.is_empty() {
        return Err(refusal(members.faults));
    }
    let text = members.string("event_id");
    let event: Option<EventId> = text.as_deref().and_then(|text| text.parse().ok());
    let source = event.as_ref().and_then(EventId::source).filter(|(_, kind)| kind.is_subject());
    if source.is_none() && members.faults.is_empty() {
        members.fault("event_id", "must be the id of an event that tells of a job");
    }
    let faults = members.into_faults();
    let (Some(event), Some((job, kind)), true) = (event, source, faults.is_empty()) else {
        return Err(refusal(faults));
    };
    let record = app.job(caller.tenant(), &job).await?;
    let told = EventKind::of_final(record.status).and_then(EventType::of_job);
    if told != Some(kind) {
        return Err(ApiError::bare(ErrorCode::JobNotFound));
    }
    let body = job_body(&record, kind);
    let event_id = event.as_str().to_owned();
    let delivery = delivery(&caller, &endpoint, event, kind, body);
    app.stores.deliveries.add(&[delivery], true, app.now()).await?;
    Ok((StatusCode::ACCEPTED, Json(Replayed { event_id })))
}
