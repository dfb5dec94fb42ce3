//! The worker's small port for operators: health and metrics.

use crate::services::Services;
use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Serves until `stop`.
pub async fn serve(
    services: Arc<Services>,
    listener: TcpListener,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let router = Router::new()
        .route("/livez", get(async || "ok\n"))
        .route("/startupz", get(readiness))
        .route("/readyz", get(readiness))
        .route("/models/{name}/ready", get(model_ready))
        .route("/metrics", get(metrics))
        .with_state(services);
    axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
}

/// Ready once every pinned model is loaded or refused and the queue answers.
async fn readiness(State(services): State<Arc<Services>>) -> Response {
    if !services.is_ready() {
        return (StatusCode::SERVICE_UNAVAILABLE, "models are not settled, or the worker drains\n")
            .into_response();
    }
    match services.stores.fleet.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the queue does not answer\n").into_response(),
    }
}

async fn model_ready(State(services): State<Arc<Services>>, Path(name): Path<String>) -> Response {
    if services.pool.loaded().iter().any(|model| model.name.as_str() == name) {
        "ok\n".into_response()
    } else {
        (StatusCode::NOT_FOUND, "not loaded\n").into_response()
    }
}

async fn metrics(State(services): State<Arc<Services>>) -> Response {
    let metrics = &services.metrics;
    for model in services.pool.loaded() {
        let bytes = i64::try_from(model.resident_bytes).unwrap_or(i64::MAX);
        metrics.model_resident_bytes.with_label_values(&[model.name.as_str(), "rss"]).set(bytes);
    }
    let memory = services.report().memory;
    for (kind, bytes) in [
        ("budget", memory.budget_bytes),
        ("used", memory.used_bytes),
        ("process", memory.rss_bytes),
    ] {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        metrics.memory_bytes.with_label_values(&[kind]).set(bytes);
    }
    if let Ok(backlog) = services.stores.jobs.backlog(services.now()).await {
        for (kind, jobs) in [("waiting", backlog.waiting), ("dropped", backlog.given_up)] {
            let jobs = i64::try_from(jobs).unwrap_or(i64::MAX);
            metrics.mongo_write_queue.with_label_values(&[kind]).set(jobs);
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], metrics.encode()).into_response()
}
