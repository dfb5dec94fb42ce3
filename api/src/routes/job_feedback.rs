//! `POST /api/v1/jobs/{id}/feedback`: what the learner or teacher thought of an answer; one for each job.

use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, JsonBody, PathId},
    members::{Members, TextBound, refusal},
    problem_set::problem_set,
    state::AppState,
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::JobId,
    store::{Collection, DocumentKey, NewDocument, Put},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/jobs/{id}/feedback";

const MAX_CORRECTION_CHARS: usize = 2_000;
/// Tries against others who write the same feedback at the same time.
const TRIES: usize = 5;

problem_set!(FeedbackProblems:
    MalformedJson, BodyTooLarge, UnsupportedMediaType, ValidationFailed, JobNotFound, ResultExpired,
);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FeedbackBody {
    pub helpful: bool,
    /// What the corrected text should have been.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub correction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5)]
    pub rating: Option<u8>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Feedback {
    pub job_id: JobId,
    #[serde(flatten)]
    pub feedback: FeedbackBody,
    pub at: Timestamp,
}

/// Judge an answer.
///
/// A second judgement of the same job takes the place of the first.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "giveFeedback",
    tag = "jobs",
    request_body = FeedbackBody,
    params(("id" = JobId, Path, description = "The job's id.")),
    responses(
        (status = 200, description = "It took the place of an earlier one.", body = Feedback),
        (status = 201, description = "Noted.", body = Feedback),
        FeedbackProblems,
    ),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
    JsonBody(body): JsonBody,
) -> ApiResult<Response> {
    let id: JobId = id.parse(ErrorCode::JobNotFound)?;
    let feedback = check(body)?;
    let job = app.job(caller.tenant(), &id).await?;
    let now = app.now();
    let shown = Feedback { job_id: id.clone(), feedback, at: now };
    let document = NewDocument {
        learner: job.user_id,
        expires_at: now.plus(app.config.storage.retention.interactions),
        body: object(&shown)?,
    };
    let key = DocumentKey::new(Collection::Feedback, caller.tenant(), id.as_str());
    for _ in 0..TRIES {
        let expected = app.stores.documents.get(&key, now).await?.map_or(0, |found| found.version);
        if app.stores.documents.put(&key, &document, expected, now).await? == Put::Stored {
            let status = if expected == 0 { StatusCode::CREATED } else { StatusCode::OK };
            return Ok((status, Json(shown)).into_response());
        }
    }
    Err(ApiError::bare(ErrorCode::StoreUnavailable))
}

fn object(feedback: &Feedback) -> ApiResult<Map<String, Value>> {
    match serde_json::to_value(feedback) {
        Ok(Value::Object(body)) => Ok(body),
        _ => Err(ApiError::internal("feedback has no JSON form")),
    }
}

fn check(body: Value) -> ApiResult<FeedbackBody> {
    let mut members = Members::of_body(body);
    if !members.faults.is_empty() {
        return Err(refusal(members.faults));
    }
    let helpful = match members.take("helpful") {
        Some(Value::Bool(helpful)) => Some(helpful),
        Some(_) => {
            members.fault("helpful", "must be true or false");
            None
        }
        None => {
            members.required("helpful");
            None
        }
    };
    let bound = TextBound::Chars(MAX_CORRECTION_CHARS);
    let correction = members.text("correction", bound, ErrorCode::ValidationFailed);
    let rating = members.take("rating").and_then(|value| {
        let rating = value.as_u64().and_then(|n| u8::try_from(n).ok());
        let rating = rating.filter(|n| (1..=5).contains(n));
        if rating.is_none() {
            members.fault("rating", "must be a whole number from 1 to 5");
        }
        rating
    });
    match (helpful, members.into_faults()) {
        (Some(helpful), faults) if faults.is_empty() => {
            Ok(FeedbackBody { helpful, correction, rating })
        }
        (_, faults) => Err(refusal(faults)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn faults_of_a_judgement_are_reported_together() {
        let error = check(json!({"rating": 6, "correction": "", "stars": 1})).unwrap_err();
        let pointers: Vec<&str> = error.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, ["/helpful", "/correction", "/rating", "/stars"]);
        assert!(check(json!({"helpful": false, "rating": 5})).is_ok());
        assert!(check(json!({"helpful": true, "rating": 4.5})).is_err());
    }
}
