//! What operators see of the fleet is what there is.

use lexilingo_tests::{
    client::seed,
    fleet::{Fleet, HEARTBEAT_MS, Kind},
    promises, wait,
};
use std::time::{Duration, Instant};

promises! {
    health_and_stats_have_the_originals_members,
    probes_and_metrics_answer,
}

async fn health_and_stats_have_the_originals_members(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    fleet.client.analyze(&seed()).await;
    let health = fleet.health().await;
    assert_eq!(health["status"], "healthy");
    assert_eq!(health["models_loaded"], serde_json::json!(["rules"]));
    assert_eq!(health["cache_available"], true);
    assert!(health["memory_usage_percent"].is_number());
    let stats = fleet.stats().await;
    for pointer in [
        "/orchestrator/is_initialized",
        "/orchestrator/loaded_models",
        "/orchestrator/active_sessions",
        "/performance/overview/total_requests",
        "/performance/overview/uptime_seconds",
        "/performance/success_rate/success_rate_percent",
        "/performance/cache/hit_rate_percent",
        "/performance/latency/p95_ms",
        "/performance/components",
        "/performance/errors/by_type",
        "/performance/models/most_used",
        "/resources/budget/total_gb",
        "/resources/model_count",
        "/resources/system_memory/total_gb",
    ] {
        assert!(stats.pointer(pointer).is_some(), "{pointer} in {stats:#}");
    }
}

async fn probes_and_metrics_answer(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    fleet.client.analyze(&seed()).await;
    for probe in ["/livez", "/readyz", "/startupz", "/openapi.json", "/docs"] {
        fleet.client.get(probe).await.expect(200);
    }
    let metrics = fleet.client.get("/metrics").await.expect(200).text();
    assert!(metrics.contains("lexilingo_http_requests_total{"), "{metrics}");
    assert!(metrics.contains("lexilingo_jobs_submitted_total{"));
    assert!(!metrics.contains("test-session-123"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_worker_is_gone_from_health_within_three_heartbeats() {
    let mut fleet = Fleet::with(Kind::Servers, 2, &[]).await;
    let health = fleet.health().await;
    assert_eq!(health["workers"].as_array().unwrap().len(), 2);
    let total = |stats: &serde_json::Value| stats["resources"]["budget"]["total_gb"].as_f64();
    let both = total(&fleet.stats().await).unwrap();
    fleet.workers[1].kill();
    let begun = Instant::now();
    wait::until("the worker to be missed", async || {
        (fleet.health().await["workers"].as_array()?.len() == 1).then_some(())
    })
    .await;
    // Three heartbeats, and one more that it had made just before.
    let bound = Duration::from_millis(HEARTBEAT_MS * 4) + Duration::from_secs(2);
    assert!(begun.elapsed() < bound, "{:?}", begun.elapsed());
    let one = total(&fleet.stats().await).unwrap();
    assert!((one - both / 2.0).abs() < 0.01, "{one} of {both}");
    assert_eq!(fleet.health().await["models_loaded"], serde_json::json!(["rules"]));
    fleet.workers[0].kill();
    wait::until("no worker", async || (fleet.health().await["status"] != "healthy").then_some(()))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reported_memory_is_what_the_kernel_counts() {
    let fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let pid = fleet.workers[0].pid();
    wait::until("the report to agree with the kernel", async || {
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        let kernel = line.split_whitespace().next()?.parse::<f64>().unwrap() * 1024.0;
        let reported = fleet.health().await["workers"][0]["memory"]["rss_bytes"].as_f64()?;
        ((reported - kernel).abs() < kernel * 0.1).then_some(())
    })
    .await;
}
