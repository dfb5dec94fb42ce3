//! The one table of error codes: what went wrong, whether trying again can help, and the sentence that people read.
//! `api/src/error.rs` alone maps a code to an HTTP status.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! codes {
    ($($variant:ident = $code:literal, $retryable:literal, $title:literal;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode { $(#[serde(rename = $code)] $variant),+ }

        impl ErrorCode {
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant),+];

            /// The stable name, e.g. `validation-failed`.
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$variant => $code),+ }
            }

            /// Whether the same request may succeed later.
            pub fn is_retryable(self) -> bool {
                match self { $(ErrorCode::$variant => $retryable),+ }
            }

            /// A short public sentence without details of the case.
            pub fn title(self) -> &'static str {
                match self { $(ErrorCode::$variant => $title),+ }
            }
        }
    };
}

codes! {
    ValidationFailed = "validation-failed", false, "Some members of the request are not valid.";
    MalformedJson = "malformed-json", false, "The body is not valid JSON.";
    UnsupportedMediaType = "unsupported-media-type", false, "The content type is not supported here.";
    BodyTooLarge = "body-too-large", false, "The body is larger than this route takes.";
    TextTooLong = "text-too-long", false, "The text is longer than this route takes.";
    MalformedHeader = "malformed-header", false, "A request header is not valid.";
    Unauthorized = "unauthorized", false, "This needs a valid API key.";
    InsufficientScope = "insufficient-scope", false, "The API key may not do this.";
    RateLimitExceeded = "rate-limit-exceeded", true, "The API key makes too many requests.";
    QuotaExceeded = "quota-exceeded", true, "The API key has used up its quota.";
    RouteNotFound = "route-not-found", false, "There is nothing at this address.";
    MethodNotAllowed = "method-not-allowed", false, "This address does not support the method.";
    JobNotFound = "job-not-found", false, "There is no such job.";
    UploadNotFound = "upload-not-found", false, "There is no such upload.";
    SessionNotFound = "session-not-found", false, "There is no such session.";
    LearnerNotFound = "learner-not-found", false, "There is no such learner.";
    AudioUnsupported = "audio-unsupported", false, "The audio is of a kind that is not supported.";
    ResultExpired = "result-expired", false, "The job existed, but its record is no longer kept.";
    JobCanceled = "job-canceled", false, "The job was canceled.";
    JobFinal = "job-final", false, "The job has already ended.";
    IdempotencyKeyReused = "idempotency-key-reused", false, "This Idempotency-Key was used with another request.";
    IdempotencyInProgress = "idempotency-in-progress", true, "A request with this Idempotency-Key is still being taken in.";
    QueueFull = "queue-full", true, "The queue takes no more work right now.";
    Overloaded = "overloaded", true, "Too many requests are being served right now.";
    TooManyStreams = "too-many-streams", true, "Too many event streams are open right now.";
    RequestTimeout = "request-timeout", true, "The request was not complete in time.";
    StoreUnavailable = "store-unavailable", true, "A store that this needs cannot be reached.";
    ShuttingDown = "shutting-down", true, "The service is shutting down.";
    NotReady = "not-ready", true, "The service is not ready yet.";
    WebhookUrlForbidden = "webhook-url-forbidden", false, "Webhooks may not be sent to this address.";
    WebhookNotFound = "webhook-not-found", false, "There is no such webhook endpoint.";
    WebhookDisabled = "webhook-disabled", false, "The webhook endpoint is disabled.";
    TooManyWebhooks = "too-many-webhooks", false, "The tenant has as many webhook endpoints as it may have.";
    WebhookNotRegistered = "webhook-not-registered", false, "The webhook_url is not a registered endpoint.";
    JobCrashedWorkers = "job-crashed-workers", false, "The job ended its worker too often and is kept aside.";
    AttemptsExhausted = "attempts-exhausted", true, "The job failed as often as it may.";
    InputMissing = "input-missing", false, "The text of the job is no longer there.";
    EnvelopeUnreadable = "envelope-unreadable", false, "The queue entry cannot be read by this release.";
    DeadlinePassed = "deadline-passed", true, "The deadline passed before the job was finished.";
    Internal = "internal", true, "Something went wrong on our side.";
}

impl utoipa::PartialSchema for ErrorCode {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .enum_values(Some(ErrorCode::ALL.iter().map(|code| code.as_str())))
            .description(Some("What went wrong; stable."))
            .into()
    }
}

impl utoipa::ToSchema for ErrorCode {}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
