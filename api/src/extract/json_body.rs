//! A JSON body as a value, refused in words of our own when it is not one.

use super::body;
use crate::{
    error::{ApiError, ApiResult},
    state::AppState,
    strict_json,
};
use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use lexilingo_shared::error_code::ErrorCode;
use serde_json::Value;

/// Bytes of a JSON body: the longest audio as base64, the longest text, and some room.
pub const MAX_JSON_BYTES: u64 = 15 * 1024 * 1024;

/// The body of a request that must be JSON.
#[derive(Debug)]
pub struct JsonBody(pub Value);

impl FromRequest<AppState> for JsonBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &AppState) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        require_json(&parts.headers)?;
        let bytes = body::read_whole(app, &parts.headers, body, MAX_JSON_BYTES).await?;
        strict_json::parse(&bytes)
            .map(JsonBody)
            .map_err(|detail| ApiError::new(ErrorCode::MalformedJson, detail))
    }
}

fn require_json(headers: &HeaderMap) -> ApiResult<()> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let encoded = headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if media_type.is_some_and(is_json) && !encoded {
        return Ok(());
    }
    Err(ApiError::new(
        ErrorCode::UnsupportedMediaType,
        "The body must be application/json in UTF-8, without a content encoding.",
    ))
}

fn is_json(media_type: &str) -> bool {
    let mut parts = media_type.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
    let json = essence == "application/json"
        || essence.starts_with("application/") && essence.ends_with("+json");
    let utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    json && utf8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_in_utf8_is_taken() {
        for fine in
            ["application/json", "Application/JSON; charset=UTF-8", "application/merge-patch+json"]
        {
            assert!(is_json(fine), "{fine}");
        }
        for bad in ["", "text/plain", "application/json; charset=latin1", "application/jsonl"] {
            assert!(!is_json(bad), "{bad}");
        }
    }
}
