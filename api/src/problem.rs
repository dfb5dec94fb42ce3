//! The problem document: RFC 9457 with this service's members and those that clients of the original system read.

use crate::{
    access::policy::Policy,
    error::{ApiError, status_of},
};
use lexilingo_shared::{
    error_code::ErrorCode, id::JobId, job::JobError, request::FieldError, time::Timestamp,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Every problem type's address starts with this.
pub const TYPE_BASE: &str = "https://lexilingo.dev/problems/";

/// The registered type of problems with a quota (draft-ietf-httpapi-ratelimit-headers).
pub const QUOTA_TYPE: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

pub const MEDIA_TYPE: &str = "application/problem+json";

/// The job that a problem is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemJob {
    pub id: JobId,
    /// Path of the job.
    pub href: String,
}

/// What went wrong (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Stable address of this type of problem.
    #[serde(rename = "type")]
    #[schema(example = "https://lexilingo.dev/problems/validation-failed")]
    pub kind: String,
    pub title: String,
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    pub detail: String,
    /// Path of the request, or of the failed job.
    pub instance: String,
    pub code: ErrorCode,
    /// Whether the same request may succeed later.
    pub retryable: bool,
    /// 32 hexadecimal digits; the same as in the logs.
    pub trace_id: String,
    /// What is wrong with which member; empty when the problem is not about members.
    pub errors: Vec<FieldError>,
    /// The code as the original system wrote it.
    #[schema(example = "VALIDATION_FAILED")]
    pub error_code: String,
    pub timestamp: Timestamp,
    pub path: String,
    /// With a quota's problem: the names of the policies that are violated, as in `RateLimit-Policy`.
    #[serde(rename = "violated-policies", skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub violated_policies: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<ProblemJob>,
}

/// Where and when a problem came up.
#[derive(Debug, Clone)]
pub struct Occurrence {
    pub trace_id: String,
    pub path: String,
    pub at: Timestamp,
}

impl Problem {
    pub fn of(error: &ApiError, occurrence: Occurrence) -> Self {
        let code = error.code;
        Problem {
            kind: match code {
                ErrorCode::RateLimitExceeded | ErrorCode::QuotaExceeded => QUOTA_TYPE.to_owned(),
                code => format!("{TYPE_BASE}{code}"),
            },
            title: code.title().to_owned(),
            status: status_of(code).as_u16(),
            detail: error.detail.clone(),
            instance: occurrence.path.clone(),
            code,
            retryable: code.is_retryable(),
            trace_id: occurrence.trace_id,
            errors: error.errors.clone(),
            error_code: code.as_str().to_uppercase().replace('-', "_"),
            timestamp: occurrence.at,
            path: occurrence.path,
            violated_policies: error.violated.map(Policy::as_str).into_iter().collect(),
            job: error.job.clone().map(|id| ProblemJob { href: crate::job_view::path_of(&id), id }),
        }
    }

    /// The problem that a job ended with.
    pub fn of_job(error: &JobError, occurrence: Occurrence) -> Self {
        Problem::of(&ApiError::new(error.code, error.detail.clone()), occurrence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_members_say_the_same() {
        let error = ApiError::new(ErrorCode::TextTooLong, "too long");
        let at = Timestamp::from_millis(0);
        let occurrence = Occurrence { trace_id: "0".repeat(32), path: "/x".to_owned(), at };
        let problem = serde_json::to_value(Problem::of(&error, occurrence)).unwrap();
        assert_eq!(problem["type"], "https://lexilingo.dev/problems/text-too-long");
        assert_eq!(problem["error_code"], "TEXT_TOO_LONG");
        assert_eq!((&problem["status"], &problem["path"]), (&413.into(), &"/x".into()));
        assert_eq!(problem["retryable"], false);
    }
}
