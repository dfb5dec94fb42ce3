//! Each of the guide's eight variables changes something that can be seen.

use lexilingo_tests::{
    client::{Client, request, seed},
    fleet::{Fleet, Kind},
};
use serde_json::{Value, json};

const PLAN: &str = "/api/v1/ai/analyze?explain=plan";

async fn embedded(variables: &[(&str, &str)]) -> Fleet {
    Fleet::with(Kind::Embedded, 1, variables).await
}

async fn plan(client: &Client, body: &Value) -> Value {
    client.analyze_at(PLAN, body).await["plan"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orchestrator_max_memory_gb_is_the_budget() {
    for (gigabytes, shown) in [("2.5", 2.5), ("1", 1.0)] {
        let fleet = embedded(&[("ORCHESTRATOR_MAX_MEMORY_GB", gigabytes)]).await;
        let budget = fleet.stats().await["resources"]["budget"]["total_gb"].as_f64().unwrap();
        assert!((budget - shown).abs() < 0.01, "{budget}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn response_cache_ttl_is_how_long_answers_are_reused() {
    let fleet = embedded(&[("RESPONSE_CACHE_TTL", "0")]).await;
    fleet.client.analyze(&seed()).await;
    assert_eq!(fleet.client.analyze(&seed()).await["metadata"]["cached"], false);
    let fleet = embedded(&[("RESPONSE_CACHE_TTL", "2")]).await;
    fleet.client.analyze(&seed()).await;
    lexilingo_tests::wait::until("a hit", async || {
        (fleet.client.analyze(&seed()).await["metadata"]["cached"] == true).then_some(())
    })
    .await;
    lexilingo_tests::wait::until("the entry's end", async || {
        (fleet.client.analyze(&seed()).await["metadata"]["cached"] == false).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn qwen_timeout_ms_bounds_qwen() {
    let fleet = embedded(&[("WORKER_MODELS", "rules,qwen"), ("QWEN_TIMEOUT_MS", "123")]).await;
    let result = fleet.client.analyze_at(PLAN, &request("I like tea. [[qwen:hang]]")).await;
    let engines = result["plan"]["engines"].as_array().unwrap();
    let qwen = engines.iter().find(|step| step["engine"] == "qwen").unwrap();
    assert_eq!(qwen["timeout_ms"], 123);
    assert_eq!(result["metadata"]["degradation"]["reason"], "qwen took too long");
    assert_eq!(result["metadata"]["degradation"]["level"], 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hubert_timeout_ms_bounds_hubert() {
    let fleet = embedded(&[("WORKER_MODELS", "rules,hubert"), ("HUBERT_TIMEOUT_MS", "77")]).await;
    let mut voice = request("I like tea. [[hubert:hang]]");
    voice["input_type"] = json!("voice");
    let result = fleet.client.analyze_at(PLAN, &voice).await;
    assert_eq!(result["metadata"]["degradation"]["missing"], json!(["pronunciation"]));
    assert_eq!(result["metadata"]["degradation"]["reason"], "hubert took too long");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn llama_timeout_ms_bounds_llama() {
    let fleet = embedded(&[("WORKER_MODELS", "rules,llama3-vi"), ("LLAMA_TIMEOUT_MS", "55")]).await;
    let mut body = request("She go home. [[llama3-vi:hang]]");
    body["explain_language"] = json!("vi");
    let result = fleet.client.analyze_at(PLAN, &body).await;
    assert_eq!(result["plan"]["vietnamese_engine"]["timeout_ms"], 55);
    // The vetted template stands in for the model.
    assert!(result["vietnamese_hint"].as_str().unwrap().contains("go"));
    assert_eq!(result["metadata"]["degradation"]["reason"], "llama3-vi took too long");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enable_pronunciation_decides_whether_speech_is_scored() {
    let mut voice = seed();
    voice["input_type"] = json!("voice");
    for (enabled, asked) in [("true", true), ("false", false)] {
        let fleet =
            embedded(&[("WORKER_MODELS", "rules,hubert"), ("ENABLE_PRONUNCIATION", enabled)]).await;
        let result = fleet.client.analyze(&voice).await;
        assert_eq!(result["analysis"].get("pronunciation").is_some(), asked);
        assert_eq!(result["metadata"]["degradation"]["level"], 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enable_vietnamese_decides_whether_vietnamese_is_spoken() {
    let mut body = seed();
    body["explain_language"] = json!("vi");
    for (enabled, spoken) in [("true", true), ("false", false)] {
        let fleet = embedded(&[("ENABLE_VIETNAMESE", enabled)]).await;
        let result = fleet.client.analyze(&body).await;
        assert_eq!(result.get("vietnamese_hint").is_some(), spoken);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn enable_knowledge_graph_shows_in_the_plan() {
    for (enabled, planned) in [("true", true), ("false", false)] {
        let fleet = embedded(&[("ENABLE_KNOWLEDGE_GRAPH", enabled)]).await;
        assert_eq!(plan(&fleet.client, &seed()).await["knowledge_graph"], planned);
    }
}
