//! Engines fail; answers go on and say what they lack.

use lexilingo_tests::{
    client::request,
    fleet::{Fleet, Kind},
    promises,
};
use serde_json::{Value, json};

promises! {
    a_failed_engine_is_answered_for_by_the_rules,
    an_engine_whose_process_died_is_loaded_anew,
    without_any_engine_the_learner_gets_an_apology,
    a_model_that_is_not_there_is_named,
}

const QWEN: [(&str, &str); 1] = [("WORKER_MODELS", "rules,qwen")];

fn degradation(result: &Value) -> (u64, &str) {
    let degradation = &result["metadata"]["degradation"];
    (degradation["level"].as_u64().unwrap(), degradation["reason"].as_str().unwrap_or_default())
}

async fn a_failed_engine_is_answered_for_by_the_rules(kind: Kind) {
    let fleet = Fleet::with(kind, 1, &QWEN).await;
    for (action, reason) in [
        ("fail", "qwen failed: as the script says"),
        ("hang", "qwen took too long"),
        ("lie", "qwen failed: its edits do not give its corrected text"),
        ("die", "qwen crashed: the engine's process ended"),
    ] {
        let text = format!("She go home. [[qwen:{action}]]");
        let result = fleet.client.analyze(&request(&text)).await;
        assert_eq!(degradation(&result), (2, reason));
        assert_eq!(result["metadata"]["models_used"], json!(["rules"]));
        assert!(result["analysis"]["grammar"]["corrected"].as_str().unwrap().contains("goes"));
        // Degraded answers are not kept.
        assert_eq!(fleet.client.analyze(&request(&text)).await["metadata"]["cached"], false);
    }
}

async fn an_engine_whose_process_died_is_loaded_anew(kind: Kind) {
    let fleet = Fleet::with(kind, 1, &QWEN).await;
    let died = fleet.client.analyze(&request("I like tea. [[qwen:die]]")).await;
    assert_eq!(degradation(&died).0, 2);
    let next = fleet.client.analyze(&request("I like tea.")).await;
    assert_eq!(degradation(&next).0, 0);
    assert!(next["metadata"]["models_used"].as_array().unwrap().contains(&json!("qwen")));
    assert_eq!(next["metadata"]["manifest"]["models"]["qwen"], "scripted-1");
}

async fn without_any_engine_the_learner_gets_an_apology(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let result = fleet.client.analyze(&request("She go home. [[rules:panic]]")).await;
    assert_eq!(degradation(&result).0, 3);
    assert_eq!(result["next_action"], "retry");
    assert_eq!(result["score"]["overall"], 0.0);
    assert_eq!(result["analysis"]["grammar"], Value::Null);
    assert_eq!(degradation(&fleet.client.analyze(&request("She go home.")).await).0, 0);
    let success = lexilingo_tests::wait::until("the counters", async || {
        let performance = fleet.stats().await["performance"].clone();
        let counted = performance["overview"]["total_requests"] == 2;
        counted.then(|| performance["success_rate"]["success_rate_percent"].as_f64().unwrap())
    })
    .await;
    assert_eq!(success, 50.0, "an apology is not a success");
}

async fn a_model_that_is_not_there_is_named(kind: Kind) {
    let fleet = Fleet::with(kind, 1, &[("WORKER_MODELS", "rules,minilm,remote")]).await;
    let result = fleet.client.analyze(&request("I like tea.")).await;
    assert_eq!(degradation(&result).0, 2);
    assert!(degradation(&result).1.contains("remote is not part of this program"), "{result}");
}
