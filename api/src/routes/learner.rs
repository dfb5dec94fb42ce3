//! `GET /api/v1/learners/{id}`: a learner's profile.

use crate::{
    error::ApiResult,
    extract::{Caller, PathId},
    learner_view::{self, Learner},
    problem_set::problem_set,
    state::AppState,
};
use axum::{Json, extract::State};
use lexilingo_shared::{error_code::ErrorCode, store::Collection};

pub const PATH: &str = "/api/v1/learners/{id}";

problem_set!(LearnerProblems: LearnerNotFound);

/// Read a learner's profile.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getLearner",
    tag = "learners",
    params(("id" = String, Path, description = "The user_id of the learner's requests.")),
    responses((status = 200, description = "The profile.", body = Learner), LearnerProblems),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<Json<Learner>> {
    const MISSING: ErrorCode = ErrorCode::LearnerNotFound;
    let id = id.name(MISSING)?;
    let document = app.document(Collection::Profiles, caller.tenant(), &id, MISSING).await?;
    Ok(Json(learner_view::learner(id, &document.body, document.expires_at, app.now())))
}
