//! `POST /api/v1/jobs/{id}/cancel`: ends a job that has not ended.

use super::job;
use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    job_view::JobView,
    problem_set::problem_set,
    state::AppState,
};
use axum::{extract::State, response::Response};
use lexilingo_shared::{error_code::ErrorCode, id::JobId, queue::Cancel, status::JobStatus};

pub const PATH: &str = "/api/v1/jobs/{id}/cancel";

problem_set!(CancelProblems: JobNotFound, ResultExpired, JobFinal);

/// Cancel a job.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "cancelJob",
    tag = "jobs",
    params(("id" = JobId, Path, description = "The job's id.")),
    responses((status = 200, description = "The job, now canceled.", body = JobView), CancelProblems),
)]
pub async fn post(State(app): State<AppState>, caller: Caller, id: PathId) -> ApiResult<Response> {
    let id: JobId = id.parse(ErrorCode::JobNotFound)?;
    match app.stores.jobs.cancel(caller.tenant(), &id, app.now()).await? {
        Cancel::Canceled => Ok(job::view(&app, app.job(caller.tenant(), &id).await?).await),
        Cancel::TooLate(JobStatus::Processing) => Err(ApiError::new(
            ErrorCode::JobFinal,
            "The job is done and its results are being written.",
        )
        .with_job(id)),
        Cancel::TooLate(status) => Err(ApiError::new(
            ErrorCode::JobFinal,
            format!("The job has already ended as {status}."),
        )
        .with_job(id)),
        Cancel::Gone => Err(ApiError::bare(ErrorCode::ResultExpired)),
        Cancel::Unknown => Err(ApiError::bare(ErrorCode::JobNotFound)),
    }
}
