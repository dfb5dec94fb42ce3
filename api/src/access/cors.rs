//! Which pages may call the api from a browser.

use axum::http::{HeaderName, HeaderValue, Method, header};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// How long a browser may remember a permission.
const MAX_AGE: Duration = Duration::from_secs(60 * 60);

/// Lets pages of these origins call with the headers that the api reads, and see those that it sends. Credentials of the
/// browser are never asked for: a key is sent by the page itself.
pub fn layer(origins: &[String]) -> CorsLayer {
    let name = HeaderName::from_static;
    let origins = origins.iter().filter_map(|origin| HeaderValue::try_from(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            name("prefer"),
            name("cancel-after"),
            name("idempotency-key"),
            name("last-event-id"),
            name("traceparent"),
        ])
        .expose_headers([
            header::LOCATION,
            header::ETAG,
            header::RETRY_AFTER,
            name("operation-location"),
            name("preference-applied"),
            name("idempotent-replayed"),
            name("ratelimit"),
            name("ratelimit-policy"),
            name("traceparent"),
            name("x-request-id"),
        ])
        .max_age(MAX_AGE)
}
