//! Around every request: trace, span, metrics, problem documents and the headers that every response has.

use crate::{
    error::ApiError,
    language_tool::refusal,
    origin,
    problem::{MEDIA_TYPE, Occurrence, Problem},
    state::AppState,
};
use axum::{
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use lexilingo_shared::{telemetry, trace_context::TraceContext};
use std::{sync::Arc, time::Instant};
use tracing::{Instrument, field::Empty};

pub const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Route label of addresses that name nothing, so that strangers cannot make time series.
const UNMATCHED: &str = "unmatched";

/// The outermost layer.
pub async fn observe(
    State(app): State<AppState>,
    matched: Option<MatchedPath>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let route = matched.as_ref().map_or(UNMATCHED, MatchedPath::as_str).to_owned();
    let method = method_label(request.method());
    let path = request.uri().path().to_owned();
    let is_https = origin::is_https(request.headers());
    let span = tracing::info_span!("request", method, route, trace_id = Empty, status = Empty);
    let incoming = request.headers().get(TRACEPARENT).and_then(|value| value.to_str().ok());
    let incoming: Option<TraceContext> = incoming.and_then(|value| value.parse().ok());
    // While traces are exported, the span's own id is the one that the job's spans must name as their parent.
    let exported = telemetry::join(&span, incoming.as_ref());
    let trace = exported.unwrap_or_else(|| app.trace_from(incoming));
    request.extensions_mut().insert(trace);
    let trace_id = trace.trace_id();
    span.record("trace_id", &trace_id);

    let mut response = next.run(request).instrument(span.clone()).await;

    let error = response.extensions_mut().remove::<Arc<ApiError>>();
    if let Some(error) = &error {
        if refusal::speaks_plainly(&path) {
            describe_plainly(&mut response, error);
        } else {
            let occurrence = Occurrence { trace_id: trace_id.clone(), path, at: app.now() };
            describe(&mut response, &Problem::of(error, occurrence));
        }
    }
    decorate(&mut response, &trace, &trace_id, is_https);
    let status = response.status().as_u16();
    span.record("status", status);
    let elapsed = started.elapsed();
    app.metrics.served(&route, method, status, elapsed);
    span.in_scope(|| log(&route, status, elapsed.as_secs_f64() * 1e3, error.as_deref()));
    response
}

fn log(route: &str, status: u16, elapsed_ms: f64, error: Option<&ApiError>) {
    let code = error.map(|error| error.code.as_str());
    let cause = error.and_then(|error| error.cause.as_deref());
    let is_probe =
        !route.starts_with("/api/") && !refusal::speaks_plainly(route) && route != UNMATCHED;
    match status {
        500.. => tracing::error!(status, elapsed_ms, code, cause, "request failed"),
        400.. => tracing::info!(status, elapsed_ms, code, "request refused"),
        _ if is_probe => tracing::debug!(status, elapsed_ms, "request served"),
        _ => tracing::info!(status, elapsed_ms, "request served"),
    }
}

fn describe(response: &mut Response, problem: &Problem) {
    // A problem holds strings and numbers only, so it always has a JSON form.
    refuse(response, MEDIA_TYPE, serde_json::to_vec(problem).unwrap_or_default());
}

fn describe_plainly(response: &mut Response, error: &ApiError) {
    *response.status_mut() = refusal::status(error.code);
    refuse(response, refusal::MEDIA_TYPE, refusal::body(error).into_bytes());
}

fn refuse(response: &mut Response, media_type: &'static str, body: Vec<u8>) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(body);
}

fn decorate(response: &mut Response, trace: &TraceContext, trace_id: &str, is_https: bool) {
    let headers = response.headers_mut();
    for (name, value) in [(TRACEPARENT, trace.to_string()), (REQUEST_ID, trace_id.to_owned())] {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_https {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
}

/// The nine methods that HTTP names; what clients make up shares one label.
fn method_label(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        "TRACE" => "TRACE",
        "CONNECT" => "CONNECT",
        _ => "OTHER",
    }
}
