//! How LanguageTool refuses: a sentence of plain text, and 400 for whatever is wrong with a field.

use crate::error::{ApiError, status_of};
use axum::http::StatusCode;
use lexilingo_shared::error_code::ErrorCode;
use std::collections::BTreeMap;
use utoipa::openapi::{Content, ObjectBuilder, RefOr, Response, ResponseBuilder, schema::Type};

pub const MEDIA_TYPE: &str = "text/plain; charset=utf-8";

/// Whether the address is one of LanguageTool's, whose clients expect plain text.
pub fn speaks_plainly(path: &str) -> bool {
    matches!(path, "/v2/check" | "/v2/languages")
}

pub fn status(code: ErrorCode) -> StatusCode {
    match status_of(code) {
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        status => status,
    }
}

pub fn body(error: &ApiError) -> String {
    format!("Error: {}", error.detail)
}

/// The problems of `/v2/check`, for the OpenAPI document.
pub struct Refusals;

impl utoipa::IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let codes = [
            ErrorCode::ValidationFailed,
            ErrorCode::BodyTooLarge,
            ErrorCode::Unauthorized,
            ErrorCode::InsufficientScope,
            ErrorCode::RateLimitExceeded,
            ErrorCode::RequestTimeout,
            ErrorCode::Internal,
            ErrorCode::Overloaded,
            ErrorCode::DeadlinePassed,
        ];
        let text = || ObjectBuilder::new().schema_type(Type::String).build();
        let one = |code: ErrorCode| {
            let response = ResponseBuilder::new()
                .description(match code {
                    ErrorCode::ValidationFailed => {
                        "A field is missing or wrong; the text names it."
                    }
                    ErrorCode::BodyTooLarge => "The text or the form is too long.",
                    code => code.title(),
                })
                .content("text/plain", Content::new(Some(text())));
            (status(code).as_str().to_owned(), RefOr::T(response.build()))
        };
        codes.map(one).into()
    }
}
