//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07): reading the header and naming the claim.

use crate::{
    canonical_json,
    error::{ApiError, ApiResult},
};
use axum::http::HeaderMap;
use lexilingo_shared::{
    digest,
    error_code::ErrorCode,
    id::{JobId, Tenant},
    queue::IdempotencyClaim,
};
use serde_json::Value;
use std::time::Duration;

/// How long a key is remembered.
const KEEP: Duration = Duration::from_secs(24 * 60 * 60);
const MAX_KEY_CHARS: usize = 255;

/// The request's key, if it has one: a quoted string of RFC 8941, or the bare text that many clients send.
pub fn key_from_headers(headers: &HeaderMap) -> ApiResult<Option<String>> {
    let mut values = headers.get_all("idempotency-key").into_iter();
    let Some(value) = values.next() else { return Ok(None) };
    let key = value.to_str().ok().and_then(parse).filter(|_| values.next().is_none());
    key.map(Some).ok_or_else(|| {
        ApiError::new(
            ErrorCode::MalformedHeader,
            "Idempotency-Key must be one string of 1 to 255 visible characters.",
        )
    })
}

/// The claim of a key for one request of one tenant on one route.
pub fn claim(
    tenant: &Tenant,
    route: &str,
    key: &str,
    request: (&Value, &str),
    job: JobId,
) -> IdempotencyClaim {
    let (body, query) = request;
    let canonical = canonical_json::write(body);
    IdempotencyClaim {
        key: digest::of_parts(&[tenant.as_str(), route, key]),
        fingerprint: digest::of_parts(&[&canonical, query]),
        job,
        keep: KEEP,
    }
}

fn parse(text: &str) -> Option<String> {
    let text = text.trim();
    let key = if text.starts_with('"') { unquote(text)? } else { text.to_owned() };
    let visible = key.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    (visible && (1..=MAX_KEY_CHARS).contains(&key.len())).then_some(key)
}

/// An sf-string of RFC 8941: only `\"` and `\\` are escapes.
fn unquote(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"').filter(|_| text.len() >= 2)?;
    let mut key = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => return None,
            '\\' => key.push(chars.next().filter(|c| matches!(c, '"' | '\\'))?),
            _ => key.push(c),
        }
    }
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexilingo_shared::time::Timestamp;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn quoted_and_bare_spellings_name_the_same_key() {
        assert_eq!(parse("\"8e03978e\""), parse("8e03978e"));
        assert_eq!(parse(r#""a\"b\\c""#).as_deref(), Some(r#"a"b\c"#));
    }

    #[test]
    fn keys_that_are_empty_too_long_or_broken_are_refused() {
        for bad in ["", "\"\"", "\"", "\"a", "\"a\"b\"", "\"a\\n\"", "ключ"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
        assert!(parse(&"k".repeat(255)).is_some());
        assert_eq!(parse(&"k".repeat(256)), None);
    }

    #[test]
    fn tenant_route_key_body_and_query_each_make_a_difference() {
        let job = JobId::new(Timestamp::from_millis(1), 1);
        let other = Tenant::new("school").unwrap();
        let make = |tenant: &Tenant, route, key, body: Value, query| {
            claim(tenant, route, key, (&body, query), job.clone())
        };
        let first = make(&Tenant::local(), "/r", "k", json!({"a": 1, "b": 2}), "");
        let same = make(&Tenant::local(), "/r", "k", json!({"b": 2, "a": 1}), "");
        assert_eq!((&first.key, &first.fingerprint), (&same.key, &same.fingerprint));
        assert_ne!(first.key, make(&other, "/r", "k", json!({}), "").key);
        assert_ne!(first.key, make(&Tenant::local(), "/rk", "", json!({}), "").key);
        let body = make(&Tenant::local(), "/r", "k", json!({"a": 1, "b": 3}), "");
        let query = make(&Tenant::local(), "/r", "k", json!({"a": 1, "b": 2}), "x");
        assert!(first.fingerprint != body.fingerprint && first.fingerprint != query.fingerprint);
    }

    proptest! {
        #[test]
        fn every_visible_key_survives_quoting(key in "[ -~]{1,100}") {
            let quoted = format!("\"{}\"", key.replace('\\', r"\\").replace('"', "\\\""));
            prop_assert_eq!(parse(&quoted), Some(key));
        }
    }
}
