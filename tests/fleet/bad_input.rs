//! Bad input gets a clear error that names the member, and changes nothing.

use lexilingo_tests::{
    client::seed,
    fleet::{Fleet, Kind},
    promises,
};
use reqwest::Method;
use serde_json::{Value, json};

promises! {
    every_fault_is_named_by_its_pointer,
    a_body_that_is_no_request_is_a_problem,
    unknown_addresses_and_methods_are_problems,
}

async fn every_fault_is_named_by_its_pointer(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let cases: &[(&str, Value, &str)] = &[
        ("text", json!(""), "/text"),
        ("text", json!("   "), "/text"),
        ("text", json!(7), "/text"),
        ("session_id", json!(""), "/session_id"),
        ("session_id", json!("x".repeat(129)), "/session_id"),
        ("user_id", json!(["u"]), "/user_id"),
        ("input_type", json!("video"), "/input_type"),
        ("learner_profile", json!({"level": "Z9"}), "/learner_profile/level"),
        ("learner_profile", json!({"note": "x".repeat(5000)}), "/learner_profile"),
        ("explain_language", json!("fr"), "/explain_language"),
        ("previous_job_id", json!("job_1"), "/previous_job_id"),
        ("surprise", json!(1), "/surprise"),
    ];
    for (member, value, pointer) in cases {
        let mut body = seed();
        body[*member] = value.clone();
        let problem = fleet.client.post("/api/v1/ai/analyze", &[], &body).await.expect(422).json();
        assert_eq!(problem["errors"][0]["pointer"], *pointer, "{problem}");
        assert_eq!(problem["code"], "validation-failed");
    }
    let empty = fleet.client.post("/api/v1/ai/analyze", &[], &json!({})).await.expect(422).json();
    assert_eq!(empty["errors"].as_array().unwrap().len(), 2, "all faults come together: {empty}");
    let mut long = seed();
    long["text"] = json!("x".repeat(10_001));
    fleet.client.post("/api/v1/ai/analyze", &[], &long).await.expect(413);
    let mut hook = seed();
    hook["webhook_url"] = json!("https://example.org/hook");
    fleet.client.post("/api/v1/ai/analyze", &[], &hook).await.expect(422);
}

async fn a_body_that_is_no_request_is_a_problem(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let json = ("content-type", "application/json");
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for (body, status) in [
        (b"{".to_vec(), 400),
        (b"".to_vec(), 400),
        (b"\xff\xfe".to_vec(), 400),
        (b"[]".to_vec(), 422),
        (deep.into_bytes(), 400),
        (br#"{"text":"a","text":"b","session_id":"s"}"#.to_vec(), 400),
        (vec![b' '; 40_000_000], 413),
    ] {
        let answer =
            fleet.client.try_send(Method::POST, "/api/v1/ai/analyze", &[json], body.clone()).await;
        // A server may close on a body that it will not read.
        if let Ok(answer) = answer {
            assert_eq!(
                answer.status,
                status,
                "{:?}: {}",
                &body[..body.len().min(20)],
                answer.text()
            );
        }
    }
    let plain = [("content-type", "text/plain")];
    let answer = fleet.client.send(Method::POST, "/api/v1/ai/analyze", &plain, "hello").await;
    assert_eq!(answer.expect(415).json()["code"], "unsupported-media-type");
}

async fn unknown_addresses_and_methods_are_problems(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    assert_eq!(fleet.client.get("/nowhere").await.expect(404).json()["code"], "route-not-found");
    let wrong = fleet.client.send(Method::PUT, "/api/v1/ai/analyze", &[], "").await.expect(405);
    assert_eq!(wrong.json()["code"], "method-not-allowed");
    assert!(wrong.header("allow").unwrap().contains("POST"));
    for id in ["job_00000000000000000000000000", "nonsense", "job_%2e%2e"] {
        let path = format!("/api/v1/jobs/{id}");
        assert_eq!(fleet.client.get(&path).await.expect(404).json()["code"], "job-not-found");
    }
    fleet.client.get("/api/v1/sessions/nobody").await.expect(404);
    fleet.client.get("/api/v1/learners/nobody").await.expect(404);
}
