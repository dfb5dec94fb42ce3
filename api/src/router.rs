//! Every address of the service, and what stands around each of them.

use crate::{
    access::{Gate, cors, guard::guard},
    error::ApiError,
    language_tool::refusal::speaks_plainly,
    observe::observe,
    routes::{
        analyze, docs, health, job, job_cancel, job_events, job_feedback, language_tool_check,
        language_tool_languages, learner, learner_erasure, metrics, openapi_json, probes, session,
        stats, upload, uploads, webhook, webhook_attempts, webhook_replay, webhook_rotate,
        webhook_test, webhooks,
    },
    state::AppState,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, delete, get, patch, post},
};
use lexilingo_shared::{error_code::ErrorCode, principal::Scope};
use std::{any::Any, time::Duration};
use tower_http::catch_panic::CatchPanicLayer;

/// Longest time from a request's head to its response's head: the longest wait, and room for slow stores and bodies.
const REQUEST_TIME: Duration = Duration::from_secs(120);

/// One method of one address.
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub gate: Gate,
    pub handler: MethodRouter<AppState>,
}

/// Whoever may submit may see what becomes of it.
const JOBS: Gate = Gate::Scopes(&[Scope::Read, Scope::Analyze, Scope::Grade]);
const READ: Gate = Gate::Scopes(&[Scope::Read]);
const ANALYZE: Gate = Gate::Scopes(&[Scope::Analyze]);
const SUBMIT: Gate = Gate::Scopes(&[Scope::Analyze, Scope::Grade]);
const ADMIN: Gate = Gate::Scopes(&[Scope::Admin]);
const CHECK: Gate = Gate::ScopesInForm(language_tool_check::SCOPES);

/// All of them; `/docs` alone is not in the document that it shows.
pub fn routes() -> Vec<Route> {
    let route = |method, path, gate, handler| Route { method, path, gate, handler };
    vec![
        route("post", analyze::PATH, ANALYZE, post(analyze::post)),
        route("get", job::PATH, JOBS, get(job::get)),
        route("get", job_events::PATH, JOBS, get(job_events::get)),
        route("post", job_cancel::PATH, SUBMIT, post(job_cancel::post)),
        route("post", job_feedback::PATH, SUBMIT, post(job_feedback::post)),
        route("get", health::PATH, READ, get(health::get)),
        route("get", stats::PATH, READ, get(stats::get)),
        route("get", session::PATH, READ, get(session::get)),
        route("get", learner::PATH, READ, get(learner::get)),
        route("delete", learner_erasure::PATH, ADMIN, delete(learner_erasure::delete)),
        route("post", webhooks::PATH, ADMIN, post(webhooks::post)),
        route("get", webhooks::PATH, ADMIN, get(webhooks::get)),
        route("patch", webhook::PATH, ADMIN, patch(webhook::patch)),
        route("delete", webhook::PATH, ADMIN, delete(webhook::delete)),
        route("post", webhook_test::PATH, ADMIN, post(webhook_test::post)),
        route("post", webhook_rotate::PATH, ADMIN, post(webhook_rotate::post)),
        route("get", webhook_attempts::PATH, ADMIN, get(webhook_attempts::get)),
        route("post", webhook_replay::PATH, ADMIN, post(webhook_replay::post)),
        route("post", uploads::PATH, SUBMIT, post(uploads::post)),
        route("get", upload::PATH, JOBS, get(upload::get)),
        route("post", language_tool_check::PATH, CHECK, post(language_tool_check::post)),
        route("get", language_tool_check::PATH, CHECK, get(language_tool_check::get)),
        route("get", language_tool_languages::PATH, Gate::Open, get(language_tool_languages::get)),
        route("get", probes::LIVE, Gate::Open, get(probes::live)),
        route("get", probes::READY, Gate::Open, get(probes::ready)),
        route("get", probes::STARTED, Gate::Open, get(probes::started)),
        route("get", metrics::PATH, Gate::Open, get(metrics::get)),
        route("get", openapi_json::PATH, Gate::Open, get(openapi_json::get)),
        route("get", docs::PATH, Gate::Open, get(docs::redirect)),
        route("get", docs::FOLDER, Gate::Open, get(docs::index)),
        route("get", docs::FILE, Gate::Open, get(docs::file)),
    ]
}

/// The service over its state.
pub fn router(app: AppState) -> Router {
    let router =
        routes().into_iter().fold(Router::new(), |router, Route { path, gate, handler, .. }| {
            let guard = from_fn_with_state((app.clone(), gate), guard);
            router.route(path, handler.layer(guard))
        });
    let origins = &app.config.access.cors_origins;
    let router = router
        .fallback(|| async { ApiError::bare(ErrorCode::RouteNotFound) })
        .method_not_allowed_fallback(|| async { ApiError::bare(ErrorCode::MethodNotAllowed) })
        .layer(from_fn_with_state(app.clone(), bound))
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(panicked));
    // Without an allow-list no browser is told anything, not even that there is none.
    let router = if origins.is_empty() { router } else { router.layer(cors::layer(origins)) };
    router.layer(from_fn_with_state(app.clone(), observe)).with_state(app)
}

/// Bounds how many requests are served at once, and for how long. Probes and metrics are always let in, so that a busy
/// service is not taken for a dead one.
async fn bound(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_api = path.starts_with("/api/") || speaks_plainly(path);
    let permit = app.limits.requests.clone().try_acquire_owned();
    if is_api && permit.is_err() {
        return ApiError::bare(ErrorCode::Overloaded).into_response();
    }
    match tokio::time::timeout(REQUEST_TIME, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::bare(ErrorCode::RequestTimeout).into_response(),
    }
}

/// The panic's own words are left out: those of a slice out of bounds repeat the text that was sliced.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    ApiError::internal("a handler panicked").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_panic_is_an_internal_error_without_its_words() {
        let response = panicked(Box::new("I goes to school"));
        let error = response.extensions().get::<Arc<ApiError>>().unwrap();
        assert_eq!(error.code, ErrorCode::Internal);
        assert!(!format!("{error:?}").contains("goes"));
    }
}
