//! `GET /api/v1/learners/{id}`: a learner's profile.

use crate::{
    document_view::Stored,
    error::ApiResult,
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::AppState,
};
use axum::{Json, extract::State};
use lexilingo_shared::{error_code::ErrorCode, store::Collection, time::Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/learners/{id}";

problem_set!(LearnerProblems: LearnerNotFound);

#[derive(Debug, Serialize, ToSchema)]
pub struct CommonError {
    #[serde(rename = "type")]
    #[schema(required = true)]
    pub kind: Option<String>,
    pub frequency: u64,
    pub examples: Vec<String>,
}

/// What is known of a learner.
#[derive(Debug, Serialize, ToSchema)]
pub struct Learner {
    pub user_id: String,
    #[schema(required = true)]
    pub level: Option<String>,
    #[schema(required = true)]
    pub native_language: Option<String>,
    pub common_errors: Vec<CommonError>,
    pub vocabulary_count: u64,
    pub sessions_completed: u64,
    pub interactions: u64,
    #[schema(required = true)]
    pub last_active: Option<String>,
    pub expires_at: Timestamp,
}

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
    let stored = Stored(&document.body);
    let common_errors = stored.objects("common_errors");
    Ok(Json(Learner {
        user_id: id,
        level: stored.text("level"),
        native_language: stored.text("native_language"),
        common_errors: common_errors
            .iter()
            .map(|body| CommonError {
                kind: Stored(body).text("type"),
                frequency: Stored(body).count("frequency"),
                examples: Stored(body).texts("examples"),
            })
            .collect(),
        vocabulary_count: stored.count("vocabulary_count"),
        sessions_completed: stored.count("sessions_completed"),
        interactions: stored.count("interactions"),
        last_active: stored.text("last_active"),
        expires_at: document.expires_at,
    }))
}
