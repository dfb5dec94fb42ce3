//! A learner's text is where it belongs and nowhere else.

use lexilingo_tests::{
    client::{request, seed},
    fleet::{Fleet, Kind},
    promises, wait,
};
use serde_json::json;
use std::path::Path;

promises! {
    text_never_reaches_logs_or_metrics,
}

const CANARY: &str = "Quangxuanville";

async fn text_never_reaches_logs_or_metrics(kind: Kind) {
    let models = [("WORKER_MODELS", "rules,qwen"), ("LOG_LEVEL", "trace")];
    let fleet = Fleet::with(kind, 1, &models).await;
    for script in ["", "[[qwen:die]]", "[[qwen:hang]]", "[[rules:panic]]", "[[qwen:lie]]"] {
        fleet.client.analyze(&request(&format!("I goes to {CANARY} yesterday {script}"))).await;
    }
    let mut bad = seed();
    bad["text"] = json!([CANARY]);
    bad[CANARY] = json!(CANARY);
    let problem = fleet.client.post("/api/v1/ai/analyze", &[], &bad).await.expect(422);
    assert!(problem.text().contains("/text"));
    let logs = fleet.logs();
    assert!(logs.len() > 1000, "there are logs to look at");
    let line = logs.lines().find(|line| line.contains(CANARY));
    assert_eq!(line, None, "text in a log");
    assert!(!fleet.client.get("/metrics").await.text().contains(CANARY));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_entry_holds_ids_only() {
    let fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let gate = fleet.path("gate");
    fleet.client.submit(&request(&format!("{CANARY} [[rules:gate={gate}]]"))).await;
    let waiting = format!("{gate}.waiting");
    wait::until("the gate", async || Path::new(&waiting).exists().then_some(())).await;
    let mut redis = fleet.redis.as_ref().unwrap().connection().await.unwrap();
    let keys: Vec<String> = redis::cmd("KEYS").arg("*").query_async(&mut redis).await.unwrap();
    let mut lanes = 0;
    for key in keys.iter().filter(|key| key.contains("{text:")) {
        lanes += 1;
        let dump: Option<Vec<u8>> =
            redis::cmd("DUMP").arg(key).query_async(&mut redis).await.unwrap();
        let dump = String::from_utf8_lossy(&dump.unwrap_or_default()).into_owned();
        assert!(!dump.contains(CANARY), "{key}");
    }
    assert!(lanes > 0, "{keys:?}");
    std::fs::write(&gate, "").unwrap();
}
