//! Whoever registered an endpoint is told of ends, by a body that anybody can check.

use lexilingo_tests::{
    client::request,
    fleet::{Fleet, Kind},
    promises,
    receiver::{Manner, Received, Receiver},
    wait,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

promises! {
    an_end_is_told_and_official_libraries_verify_it,
    a_job_names_its_endpoint_and_a_filter_is_kept,
    a_failed_event_is_logged_tried_again_and_replayed,
    an_endpoint_that_says_410_or_is_removed_hears_no_more,
    addresses_of_the_inside_are_refused_when_registered,
    after_a_rotation_both_secrets_sign,
}

const WEBHOOKS: &str = "/api/v1/webhooks";
const FINE: Manner = Manner::Answer("200 OK", "");
/// Names the folder of the clients' packages.
const CLIENTS: &str = "LEXILINGO_CLIENTS";

async fn fleet(kind: Kind) -> Fleet {
    Fleet::with(kind, 1, &[("WEBHOOK_ALLOW_PRIVATE", "true")]).await
}

/// Id and secret of a new endpoint.
async fn register(fleet: &Fleet, receiver: &Receiver, events: Value) -> (String, String) {
    let body = json!({"url": receiver.url, "events": events});
    let made = fleet.client.post(WEBHOOKS, &[], &body).await.expect(201).json();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("id"), text("secret"))
}

fn body(received: &Received) -> Value {
    serde_json::from_str(&received.body).unwrap()
}

fn clients() -> std::ffi::OsString {
    std::env::var_os(CLIENTS)
        .unwrap_or_else(|| panic!("{CLIENTS} names no packages: run the tests by tests/run"))
}

/// What the library of a language makes of an event.
fn verified(language: &str, secret: &str, event: &Received, body: &str) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fleet");
    let (program, script) = match language {
        "python" => ("python3", "webhook_receiver.py"),
        _ => ("node", "webhook_receiver.js"),
    };
    let mut command = Command::new(program);
    command.arg(folder.join(script)).env("PYTHONPATH", clients());
    command.env("NODE_PATH", Path::new(&clients()).join("node_modules"));
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the library runs");
    let input = json!({"secret": secret, "headers": event.headers, "body": body}).to_string();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    match String::from_utf8_lossy(&output.stdout).trim() {
        "verified" => true,
        "refused" => false,
        other => panic!("{language}: {other}"),
    }
}

async fn an_end_is_told_and_official_libraries_verify_it(kind: Kind) {
    let fleet = fleet(kind).await;
    let receiver = Receiver::start(FINE).await;
    let (_, secret) = register(&fleet, &receiver, json!([])).await;
    let mut learner = request("I goes to Quangxuanville yesterday");
    learner["user_id"] = json!("lan@example.org");
    let id = fleet.client.submit(&learner).await;
    let event = receiver.until(1).await.remove(0);
    let told = body(&event);
    assert_eq!(
        (&told["type"], &told["data"]["job_id"]),
        (&json!("analysis.succeeded"), &json!(id))
    );
    assert_eq!(told["data"]["status"], "succeeded");
    assert_eq!(event.headers["webhook-id"], format!("evt_{}_succeeded", &id[4..]));
    assert!(event.body.len() < 20_000);
    for secret_of_the_learner in ["Quangxuanville", "lan@example.org", "test-session"] {
        assert!(!event.body.contains(secret_of_the_learner), "{}", event.body);
    }
    for language in ["python", "javascript"] {
        assert!(verified(language, &secret, &event, &event.body), "{language}");
        let forged = event.body.replace("succeeded", "failed");
        assert!(!verified(language, &secret, &event, &forged), "{language}");
        let other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assert!(!verified(language, other, &event, &event.body), "{language}");
    }
    assert!(!fleet.logs().contains(&secret), "a secret is in a log");
}

async fn a_job_names_its_endpoint_and_a_filter_is_kept(kind: Kind) {
    let fleet = fleet(kind).await;
    let (named, other) = (Receiver::start(FINE).await, Receiver::start(FINE).await);
    register(&fleet, &named, json!(["analysis.succeeded"])).await;
    register(&fleet, &other, json!(["analysis.canceled", "analysis.succeeded"])).await;
    let mut body_of = request("I like tea.");
    body_of["webhook_url"] = json!(named.url);
    let id = fleet.client.submit(&body_of).await;
    named.until(1).await;
    let for_all = fleet.client.submit(&request("I like milk.")).await;
    let told = other.until(1).await;
    assert_eq!(body(&told[0])["data"]["job_id"], json!(for_all), "not the one that named {id}");
    assert_eq!(named.until(2).await.len(), 2);
    body_of["webhook_url"] = json!("https://nobody.example/hook");
    let refused = fleet.client.post("/api/v1/ai/analyze", &[], &body_of).await.expect(422).json();
    assert_eq!(refused["code"], "webhook-not-registered");
    let bad = json!({"url": named.url, "events": ["everything"]});
    fleet.client.post(WEBHOOKS, &[], &bad).await.expect(422);
    let all = fleet.client.get(WEBHOOKS).await.expect(200);
    assert_eq!(all.json()["data"].as_array().unwrap().len(), 2);
    assert!(!all.text().contains("whsec_"), "secrets are shown once");
}

async fn a_failed_event_is_logged_tried_again_and_replayed(kind: Kind) {
    let fleet = fleet(kind).await;
    let receiver = Receiver::start(Manner::Answer("503 Busy", "")).await;
    let (id, _) = register(&fleet, &receiver, json!([])).await;
    fleet.client.submit(&request("I like tea.")).await;
    let first = receiver.until(1).await.remove(0);
    let event = first.headers["webhook-id"].clone();
    let path = format!("{WEBHOOKS}/{id}/attempts");
    let log = wait::until("the log", async || {
        let log = fleet.client.get(&path).await.expect(200).json();
        (!log["data"].as_array()?.is_empty()).then_some(log)
    })
    .await;
    let attempt = &log["data"][0];
    assert_eq!((&attempt["event_id"], &attempt["status"]), (&json!(event), &json!(503)));
    assert_eq!((&attempt["outcome"], &attempt["attempt"]), (&json!("failed"), &json!(1)));
    assert!(attempt["next_at"].as_str() > attempt["at"].as_str());
    let shown = fleet.client.get(WEBHOOKS).await.json();
    assert!(shown["data"][0]["failing_since"].is_string());
    // The second attempt comes after five seconds, unless somebody asks for it now.
    receiver.now(FINE);
    let replay = json!({"event_id": event});
    let path = format!("{WEBHOOKS}/{id}/replay");
    fleet.client.post(&path, &[], &replay).await.expect(202);
    let again = receiver.until(2).await.remove(1);
    assert_eq!((&again.headers["webhook-id"], &again.body), (&event, &first.body));
    // Sent before, sent again.
    wait::until("the next one", async || {
        fleet.client.post(&path, &[], &replay).await.expect(202);
        (receiver.received().len() >= 3).then_some(())
    })
    .await;
    fleet.client.post(&path, &[], &json!({"event_id": "evt_1"})).await.expect(422);
    let unknown = json!({"event_id": "evt_01JD3ZQ9E5T7W8X9Y0ABCDEFGH_succeeded"});
    fleet.client.post(&path, &[], &unknown).await.expect(404);
}

async fn an_endpoint_that_says_410_or_is_removed_hears_no_more(kind: Kind) {
    let fleet = fleet(kind).await;
    let receiver = Receiver::start(Manner::Answer("410 Gone", "")).await;
    let (id, _) = register(&fleet, &receiver, json!([])).await;
    let test = format!("{WEBHOOKS}/{id}/test");
    let sent = fleet.client.post(&test, &[], &json!({})).await.expect(202).json();
    let event = receiver.until(1).await.remove(0);
    assert_eq!(json!(event.headers["webhook-id"]), sent["event_id"]);
    assert_eq!(body(&event)["type"], "endpoint.test");
    wait::until("the endpoint to be disabled", async || {
        let shown = fleet.client.get(WEBHOOKS).await.json()["data"][0].clone();
        (shown["disabled_reason"] == "gone" && shown["enabled"] == false).then_some(())
    })
    .await;
    fleet.client.post(&test, &[], &json!({})).await.expect(409);
    receiver.now(FINE);
    let path = format!("{WEBHOOKS}/{id}");
    let json_type = [("content-type", "application/json")];
    let change = json!({"enabled": true, "events": ["analysis.canceled"]}).to_string();
    let changed = fleet.client.send(Method::PATCH, &path, &json_type, change).await.expect(200);
    assert_eq!(changed.json()["events"], json!(["analysis.canceled"]));
    fleet.client.post(&test, &[], &json!({})).await.expect(202);
    receiver.until(2).await;
    fleet.client.delete(&path).await.expect(204);
    fleet.client.delete(&path).await.expect(404);
    fleet.client.post(&test, &[], &json!({})).await.expect(404);
}

async fn addresses_of_the_inside_are_refused_when_registered(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    for url in [
        "https://169.254.169.254/",
        "https://127.0.0.1/hook",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "https://user:pass@example.org/",
        "http://example.org/hook",
        "https://example.org:22/",
        "https://localhost/",
    ] {
        let refused = fleet.client.post(WEBHOOKS, &[], &json!({"url": url})).await.expect(422);
        assert_eq!(refused.json()["code"], "webhook-url-forbidden", "{url}");
    }
    let fine = json!({"url": "https://example.org/hook"});
    let made = fleet.client.post(WEBHOOKS, &[], &fine).await.expect(201).json();
    assert!(made["secret"].as_str().unwrap().starts_with("whsec_"));
}

async fn after_a_rotation_both_secrets_sign(kind: Kind) {
    let fleet = fleet(kind).await;
    let receiver = Receiver::start(FINE).await;
    let (id, old) = register(&fleet, &receiver, json!([])).await;
    let rotate = format!("{WEBHOOKS}/{id}/rotate");
    let rotated = fleet.client.post(&rotate, &[], &json!({})).await.expect(200).json();
    let new = rotated["secret"].as_str().unwrap();
    assert_ne!(new, old);
    fleet.client.post(&format!("{WEBHOOKS}/{id}/test"), &[], &json!({})).await.expect(202);
    let event = receiver.until(1).await.remove(0);
    assert_eq!(event.headers["webhook-signature"].split(' ').count(), 2);
    for secret in [&*old, new] {
        assert!(verified("python", secret, &event, &event.body));
        assert!(verified("javascript", secret, &event, &event.body));
    }
}
