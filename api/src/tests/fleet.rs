use super::{service::Service, worker};
use crate::{state::Limits, upkeep};
use lexilingo_shared::{
    tally::Tally,
    time::{Clock, ManualClock, SystemClock, Timestamp},
};
use serde_json::json;
use std::{sync::Arc, time::Duration};

const HEALTH: &str = "/api/v1/ai/orchestrator/health";
const STATS: &str = "/api/v1/ai/orchestrator/stats";

#[tokio::test]
async fn health_follows_the_heartbeats() {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_397_895_123)));
    let service = Service::with(&[], clock.clone(), Limits::default());
    let none = service.get(HEALTH).await;
    assert_eq!(none.problem(), (503, "not-ready".to_owned()));
    assert_eq!(none.json()["detail"], "No worker is alive.");

    let fleet = &service.stores().fleet;
    let mut report = worker::report(clock.now());
    report.ready = false;
    fleet.report(&report).await.unwrap();
    assert!(service.get(HEALTH).await.json()["detail"].as_str().unwrap().contains("nitializing"));

    fleet.report(&worker::report(clock.now())).await.unwrap();
    let health = service.get(HEALTH).await.json();
    assert_eq!(
        (&health["status"], &health["models_loaded"]),
        (&json!("healthy"), &json!(["rules"]))
    );
    assert_eq!(
        (&health["memory_usage_percent"], &health["cache_available"]),
        (&json!(25.0), &json!(true))
    );
    assert_eq!(health["workers"][0]["memory"]["rss_bytes"], 2_100_000_000u64);
    assert_eq!(health["queues"].as_array().unwrap().len(), 3);

    // Three heartbeats of two seconds later the worker is lost.
    clock.advance(Duration::from_secs(7));
    assert_eq!(service.get(HEALTH).await.problem().0, 503);
}

#[tokio::test]
async fn stats_sum_what_workers_counted() {
    let service = Service::new();
    let mut tally = Tally::default();
    for (name, n) in [
        ("requests", 4),
        ("requests.ok", 3),
        ("requests.error", 1),
        ("cache.hit", 1),
        ("cache.cacheable", 2),
        ("errors.type.attempts-exhausted", 1),
        ("model.rules.used", 3),
    ] {
        tally.add(name, n);
    }
    tally.observe("latency", Duration::from_millis(5));
    tally.observe("component.rules", Duration::from_millis(4));
    service.stores().fleet.add(&tally).await.unwrap();
    service.stores().fleet.report(&worker::report(SystemClock.now())).await.unwrap();
    let stats = service.get(STATS).await.json();
    let performance = &stats["performance"];
    assert_eq!(performance["overview"]["total_requests"], 4);
    assert_eq!(performance["success_rate"]["success_rate_percent"], 75.0);
    assert_eq!(performance["cache"]["hit_rate_percent"], 50.0);
    assert_eq!(performance["models"]["most_used"], "rules");
    assert!(performance["overview"]["uptime_seconds"].as_f64().unwrap() >= 59.0);
    assert_eq!(stats["resources"]["budget"]["available_gb"], 6.0);
    assert_eq!(stats["resources"]["system_memory"]["used_percent"], 75.0);
    assert_eq!(stats["orchestrator"]["is_initialized"], true);
}

#[tokio::test]
async fn probes_tell_life_from_readiness() {
    let service = Service::new();
    for path in ["/livez", "/readyz", "/startupz"] {
        assert_eq!(service.get(path).await.status, 200, "{path}");
    }
    service.app.shutdown.cancel();
    assert_eq!(service.get("/readyz").await.problem(), (503, "shutting-down".to_owned()));
    assert_eq!(service.get("/livez").await.status, 200);
    let body = json!({"text": "a", "session_id": "s"});
    assert_eq!(service.analyze(&[], &body).await.problem().0, 503);
}

#[tokio::test]
async fn metrics_count_requests_jobs_and_workers() {
    let service = Service::new();
    service.submit("u").await;
    service.get("/nowhere/at/all").await;
    service.stores().fleet.report(&worker::report(SystemClock.now())).await.unwrap();
    service.app.look_at_fleet().await.unwrap();
    let answer = service.get("/metrics").await;
    let text = String::from_utf8(answer.body).unwrap();
    for line in [
        r#"lexilingo_http_requests_total{method="POST",route="/api/v1/ai/analyze",status="202"} 1"#,
        r#"lexilingo_http_requests_total{method="GET",route="unmatched",status="404"} 1"#,
        r#"lexilingo_jobs_submitted_total{lane="interactive"} 1"#,
        r#"lexilingo_jobs{lane="interactive",state="waiting"} 1"#,
        r#"lexilingo_worker_up{pool="core"} 1"#,
        "lexilingo_job_queue_age_seconds{",
        "lexilingo_worker_heartbeat_age_seconds{pool=\"core\"}",
        r#"le="0.35""#,
        r#"le="2""#,
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    service.stores().fleet.retire(&worker::worker_id()).await.unwrap();
    service.app.look_at_fleet().await.unwrap();
    let text = String::from_utf8(service.get("/metrics").await.body).unwrap();
    assert!(text.contains(r#"lexilingo_worker_up{pool="core"} 0"#));
}

#[tokio::test]
async fn upkeep_ends_jobs_whose_deadline_has_passed() {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_397_895_123)));
    let service = Service::with(&[], clock.clone(), Limits::default());
    let path = service.submit("u").await;
    clock.advance(Duration::from_secs(301));
    upkeep::once(&service.app, true).await;
    let tenant = lexilingo_shared::id::Tenant::local();
    let id = path.rsplit('/').next().unwrap().parse().unwrap();
    let events = service.stores().jobs.events(&tenant, &id, 1).await.unwrap().unwrap();
    assert_eq!(events[0].kind.as_str(), "expired");
}
