use super::service::{Service, request};
use crate::state::Limits;
use axum::{body::Body, http::Request};
use lexilingo_shared::time::SystemClock;
use std::sync::Arc;

const ANALYZE: &str = "/api/v1/ai/analyze";

#[tokio::test]
async fn every_refusal_is_a_problem_document() {
    let service = Service::new();
    let json = ("content-type", "application/json");
    let huge = format!("{{\"text\": \"{}\"}}", "a".repeat(16 << 20));
    for (request, status, code) in [
        (request("GET", "/nowhere", &[], ""), 404, "route-not-found"),
        (request("GET", "/docs/nowhere.js", &[], ""), 404, "route-not-found"),
        (request("GET", ANALYZE, &[], ""), 405, "method-not-allowed"),
        (request("PUT", "/livez", &[], ""), 405, "method-not-allowed"),
        (request("POST", ANALYZE, &[], "{}"), 415, "unsupported-media-type"),
        (
            request("POST", ANALYZE, &[("content-type", "text/plain")], "{}"),
            415,
            "unsupported-media-type",
        ),
        (
            request("POST", ANALYZE, &[json, ("content-encoding", "gzip")], "{}"),
            415,
            "unsupported-media-type",
        ),
        (request("POST", ANALYZE, &[json], "{"), 400, "malformed-json"),
        (request("POST", ANALYZE, &[json], ""), 400, "malformed-json"),
        (
            request("POST", ANALYZE, &[json, ("idempotency-key", "\"a")], "{}"),
            400,
            "malformed-header",
        ),
        (request("POST", ANALYZE, &[json], &huge), 413, "body-too-large"),
        (request("POST", &format!("{ANALYZE}?a=1&a=2"), &[json], "{}"), 422, "validation-failed"),
    ] {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let answer = service.send(request).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{method} {path}");
        let problem = answer.json();
        assert_eq!(problem["path"], path);
        assert_eq!(problem["trace_id"], answer.header("x-request-id"));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_refused_method_names_those_that_work() {
    let service = Service::new();
    let answer = service.send(request("PATCH", "/api/v1/learners/mai", &[], "")).await;
    let mut allowed: Vec<&str> = answer.header("allow").split(',').map(str::trim).collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["DELETE", "GET", "HEAD"]);
}

#[tokio::test]
async fn a_callers_trace_is_continued() {
    let service = Service::new();
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("00-{trace}-00f067aa0ba902b7-01");
    let answer = service.send(request("GET", "/livez", &[("traceparent", &parent)], "")).await;
    assert_eq!(answer.header("x-request-id"), trace);
    assert!(answer.header("traceparent").starts_with(&format!("00-{trace}-")));
    assert_ne!(answer.header("traceparent"), parent);
    let broken = service.send(request("GET", "/livez", &[("traceparent", "00-zz")], "")).await;
    assert_eq!(broken.header("x-request-id").len(), 32);
}

#[tokio::test]
async fn a_busy_service_refuses_work_but_answers_probes() {
    let service = Service::with(&[], Arc::new(SystemClock), Limits::new(0, 1, 1));
    let answer = service.get("/api/v1/sessions/s").await;
    assert_eq!(answer.problem(), (503, "overloaded".to_owned()));
    assert!(answer.headers.contains_key("retry-after"));
    assert_eq!(service.get("/livez").await.status, 200);
}

#[tokio::test]
async fn large_bodies_are_read_a_few_at_a_time() {
    let service = Service::with(&[], Arc::new(SystemClock), Limits::new(9, 1, 0));
    let chunks = [(); 3].map(|()| Ok::<_, std::io::Error>(vec![b' '; 200_000]));
    let body = Body::from_stream(futures::stream::iter(chunks));
    let request = Request::post(ANALYZE).header("content-type", "application/json");
    let answer = service.send(request.body(body).unwrap()).await;
    assert_eq!(answer.problem(), (503, "overloaded".to_owned()));
}

#[tokio::test]
async fn the_docs_page_needs_nothing_from_elsewhere() {
    let service = Service::new();
    assert_eq!(service.get("/docs").await.header("location"), "/docs/");
    let page = service.get("/docs/").await;
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    let page = String::from_utf8(page.body).unwrap();
    assert!(!page.contains("https://") && page.contains("swagger-ui"), "{page}");
    let script = service.get("/docs/swagger-initializer.js").await;
    assert!(String::from_utf8(script.body).unwrap().contains("/openapi.json"));
    let document = service.get("/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
}
