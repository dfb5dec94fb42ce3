//! `GET /api/v1/sessions/{id}`: the turns of a conversation and the errors of its last one.

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
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/sessions/{id}";

problem_set!(SessionProblems: SessionNotFound);

#[derive(Debug, Serialize, ToSchema)]
pub struct SessionError {
    #[schema(required = true)]
    pub rule: Option<String>,
    #[schema(required = true)]
    pub errant: Option<String>,
    #[schema(required = true)]
    pub error: Option<String>,
    #[schema(required = true)]
    pub correction: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Turn {
    #[schema(required = true)]
    pub job_id: Option<String>,
    #[schema(required = true)]
    pub at: Option<String>,
    #[schema(required = true)]
    pub text: Option<String>,
    #[schema(required = true)]
    pub corrected: Option<String>,
    pub errors: Vec<SessionError>,
    #[schema(required = true)]
    pub strategy: Option<String>,
    #[schema(required = true)]
    pub next_action: Option<String>,
    #[schema(required = true)]
    pub overall: Option<f64>,
}

/// A conversation of a learner.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    pub id: String,
    /// All turns, those that are no longer kept included.
    pub turn_count: u64,
    /// Oldest first.
    pub turns: Vec<Turn>,
    pub last_errors: Vec<SessionError>,
    /// What the worker remembers of the topic.
    pub topic_context: Value,
    /// What the worker remembers of earlier errors.
    pub error_history: Value,
    #[schema(required = true)]
    pub updated_at: Option<String>,
    pub expires_at: Timestamp,
}

/// Read a session.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getSession",
    tag = "learners",
    params(("id" = String, Path, description = "The session_id of its requests.")),
    responses((status = 200, description = "The session.", body = Session), SessionProblems),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<Json<Session>> {
    const MISSING: ErrorCode = ErrorCode::SessionNotFound;
    let id = id.name(MISSING)?;
    let document = app.document(Collection::Sessions, caller.tenant(), &id, MISSING).await?;
    let stored = Stored(&document.body);
    let turns: Vec<Turn> = stored.objects("turns").iter().map(turn).collect();
    Ok(Json(Session {
        id,
        turn_count: stored.count("turn_count").max(turns.len() as u64),
        updated_at: stored
            .text("updated_at")
            .or_else(|| turns.last().and_then(|turn| turn.at.clone())),
        turns,
        last_errors: stored.objects("last_errors").iter().map(error).collect(),
        topic_context: stored.any("topic_context"),
        error_history: stored.any("error_history"),
        expires_at: document.expires_at,
    }))
}

fn turn(body: &Map<String, Value>) -> Turn {
    let stored = Stored(body);
    Turn {
        job_id: stored.text("job_id"),
        at: stored.text("at"),
        text: stored.text("text"),
        corrected: stored.text("corrected"),
        errors: stored.objects("errors").iter().map(error).collect(),
        strategy: stored.text("strategy"),
        next_action: stored.text("next_action"),
        overall: stored.any("overall").as_f64(),
    }
}

fn error(body: &Map<String, Value>) -> SessionError {
    let stored = Stored(body);
    SessionError {
        rule: stored.text("rule"),
        errant: stored.text("errant"),
        error: stored.text("error"),
        correction: stored.text("correction"),
    }
}
