//! How a request can fail. The one place that maps an error code to an HTTP status.

use crate::access::policy::Policy;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use lexilingo_shared::{
    error_code::ErrorCode, id::JobId, request::FieldError, store_error::StoreError,
};
use std::{sync::Arc, time::Duration};

/// How long a client should wait when nothing better is known.
const DEFAULT_RETRY: Duration = Duration::from_secs(2);

/// A refusal or failure. It travels in the response's extensions; `observe` makes the problem document of it, because
/// only there the request's trace and path are known.
#[derive(Debug, Clone)]
pub struct ApiError {
    pub code: ErrorCode,
    /// Public, and never with a learner's words in it.
    pub detail: String,
    pub errors: Vec<FieldError>,
    pub retry_after: Option<Duration>,
    /// The job that the problem is about.
    pub job: Option<JobId>,
    /// The budget that is used up.
    pub violated: Option<Policy>,
    /// For the log only.
    pub cause: Option<String>,
}

pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        let status = status_of(code);
        let retry = status == StatusCode::SERVICE_UNAVAILABLE;
        ApiError {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: retry.then_some(DEFAULT_RETRY),
            job: None,
            violated: None,
            cause: None,
        }
    }

    /// The code's own sentence is all there is to say.
    pub fn bare(code: ErrorCode) -> Self {
        ApiError::new(code, code.title())
    }

    pub fn with_errors(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    pub fn with_job(mut self, job: JobId) -> Self {
        self.job = Some(job);
        self
    }

    /// Something that must not happen did; `cause` goes to the log.
    pub fn internal(cause: impl Into<String>) -> Self {
        ApiError { cause: Some(cause.into()), ..ApiError::bare(ErrorCode::Internal) }
    }

    pub fn status(&self) -> StatusCode {
        status_of(self.code)
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::Unavailable { .. } | StoreError::Full { .. } => ErrorCode::StoreUnavailable,
            StoreError::Corrupt { .. } => ErrorCode::Internal,
        };
        ApiError { cause: Some(error.to_string()), ..ApiError::bare(code) }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(wait) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(whole_seconds(wait)));
        }
        if self.code == ErrorCode::Unauthorized {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Seconds for `Retry-After`: whole, rounded up, at least one.
pub fn whole_seconds(wait: Duration) -> u64 {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1)
}

/// The HTTP status of a code.
pub fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::MalformedJson | ErrorCode::MalformedHeader => StatusCode::BAD_REQUEST,
        ErrorCode::Unauthorized => StatusCode::UNAUTHORIZED,
        ErrorCode::InsufficientScope => StatusCode::FORBIDDEN,
        ErrorCode::RateLimitExceeded | ErrorCode::QuotaExceeded => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::RouteNotFound
        | ErrorCode::JobNotFound
        | ErrorCode::UploadNotFound
        | ErrorCode::SessionNotFound
        | ErrorCode::WebhookNotFound
        | ErrorCode::LearnerNotFound => StatusCode::NOT_FOUND,
        ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        ErrorCode::WebhookDisabled
        | ErrorCode::TooManyWebhooks
        | ErrorCode::JobFinal
        | ErrorCode::JobCanceled
        | ErrorCode::IdempotencyInProgress => StatusCode::CONFLICT,
        ErrorCode::ResultExpired => StatusCode::GONE,
        ErrorCode::BodyTooLarge | ErrorCode::TextTooLong => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::UnsupportedMediaType | ErrorCode::AudioUnsupported => {
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        }
        ErrorCode::ValidationFailed
        | ErrorCode::WebhookNotRegistered
        | ErrorCode::WebhookUrlForbidden
        | ErrorCode::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::QueueFull
        | ErrorCode::Overloaded
        | ErrorCode::TooManyStreams
        | ErrorCode::StoreUnavailable
        | ErrorCode::ShuttingDown
        | ErrorCode::NotReady => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::DeadlinePassed => StatusCode::GATEWAY_TIMEOUT,
        ErrorCode::JobCrashedWorkers
        | ErrorCode::AttemptsExhausted
        | ErrorCode::InputMissing
        | ErrorCode::EnvelopeUnreadable
        | ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_503_says_when_to_come_back() {
        for code in ErrorCode::ALL {
            let response = ApiError::bare(*code).into_response();
            if response.status() == StatusCode::SERVICE_UNAVAILABLE {
                assert!(response.headers().contains_key(header::RETRY_AFTER), "{code}");
                assert!(code.is_retryable(), "{code}");
            }
        }
    }

    #[test]
    fn waits_are_rounded_up_to_whole_seconds() {
        assert_eq!(whole_seconds(Duration::ZERO), 1);
        assert_eq!(whole_seconds(Duration::from_millis(1001)), 2);
    }
}
