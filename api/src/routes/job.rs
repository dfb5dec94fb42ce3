//! `GET /api/v1/jobs/{id}`: the job, with its result or error once it has ended.

use crate::{
    error::{ApiResult, whole_seconds},
    eta, etag,
    extract::{Caller, PathId},
    job_view::JobView,
    prefer::Prefer,
    problem_set::problem_set,
    state::{App, AppState},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use lexilingo_shared::{error_code::ErrorCode, id::JobId, job::JobRecord};

pub const PATH: &str = "/api/v1/jobs/{id}";

problem_set!(JobProblems: JobNotFound, ResultExpired);

/// Read a job.
///
/// With `If-None-Match` and `Prefer: wait=n` the request is held until the job changes: 200 with the new state, or 304
/// when nothing happened in time.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getJob",
    tag = "jobs",
    params(
        ("id" = JobId, Path, description = "The job's id."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag that the client knows."),
        ("Prefer" = Option<String>, Header, description = "`wait=1` to `wait=60`, beside If-None-Match."),
    ),
    responses(
        (status = 200, description = "The job.", body = JobView, headers(
            ("ETag" = String, description = "Changes with every change of the job."),
            ("Cache-Control" = String, description = "`private, no-cache`."),
            ("Retry-After" = Option<i64>, description = "Seconds after which it may be done; absent once it has ended."),
        )),
        (status = 304, description = "The job is as the client knows it.", headers(
            ("ETag" = String, description = "As asked for."),
        )),
        JobProblems,
    ),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let id: JobId = id.parse(ErrorCode::JobNotFound)?;
    let tenant = caller.tenant();
    let prefer = Prefer::from_headers(&headers);
    let asks = headers.contains_key(header::IF_NONE_MATCH);
    let patience = prefer.patience().filter(|_| asks);
    // Subscribed before the record is read, so that no change falls between the two.
    let watch = match patience {
        Some(_) => Some(app.stores.jobs.watch(&id).await?),
        None => None,
    };
    let mut record = app.job(tenant, &id).await?;
    let known = |record: &JobRecord| {
        etag::matches(&headers, &etag::of_revision(record.revision)) == Some(true)
    };
    let mut is_known = known(&record);
    if let (true, Some(watch), Some(patience)) = (is_known, watch, patience)
        && !record.status.is_final()
    {
        let seen = record.revision;
        let changed = |record: &JobRecord| record.revision != seen;
        record = app.wait_until((tenant, &id), watch, patience, changed).await?;
        is_known = record.revision == seen;
    }
    let mut about = HeaderMap::new();
    about.insert(header::ETAG, etag::header_value(&etag::of_revision(record.revision)));
    about.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    about.insert(header::VARY, HeaderValue::from_static("Prefer"));
    if let (Some(_), Some(applied)) = (patience, prefer.applied(false))
        && let Ok(applied) = HeaderValue::try_from(applied)
    {
        about.insert("preference-applied", applied);
    }
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    Ok((about, view(&app, record).await).into_response())
}

/// The job object with the advice when to ask again.
pub async fn view(app: &App, record: JobRecord) -> Response {
    if record.status.is_final() {
        return Json(JobView::of(record, eta::Eta::default())).into_response();
    }
    // What the job is matters more than when it will be done.
    let eta = app.fleet_view().await.map(|view| view.eta(record.lane)).unwrap_or_default();
    let wait = whole_seconds(eta::retry_after(&eta));
    let retry = [(header::RETRY_AFTER, HeaderValue::from(wait))];
    (retry, Json(JobView::of(record, eta))).into_response()
}
