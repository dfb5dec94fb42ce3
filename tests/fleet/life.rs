//! A learner's day: one sentence on every way that a text can take through a fleet.

use lexilingo_tests::{
    client::{request, seed},
    fleet::Fleet,
    receiver::{Received, Receiver},
    wait,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::path::Path;

/// Who it is about.
pub const LEARNER: &str = "lan";

/// What is left of it.
pub struct Life {
    /// A job that has ended, and one whose input was too long to lie beside it.
    pub job: String,
    pub long_job: String,
    pub upload: String,
    /// What the endpoint was told.
    pub told: Vec<Received>,
    /// Answers that told of a failure.
    pub refusals: Vec<String>,
}

/// The models and the one setting that it needs.
pub const SETTINGS: [(&str, &str); 4] = [
    ("WORKER_MODELS", "rules,qwen"),
    ("QWEN_TIMEOUT_MS", "60000"),
    ("WEBHOOK_ALLOW_PRIVATE", "true"),
    ("LOG_LEVEL", "trace"),
];

/// Jobs that end in it, at least.
const ENDS: usize = 10;

fn of_learner(text: &str) -> Value {
    let mut body = request(text);
    body["user_id"] = json!(LEARNER);
    body
}

/// Lives it with `words` in every text. `meanwhile` is called while jobs wait and run, with their inputs in the stores.
pub async fn live(
    fleet: &Fleet,
    receiver: &Receiver,
    words: &str,
    meanwhile: impl AsyncFnOnce(),
) -> Life {
    let client = &fleet.client;
    let hook = json!({"url": receiver.url});
    client.post("/api/v1/webhooks", &[], &hook).await.expect(201);

    // Waiting for it, from the cache, with a part before the end.
    let first = of_learner(&format!("I goes to {words} yesterday. [[qwen:partial]]"));
    let result = client.analyze(&first).await;
    client.analyze(&first).await;
    let job = result["metadata"]["job_id"].as_str().expect("an id").to_owned();
    client.events(&job, &[]).await;
    client.get(&format!("/api/v1/jobs/{job}")).await.expect(200);
    let correction = json!({"helpful": false, "correction": format!("I went to {words}.")});
    client.post(&format!("/api/v1/jobs/{job}/feedback"), &[], &correction).await.expect(201);

    // A job that runs, with a long input; jobs that fail, are canceled, or end with half an answer.
    let gate = fleet.path("gate");
    let padding = "😀".repeat(5000);
    let mut body = of_learner(&format!("She have {words} [[rules:gate={gate}]] {padding}"));
    body["learner_profile"]["note"] = json!(words);
    let long_job = client.submit(&body).await;
    let waiting = format!("{gate}.waiting");
    wait::until("the gate", async || Path::new(&waiting).exists().then_some(())).await;
    let other_gate = fleet.path("other");
    let short = format!("He have {words} [[rules:gate={other_gate}]]");
    let canceled = client.submit(&of_learner(&short)).await;
    meanwhile().await;
    client.post(&format!("/api/v1/jobs/{canceled}/cancel"), &[], &json!({})).await.expect(200);
    std::fs::write(&gate, "").expect("a gate opens");
    std::fs::write(&other_gate, "").expect("a gate opens");
    client.ended(&long_job).await;
    for script in ["[[qwen:die]]", "[[qwen:fail]]", "[[rules:panic]]", "[[qwen:lie]]"] {
        client.analyze(&of_learner(&format!("They goes to {words} today. {script}"))).await;
    }
    let expires = [("cancel-after", "1s")];
    let hangs = of_learner(&format!("We goes to {words}. [[rules:hang]] [[qwen:hang]]"));
    let answer = client.post("/api/v1/ai/analyze", &expires, &hangs).await.expect(202).json();
    client.ended(answer["id"].as_str().expect("an id")).await;

    // Speech, files, LanguageTool's clients.
    let wav = [("content-type", "audio/wav")];
    let (path, audio) = (format!("/api/v1/uploads?user_id={LEARNER}"), format!("RIFF{words}"));
    let upload = client.send(Method::POST, &path, &wav, audio).await.expect(201).json();
    let mut voice = of_learner(&format!("I has {words}."));
    voice["input_type"] = json!("voice");
    voice["upload_id"] = upload["id"].clone();
    client.analyze(&voice).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let check = format!("language=en-US&text=I+goes+to+{words}");
    client.send(Method::POST, "/v2/check", &form, check).await.expect(200);

    // What is wrong with a request is told without quoting it.
    let mut refusals = Vec::new();
    let mut bad = seed();
    bad["text"] = json!([words]);
    refusals.push(client.post("/api/v1/ai/analyze", &[], &bad).await.expect(422).text());
    let mut bad = seed();
    bad["input_type"] = json!(words);
    bad["webhook_url"] = json!(format!("https://{words}.example/"));
    refusals.push(client.post("/api/v1/ai/analyze", &[], &bad).await.expect(422).text());
    let json_type = [("content-type", "application/json")];
    let broken = format!("{{\"text\": \"{words}");
    let refused = client.send(Method::POST, "/api/v1/ai/analyze", &json_type, broken).await;
    refusals.push(refused.expect(400).text());

    // Session and profile are written behind the answers.
    client.get("/api/v1/sessions/test-session-123").await.expect(200);
    client.get(&format!("/api/v1/learners/{LEARNER}")).await.expect(200);
    // Whatever ended is told of, the one that was canceled too.
    let told = wait::until("the webhooks", async || {
        let told = receiver.received();
        let has = |kind: &str| told.iter().any(|one| one.body.contains(kind));
        let all = ["analysis.succeeded", "analysis.canceled"].into_iter().all(has);
        (all && told.len() >= ENDS).then_some(told)
    })
    .await;
    let upload = upload["id"].as_str().expect("an id").to_owned();
    Life { job, long_job, upload, told, refusals }
}
