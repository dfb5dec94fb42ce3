//! `POST /api/v1/webhooks/{id}/rotate`: a new secret; the old one signs beside it for a day.

use super::webhooks::WebhookWithSecret;
use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::AppState,
};
use axum::{Json, extract::State};
use lexilingo_shared::{error_code::ErrorCode, id::EndpointId};

pub const PATH: &str = "/api/v1/webhooks/{id}/rotate";

problem_set!(RotateProblems: WebhookNotFound);

/// Exchange the secret.
///
/// For 24 hours every event carries a signature by each of the two, so that the receiver can change over in its time.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "rotateWebhook",
    tag = "webhooks",
    params(("id" = EndpointId, Path, description = "The endpoint's id.")),
    responses((status = 200, description = "The new secret, which is shown only now.", body = WebhookWithSecret), RotateProblems),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<Json<WebhookWithSecret>> {
    let id: EndpointId = id.parse(ErrorCode::WebhookNotFound)?;
    let (random, now) = (app.new_webhook_secret(), app.now());
    let rotated =
        app.endpoints.change(caller.tenant(), &id, now, |endpoint| endpoint.rotate(random, now));
    let rotated = rotated.await?.ok_or_else(|| ApiError::bare(ErrorCode::WebhookNotFound))?;
    Ok(Json(rotated.into()))
}
