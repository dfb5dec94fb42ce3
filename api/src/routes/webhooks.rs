//! `/api/v1/webhooks`: registering endpoints and listing them.

use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, JsonBody},
    members::{Members, refusal},
    problem_set::problem_set,
    state::AppState,
    webhook_view::{Webhook, events_of},
};
use axum::{Json, extract::State, http::StatusCode};
use lexilingo_shared::{
    error_code::ErrorCode,
    webhook::{Endpoint, Target, endpoint::MOST_ENDPOINTS},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/webhooks";

problem_set!(WebhooksProblems:
    MalformedJson, UnsupportedMediaType, BodyTooLarge, ValidationFailed, WebhookUrlForbidden, TooManyWebhooks,
);
problem_set!(ListProblems:);

#[derive(Deserialize, ToSchema)]
#[allow(dead_code)]
pub struct NewWebhook {
    /// https, a public address, port 443 or 8443.
    #[schema(max_length = 2048, example = "https://school.example/hook")]
    url: String,
    /// What it is to hear of; without it everything.
    #[schema(example = json!(["analysis.succeeded", "analysis.failed"]))]
    events: Option<Vec<String>>,
}

/// An endpoint with its secret, which is shown only now.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    #[serde(flatten)]
    pub webhook: Webhook,
    /// `whsec_…`, for the libraries of Standard Webhooks.
    pub secret: String,
}

impl From<Endpoint> for WebhookWithSecret {
    fn from(endpoint: Endpoint) -> Self {
        let secret = endpoint.secret.expose().to_owned();
        WebhookWithSecret { webhook: endpoint.into(), secret }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookList {
    pub data: Vec<Webhook>,
}

/// Register an endpoint.
///
/// The address is judged as it is written; what its name leads to is judged at every connection.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "createWebhook",
    tag = "webhooks",
    request_body = NewWebhook,
    responses((status = 201, description = "Registered.", body = WebhookWithSecret), WebhooksProblems),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    JsonBody(body): JsonBody,
) -> ApiResult<(StatusCode, Json<WebhookWithSecret>)> {
    let mut members = Members::of_body(body);
    if !members.faults.is_empty() {
        return Err(refusal(members.faults));
    }
    let url = members.string("url");
    match &url {
        Some(url) => {
            if let Err(reason) = Target::parse(url, app.config.access.webhooks) {
                let detail = format!("may not be used: {reason}");
                members.fault_as(ErrorCode::WebhookUrlForbidden, "url", detail);
            }
        }
        None if members.faults.is_empty() => members.required("url"),
        None => {}
    }
    let events = events_of(&mut members).unwrap_or_default();
    let faults = members.into_faults();
    let (Some(url), true) = (url, faults.is_empty()) else { return Err(refusal(faults)) };
    let now = app.now();
    if app.endpoints.list(caller.tenant(), now).await?.len() >= MOST_ENDPOINTS {
        return Err(ApiError::bare(ErrorCode::TooManyWebhooks));
    }
    let secret = app.new_webhook_secret();
    let endpoint = Endpoint::new(app.new_endpoint_id(), url, events, secret, now);
    app.endpoints.add(caller.tenant(), &endpoint, now).await?;
    Ok((StatusCode::CREATED, Json(endpoint.into())))
}

/// List the endpoints.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "listWebhooks",
    tag = "webhooks",
    responses((status = 200, description = "All of them, the oldest first.", body = WebhookList), ListProblems),
)]
pub async fn get(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<WebhookList>> {
    let endpoints = app.endpoints.list(caller.tenant(), app.now()).await?;
    Ok(Json(WebhookList { data: endpoints.into_iter().map(Webhook::from).collect() }))
}
