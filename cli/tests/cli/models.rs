//! `lexilingo models`.

use crate::place::Place;
use serde_json::Value;

/// A place with tiny models in it.
fn furnished() -> Place {
    let mut place = Place::new();
    let said = place.run(&["models", "make-tiny", "models"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    place.set("MODEL_DIR", place.path().join("models"));
    place
}

fn listed(place: &Place) -> Vec<Value> {
    let said = place.run(&["models", "list", "--json"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn tiny_models_are_found_and_named_by_their_digests() {
    let has_engine = cfg!(feature = "llama");
    for model in listed(&furnished()) {
        assert_eq!(model["state"], if has_engine { "here" } else { "no engine" }, "{model}");
        let is_digest = |version: &str| version.starts_with("sha256:");
        assert!(model["version"].as_str().is_some_and(is_digest), "{model}");
        assert!(model["bytes"].as_u64().unwrap() > 100_000, "{model}");
    }
    if has_engine {
        assert!(listed(&Place::new()).iter().all(|model| model["state"] == "not here"));
    }
}

#[test]
fn a_file_that_changed_fails_its_verification_until_it_is_noted() {
    let place = furnished();
    assert_eq!(place.run(&["models", "verify"]).status, Some(0));
    let file = place.path().join("models/qwen/model.gguf");
    std::fs::write(&file, b"something else").unwrap();
    let said = place.run(&["models", "verify"]);
    assert_eq!(said.status, Some(1), "{said:?}");
    assert!(said.out.lines().any(|line| line.starts_with("FAIL") && line.contains("qwen")));
    assert_eq!(place.run(&["models", "verify", "llama3-vi"]).status, Some(0));
    assert_eq!(place.run(&["models", "verify", "--note", "qwen"]).status, Some(0));
    assert_eq!(place.run(&["models", "verify"]).status, Some(0));
    std::fs::remove_file(&file).unwrap();
    assert_eq!(place.run(&["models", "verify", "qwen"]).status, Some(1));
}

#[test]
fn what_cannot_be_pulled_is_said_with_the_way_to_get_it() {
    let place = Place::new();
    let unknown = place.run(&["models", "pull", "gpt"]);
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.err.contains("NAME") && unknown.err.contains("qwen"), "{}", unknown.err);
    let own = place.run(&["models", "pull", "llama3-vi"]);
    assert_eq!(own.status, Some(2));
    assert!(own.err.contains("`lexilingo models export-guide llama3-vi`"), "{}", own.err);
    let guide = place.run(&["models", "export-guide", "llama3-vi"]);
    assert!(guide.out.contains("model.gguf"), "{}", guide.out);
    // Nothing listens on port 1.
    let away = place.run(&["models", "pull", "qwen", "--hub", "http://127.0.0.1:1"]);
    assert_eq!(away.status, Some(1), "{away:?}");
    assert!(away.err.contains("http://127.0.0.1:1/Qwen/"), "{}", away.err);
}

#[cfg(feature = "llama")]
#[test]
fn tiny_models_answer_beside_the_rules() {
    let mut place = furnished();
    place.set("WORKER_MODELS", "rules,qwen,llama3-vi");
    // Random weights: what they say is worth nothing, but they say it through the whole path. A machine may be slow.
    place.set("QWEN_TIMEOUT_MS", "60000");
    place.set("LLAMA_TIMEOUT_MS", "60000");
    place.set("ORCHESTRATOR_MAX_MEMORY_GB", "2");
    let text = "I goes to school yesterday";
    let said = place.run(&["analyze", text, "--json", "--explain", "both"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    let result: Value = serde_json::from_str(&said.out).unwrap();
    let used = result["metadata"]["models_used"].as_array().unwrap();
    assert!(used.iter().any(|model| model == "qwen"), "{result}");
    let versions = &result["metadata"]["manifest"]["models"];
    let version = versions["qwen"].as_str().unwrap();
    assert!(version.starts_with("sha256:") && version.contains("prompt:"), "{version}");
    // What is not Vietnamese or quotes other forms is dropped for the vetted text of the rule.
    assert!(result["vietnamese_hint"].as_str().unwrap().contains("“went”"), "{result}");
    let measured = place.run(&["models", "bench"]);
    assert_eq!(measured.status, Some(0), "{measured:?}");
    assert!(measured.out.lines().any(|line| line.starts_with("qwen ")), "{}", measured.out);
}
