//! `POST /api/v1/ai/analyze`: a learner's text becomes a job, and at once an answer when the client waits for it.

use crate::{
    access::admission::Charge,
    analyze_request, cancel_after,
    error::{ApiError, ApiResult, whole_seconds},
    eta,
    extract::{Caller, JsonBody, Query},
    idempotency,
    job_view::{self, JobView},
    origin,
    prefer::Prefer,
    problem_set::problem_set,
    state::{App, AppState},
    submit::{self, Submission, Submitted},
};
use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::{JobId, Tenant},
    job::JobRecord,
    queue::JobWatch,
    request::{ExplainLanguage, InputType, LearnerProfile},
    status::JobStatus,
    trace_context::TraceContext,
};
use serde::Deserialize;
use std::time::Duration;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/ai/analyze";

const OPERATION_LOCATION: HeaderName = HeaderName::from_static("operation-location");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

problem_set!(AnalyzeProblems:
    MalformedJson, MalformedHeader, JobNotFound, IdempotencyInProgress, JobCanceled, ResultExpired, TextTooLong,
    BodyTooLarge, UnsupportedMediaType, AudioUnsupported, ValidationFailed, WebhookNotRegistered,
    IdempotencyKeyReused, AttemptsExhausted, JobCrashedWorkers, InputMissing, EnvelopeUnreadable,
    RateLimitExceeded, QuotaExceeded, QueueFull, ShuttingDown, DeadlinePassed,
);

/// What a client may ask for. A member that is not named here is refused by name.
#[derive(Deserialize, ToSchema)]
#[schema(as = AnalyzeRequest)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
pub struct AnalyzeBody {
    /// The learner's text; with `input_type` voice the transcript, and then optional.
    #[schema(min_length = 1, max_length = 10000, example = "I goes to school yesterday")]
    text: Option<String>,
    /// 1 to 128 bytes.
    #[schema(min_length = 1, max_length = 128, example = "test-session-123")]
    session_id: String,
    /// 1 to 128 bytes. Without it no profile is read or written.
    #[schema(min_length = 1, max_length = 128)]
    user_id: Option<String>,
    #[schema(inline)]
    input_type: Option<InputType>,
    /// At most 4096 bytes of JSON; members beside the two named ones are kept.
    learner_profile: Option<LearnerProfile>,
    /// Base64 of at most 10 MB of audio, with `input_type` voice.
    #[schema(content_encoding = "base64", max_length = 13981016)]
    audio: Option<String>,
    /// An upload instead of `audio`.
    upload_id: Option<lexilingo_shared::id::UploadId>,
    /// What the learner was asked to read aloud.
    #[schema(max_length = 1000)]
    reference_text: Option<String>,
    #[schema(inline)]
    explain_language: Option<ExplainLanguage>,
    /// Must be the address of a registered endpoint.
    webhook_url: Option<String>,
    /// The job of an earlier draft of the same text.
    previous_job_id: Option<JobId>,
}

/// Analyse a text.
///
/// Answers 202 with the job at once. With `Prefer: wait=n` the request is held for up to n seconds: 200 with the
/// result when the job was done in time, the job's problem when it failed, otherwise 202.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "analyzeText",
    tag = "analysis",
    request_body = AnalyzeBody,
    params(
        ("explain" = Option<String>, Query, description = "`plan` adds the plan to the result.", pattern = "^plan$"),
        ("Prefer" = Option<String>, Header, description = "`wait=1` to `wait=60`, `respond-async`, or both (RFC 7240)."),
        ("Cancel-After" = Option<String>, Header, description = "Time until the job is given up: `30`, `30s`, `5m`, `1h`; 1 second to 1 day."),
        ("Idempotency-Key" = Option<String>, Header, description = "Repeating a request with its key within 24 hours gives the same job."),
        ("traceparent" = Option<String>, Header, description = "W3C trace context, carried through the job."),
    ),
    responses(
        (status = 200, description = "Done in time: the result.", body = lexilingo_shared::result::AnalysisResult, headers(
            ("Operation-Location" = String, description = "Absolute address of the job."),
            ("Preference-Applied" = String, description = "`wait=n`."),
            ("Vary" = String, description = "`Prefer`."),
        )),
        (status = 202, description = "Taken in: the job.", body = JobView, headers(
            ("Location" = String, description = "Path of the job."),
            ("Operation-Location" = String, description = "Absolute address of the job."),
            ("RateLimit" = Option<String>, description = "What is left of the key's budgets."),
            ("RateLimit-Policy" = Option<String>, description = "The key's budgets."),
            ("Retry-After" = i64, description = "Seconds after which it may be done."),
            ("Vary" = String, description = "`Prefer`."),
        )),
        AnalyzeProblems,
    ),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    Extension(trace): Extension<TraceContext>,
    uri: Uri,
    headers: HeaderMap,
    mut query: Query,
    JsonBody(body): JsonBody,
) -> ApiResult<Response> {
    if app.shutdown.is_cancelled() {
        return Err(ApiError::bare(ErrorCode::ShuttingDown));
    }
    let deadline = cancel_after::from_headers(&headers)?
        .unwrap_or(Duration::from_secs(app.config.service.job_deadline_seconds));
    let key = idempotency::key_from_headers(&headers)?;
    let explain_plan = query.members.word("explain", &[("plan", true)]).unwrap_or(false);
    let prefer = Prefer::from_headers(&headers);
    let tenant = caller.tenant().clone();
    let session = body.get("session_id").and_then(|session| session.as_str());
    let id = app.new_job_id(&tenant, session.unwrap_or_default());
    let claim =
        key.map(|key| idempotency::claim(&tenant, PATH, &key, (&body, &query.raw), id.clone()));
    let mut checked = analyze_request::check(body, explain_plan);
    checked.faults.extend(query.members.into_faults());

    if checked.faults.is_empty() {
        app.admit(&caller, Charge::Job(checked.class())).await?;
    }
    let submission = Submission {
        id,
        tenant: tenant.clone(),
        checked,
        claim,
        deadline,
        traceparent: Some(trace.to_string()),
        watched: prefer.wait.is_some(),
    };
    let submitted = submit::submit(app.clone(), submission).await?;
    let replayed = matches!(submitted, Submitted::Replayed(_));
    let (record, watch) = known(&app, &tenant, submitted, prefer).await?;
    let record = match (watch, prefer.patience()) {
        (Some(watch), Some(patience)) if !record.status.is_final() => {
            let key = (&tenant, &record.id);
            app.wait_for_end(key, watch, patience).await?
        }
        _ => record,
    };

    let mut about = HeaderMap::new();
    let path = job_view::path_of(&record.id);
    let origin = origin::of_request(&headers, &uri, app.config.service.bind);
    about.insert(header::VARY, HeaderValue::from_static("Prefer"));
    insert(&mut about, OPERATION_LOCATION, format!("{origin}{path}"));
    if replayed {
        about.insert(IDEMPOTENT_REPLAYED, HeaderValue::from_static("true"));
    }
    let has_ended = prefer.wait.is_some() && record.status.is_final();
    if let Some(applied) = prefer.applied(!has_ended) {
        insert(&mut about, PREFERENCE_APPLIED, applied);
    }
    let response = if has_ended { ended(record) } else { accepted(&app, record, path).await };
    Ok((about, response).into_response())
}

/// The record behind a submission, and the watch on it when the client waits.
async fn known(
    app: &App,
    tenant: &Tenant,
    submitted: Submitted,
    prefer: Prefer,
) -> ApiResult<(JobRecord, Option<JobWatch>)> {
    match submitted {
        Submitted::New { record, watch } => Ok((*record, watch)),
        Submitted::Replayed(id) => {
            let watch = match prefer.wait {
                Some(_) => Some(app.stores.jobs.watch(&id).await?),
                None => None,
            };
            Ok((app.job(tenant, &id).await?, watch))
        }
    }
}

async fn accepted(app: &App, record: JobRecord, path: String) -> Response {
    // The job is in: that the fleet cannot be seen right now must not turn the answer into a failure.
    let eta = app.fleet_view().await.map(|view| view.eta(record.lane)).unwrap_or_default();
    let mut headers = HeaderMap::new();
    insert(&mut headers, header::LOCATION, path);
    let wait = whole_seconds(eta::retry_after(&eta));
    headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    (StatusCode::ACCEPTED, headers, Json(JobView::of(record, eta))).into_response()
}

/// The answer to a client that waited until the job had ended.
fn ended(record: JobRecord) -> Response {
    if let (JobStatus::Succeeded, Some(result)) = (record.status, &record.result) {
        let json = HeaderValue::from_static("application/json");
        return ([(header::CONTENT_TYPE, json)], result.get().to_owned()).into_response();
    }
    let error = match job_view::error_of(&record) {
        Some(error) => ApiError::new(error.code, error.detail),
        None if record.status == JobStatus::Canceled => ApiError::bare(ErrorCode::JobCanceled),
        None => ApiError::internal("a job succeeded without a result"),
    };
    error.with_job(record.id).into_response()
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

/// Keeps the document's request schema honest: it names exactly the members that are taken.
#[cfg(test)]
pub fn documented_members() -> Vec<String> {
    use utoipa::PartialSchema;
    let schema: serde_json::Value = serde_json::to_value(AnalyzeBody::schema()).unwrap();
    schema["properties"].as_object().unwrap().keys().cloned().collect()
}
