//! Nobody reads, changes or learns of what is another tenant's.

use lexilingo_shared::principal::Scope;
use lexilingo_tests::{
    client::{Answer, Client, request},
    contract,
    fleet::{Fleet, Kind},
    keys::{everything, with_scopes},
    promises,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;

promises! {
    another_tenants_key_finds_nothing_at_any_route,
    a_cached_answer_is_the_tenants_own,
    one_tenants_idempotency_key_is_not_anothers,
    a_key_is_asked_for_and_its_scopes_are_kept,
    languagetools_clients_send_their_key_in_the_form,
}

const STRANGER: &str = "other-school";

async fn two_tenants(kind: Kind) -> (Fleet, Client) {
    let fleet =
        Fleet::with_keys(kind, 1, &[], vec![everything("school"), everything(STRANGER)]).await;
    let stranger = fleet.client.with_key(&fleet.keys[1]);
    (fleet, stranger)
}

/// An object of the school's for the parameter of each address that has one.
async fn objects(owner: &Client) -> BTreeMap<&'static str, String> {
    let mut body = request("I goes to Quangxuanville yesterday");
    body["user_id"] = json!("lan");
    let job = owner.analyze(&body).await["metadata"]["job_id"].as_str().unwrap().to_owned();
    let wav = [("content-type", "audio/wav")];
    let upload = owner.send(Method::POST, "/api/v1/uploads", &wav, "RIFF").await.expect(201).json();
    let upload = upload["id"].as_str().unwrap().to_owned();
    let hook = json!({"url": "https://example.org/hook"});
    let webhook = owner.post("/api/v1/webhooks", &[], &hook).await.expect(201).json();
    let webhook = webhook["id"].as_str().unwrap().to_owned();
    BTreeMap::from([
        ("/api/v1/jobs/{id}", job.clone()),
        ("/api/v1/jobs/{id}/events", job.clone()),
        ("/api/v1/jobs/{id}/cancel", job.clone()),
        ("/api/v1/jobs/{id}/feedback", job),
        ("/api/v1/sessions/{id}", "test-session-123".to_owned()),
        ("/api/v1/learners/{id}", "lan".to_owned()),
        ("/api/v1/uploads/{id}", upload),
        ("/api/v1/webhooks/{id}", webhook.clone()),
        ("/api/v1/webhooks/{id}/test", webhook.clone()),
        ("/api/v1/webhooks/{id}/rotate", webhook.clone()),
        ("/api/v1/webhooks/{id}/attempts", webhook.clone()),
        ("/api/v1/webhooks/{id}/replay", webhook),
    ])
}

/// A body that the address takes.
fn body(template: &str) -> Value {
    match template {
        "/api/v1/jobs/{id}/feedback" => json!({"helpful": true}),
        _ => json!({}),
    }
}

async fn ask(client: &Client, method: &str, template: &str, id: &str) -> Answer {
    let path = template.replace("{id}", id);
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let json = [("content-type", "application/json")];
    client.send(method, &path, &json, body(template).to_string()).await
}

async fn another_tenants_key_finds_nothing_at_any_route(kind: Kind) {
    let (fleet, stranger) = two_tenants(kind).await;
    let objects = objects(&fleet.client).await;
    let mut walked = Vec::new();
    for (template, item) in contract::document()["paths"].as_object().unwrap() {
        if !template.contains('{') {
            continue;
        }
        let id =
            objects.get(template.as_str()).unwrap_or_else(|| panic!("no object for {template}"));
        for method in item.as_object().unwrap().keys() {
            let answer = ask(&stranger, method, template, id).await;
            assert_eq!(answer.status, 404, "{method} {template}: {}", answer.text());
            // What does not exist at all is answered in the same words.
            let nobody = id.split_once('_').map_or("", |(kind, _)| &id[..=kind.len()]);
            let nobody = format!("{nobody}01JD3ZQ9E5T7W8X9Y0ABCDEFGH");
            let nothing = ask(&stranger, method, template, &nobody).await;
            let words = |answer: &Answer| {
                let problem = answer.json();
                (problem["code"].clone(), problem["detail"].clone(), problem["errors"].clone())
            };
            assert_eq!(words(&answer), words(&nothing), "{method} {template}");
            walked.push((method.clone(), template.clone(), id.clone()));
        }
    }
    assert!(walked.len() >= 8, "{walked:?}");
    // Each of them is there for its owner; what ends or erases comes last.
    walked.sort_by_key(|(method, template, _)| (method == "delete", template.ends_with("cancel")));
    for (method, template, id) in walked {
        let answer = ask(&fleet.client, &method, &template, &id).await;
        assert_ne!(answer.status, 404, "{method} {template}");
    }
    // Nor is an upload of another tenant a voice to be heard.
    let mut body = request("");
    body.as_object_mut().unwrap().remove("text");
    body["input_type"] = json!("voice");
    body["upload_id"] = json!(objects["/api/v1/uploads/{id}"]);
    let refused = stranger.post("/api/v1/ai/analyze", &[], &body).await.expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/upload_id");
}

async fn a_cached_answer_is_the_tenants_own(kind: Kind) {
    let (fleet, stranger) = two_tenants(kind).await;
    let body = request("I goes to school yesterday");
    fleet.client.analyze(&body).await;
    assert_eq!(fleet.client.analyze(&body).await["metadata"]["cached"], true);
    assert_eq!(stranger.analyze(&body).await["metadata"]["cached"], false);
}

async fn one_tenants_idempotency_key_is_not_anothers(kind: Kind) {
    let (fleet, stranger) = two_tenants(kind).await;
    let key = [("idempotency-key", "the-same")];
    let path = "/api/v1/ai/analyze";
    let one = fleet.client.post(path, &key, &request("I like tea.")).await.expect(202);
    let other = stranger.post(path, &key, &request("I like milk.")).await.expect(202);
    assert_ne!(one.json()["id"], other.json()["id"]);
    let again = fleet.client.post(path, &key, &request("I like tea.")).await.expect(202);
    assert_eq!(again.json()["id"], one.json()["id"]);
}

async fn a_key_is_asked_for_and_its_scopes_are_kept(kind: Kind) {
    let reader = with_scopes("school", &[Scope::Read]);
    let fleet = Fleet::with_keys(kind, 1, &[], vec![everything("school"), reader]).await;
    let path = "/api/v1/ai/analyze";
    let nobody = fleet.client.without_key().post(path, &[], &request("Hi.")).await.expect(401);
    assert_eq!(nobody.header("www-authenticate"), Some("Bearer"));
    let reader = fleet.client.with_key(&fleet.keys[1]);
    let refused = reader.post(path, &[], &request("Hi.")).await.expect(403).json();
    assert_eq!(refused["code"], "insufficient-scope");
    reader.get("/api/v1/ai/orchestrator/stats").await.expect(200);
    for open in ["/livez", "/readyz", "/metrics", "/openapi.json", "/v2/languages"] {
        fleet.client.without_key().get(open).await.expect(200);
    }
    let secrets = fleet.keys.iter().map(|key| key.rsplit('_').next().unwrap());
    let logs = fleet.logs();
    for secret in secrets {
        assert!(!logs.contains(secret), "a key's secret is in a log");
    }
}

async fn languagetools_clients_send_their_key_in_the_form(kind: Kind) {
    let (fleet, stranger) = two_tenants(kind).await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let nobody = fleet.client.without_key();
    let check = async |client: &Client, more: &str| {
        let body = format!("language=en-US&text=She+have+a+dog.{more}");
        client.send(Method::POST, "/v2/check", &form, body).await
    };
    let refused = check(&nobody, "").await.expect(401);
    assert!(refused.text().starts_with("Error: "), "{}", refused.text());
    check(&nobody, "&apiKey=lx_000000000000_0").await.expect(401);
    let key = format!("&apiKey={}", fleet.keys[0]);
    let found = check(&nobody, &key).await.expect(200).json();
    assert_eq!(found["matches"][0]["replacements"][0]["value"], "has");
    check(&stranger, "").await.expect(200);
}
