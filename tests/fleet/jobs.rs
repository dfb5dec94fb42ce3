//! The life of a job as its client sees it: submit, poll, wait, listen, cancel, repeat.

use lexilingo_tests::{
    client::{request, seed},
    fleet::{Fleet, Kind},
    promises, wait,
};
use serde_json::{Value, json};
use std::path::Path;

promises! {
    a_submission_is_answered_at_once_and_can_be_polled,
    waiting_gives_the_result_or_the_job,
    a_long_poll_returns_on_change_and_not_before,
    events_are_streamed_to_the_end_and_can_be_resumed,
    parts_of_an_answer_are_streamed,
    a_queued_or_running_job_can_be_canceled_and_stays_so,
    the_same_idempotency_key_makes_one_job,
    a_job_past_its_deadline_expires,
    a_text_too_long_for_the_queue_takes_the_same_way,
    feedback_is_kept_once,
    an_upload_is_streamed_to_the_store,
}

async fn a_submission_is_answered_at_once_and_can_be_polled(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let answer = fleet.client.post("/api/v1/ai/analyze", &[], &seed()).await.expect(202);
    let job = answer.json();
    let id = job["id"].as_str().unwrap();
    assert!(id.starts_with("job_"));
    assert_eq!(job["object"], "analysis.job");
    let path = format!("/api/v1/jobs/{id}");
    assert_eq!(answer.header("location"), Some(path.as_str()));
    let absolute = format!("{}{path}", fleet.client.base);
    assert_eq!(answer.header("operation-location"), Some(absolute.as_str()));
    assert!(answer.header("retry-after").is_some());
    let ended = fleet.client.ended(id).await;
    assert_eq!(ended["status"], "succeeded");
    assert_eq!(ended["result"]["metadata"]["job_id"], id);
}

async fn waiting_gives_the_result_or_the_job(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let wait = [("prefer", "wait=60")];
    let answer = fleet.client.post("/api/v1/ai/analyze", &wait, &seed()).await.expect(200);
    assert_eq!(answer.header("preference-applied"), Some("wait=60"));
    assert_eq!(answer.json()["text"], "I goes to school yesterday");
    let gate = fleet.path("gate");
    let slow = request(&format!("I like tea. [[rules:gate={gate}]]"));
    let short = [("prefer", "wait=1")];
    let job = fleet.client.post("/api/v1/ai/analyze", &short, &slow).await.expect(202).json();
    assert!(matches!(job["status"].as_str(), Some("queued" | "processing")));
    let both = [("prefer", "respond-async, wait=1")];
    fleet.client.post("/api/v1/ai/analyze", &both, &slow).await.expect(202);
}

async fn a_long_poll_returns_on_change_and_not_before(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let id = running_job(&fleet, "long-poll").await;
    let path = format!("/api/v1/jobs/{id}");
    let etag = fleet.client.get(&path).await.header("etag").unwrap().to_owned();
    fleet.client.get_with(&path, &[("if-none-match", &etag)]).await.expect(304);
    let short = [("if-none-match", etag.as_str()), ("prefer", "wait=1")];
    fleet.client.get_with(&path, &short).await.expect(304);
    let long = [("if-none-match", etag.as_str()), ("prefer", "wait=60")];
    let (answer, ()) = tokio::join!(fleet.client.get_with(&path, &long), async {
        std::fs::write(fleet.path("long-poll"), "").unwrap();
    });
    assert_ne!(answer.expect(200).header("etag").unwrap(), etag);
}

async fn events_are_streamed_to_the_end_and_can_be_resumed(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let id = running_job(&fleet, "events").await;
    let (live, ()) = tokio::join!(fleet.client.events(&id, &[]), async {
        std::fs::write(fleet.path("events"), "").unwrap();
    });
    let names: Vec<&str> = live.iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names.first(), Some(&"job.queued"));
    assert!(names.contains(&"job.started") && names.contains(&"job.stage"), "{names:?}");
    assert_eq!(names.last(), Some(&"job.succeeded"));
    let ids: Vec<u64> = live.iter().map(|(id, ..)| *id).collect();
    assert_eq!(ids, (1..=live.len() as u64).collect::<Vec<_>>());
    let later = fleet.client.events(&id, &[("last-event-id", "2")]).await;
    assert_eq!(later, live[2..]);
    let last = live.len().to_string();
    let path = format!("/api/v1/jobs/{id}/events");
    fleet.client.get_with(&path, &[("last-event-id", &last)]).await.expect(204);
}

async fn parts_of_an_answer_are_streamed(kind: Kind) {
    let fleet =
        Fleet::with(kind, 1, &[("WORKER_MODELS", "rules,qwen"), ("QWEN_TIMEOUT_MS", "60000")])
            .await;
    let gate = fleet.path("gate");
    let id = fleet
        .client
        .submit(&request(&format!("I like tea. [[qwen:partial]] [[qwen:gate={gate}]]")))
        .await;
    fleet.client.until_event(&id, "job.partial").await;
    std::fs::write(&gate, "").unwrap();
    let events = fleet.client.events(&id, &[]).await;
    let part = events.iter().find(|(_, name, _)| name == "job.partial").expect("a part");
    assert!(part.2.to_string().contains("0.1"), "{part:?}");
}

async fn a_queued_or_running_job_can_be_canceled_and_stays_so(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let id = running_job(&fleet, "cancel").await;
    let path = format!("/api/v1/jobs/{id}/cancel");
    let canceled = fleet.client.post(&path, &[], &json!({})).await.expect(200).json();
    assert_eq!(canceled["status"], "canceled");
    std::fs::write(fleet.path("cancel"), "").unwrap();
    let again = fleet.client.post(&path, &[], &json!({})).await.expect(409);
    assert_eq!(again.json()["code"], "job-final");
    // The worker is free again, and what it was doing has changed nothing.
    fleet.client.analyze(&seed()).await;
    assert_eq!(fleet.client.job(&id).await["status"], "canceled");
}

async fn the_same_idempotency_key_makes_one_job(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let path = "/api/v1/ai/analyze";
    let key = [("idempotency-key", "\"k-1\"")];
    let first = fleet.client.post(path, &key, &seed()).await.expect(202).json();
    let again = fleet.client.post(path, &[("idempotency-key", "k-1")], &seed()).await;
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.json()["id"], first["id"]);
    let other = fleet.client.post(path, &key, &request("Another text.")).await.expect(422);
    assert_eq!(other.json()["code"], "idempotency-key-reused");
    let body = seed();
    let key = [("idempotency-key", "k-2")];
    let together = (0..8).map(|_| fleet.client.post(path, &key, &body));
    let answers = futures::future::join_all(together).await;
    let mut ids: Vec<String> = answers
        .iter()
        .filter(|answer| answer.status == 202)
        .map(|answer| answer.json()["id"].to_string())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| matches!(answer.status, 202 | 409)));
}

async fn a_job_past_its_deadline_expires(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let gate = fleet.path("never");
    let slow = request(&format!("I like tea. [[rules:gate={gate}]]"));
    let headers = [("cancel-after", "1s")];
    let job = fleet.client.post("/api/v1/ai/analyze", &headers, &slow).await.expect(202).json();
    let ended = fleet.client.ended(job["id"].as_str().unwrap()).await;
    // An engine that is stopped by the deadline leaves an apology; a job that nobody finished expires.
    match ended["status"].as_str() {
        Some("expired") => assert_eq!(ended["error"]["code"], "deadline-passed"),
        _ => assert_eq!(ended["result"]["metadata"]["degradation"]["level"], 3),
    }
}

async fn a_text_too_long_for_the_queue_takes_the_same_way(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let text = "I goes to school yesterday. ".repeat(350);
    let mut long = request(&format!("{text}Đà Nẵng là đẹp. 🏊🏊🏊"));
    long["learner_profile"]["note"] = json!("ghi chú ".repeat(400));
    let padded = "😀".repeat(10_000 - long["text"].as_str().unwrap().chars().count());
    long["text"] = json!(format!("{}{padded}", long["text"].as_str().unwrap()));
    let result = fleet.client.analyze(&long).await;
    assert_eq!(result["text"], long["text"]);
}

async fn feedback_is_kept_once(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let id = fleet.client.analyze(&seed()).await["metadata"]["job_id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/jobs/{id}/feedback");
    let body = json!({"helpful": true, "rating": 5, "correction": "I went to school yesterday."});
    let first = fleet.client.post(&path, &[], &body).await;
    assert!(matches!(first.status, 200 | 201), "{}", first.text());
    let again = fleet.client.post(&path, &[], &body).await;
    assert!(matches!(again.status, 200 | 201));
    let bad = fleet.client.post(&path, &[], &json!({"helpful": true, "rating": 9})).await;
    assert_eq!(bad.expect(422).json()["errors"][0]["pointer"], "/rating");
}

async fn an_upload_is_streamed_to_the_store(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let headers = [("content-type", "audio/wav")];
    let body = vec![7u8; 300_000];
    let upload = fleet.client.send(reqwest::Method::POST, "/api/v1/uploads", &headers, body).await;
    let upload = upload.expect(201).json();
    assert_eq!(upload["size"], 300_000);
    let mut voice = seed();
    voice["input_type"] = json!("voice");
    voice["upload_id"] = upload["id"].clone();
    fleet.client.analyze(&voice).await;
    voice["upload_id"] = json!("upl_00000000000000000000000000");
    let unknown = fleet.client.post("/api/v1/ai/analyze", &[], &voice).await;
    assert!(matches!(unknown.status, 404 | 422), "{}", unknown.text());
}

/// Submits a job whose engine waits for the file `gate`, and waits until it does.
async fn running_job(fleet: &Fleet, gate: &str) -> String {
    let gate = fleet.path(gate);
    let id = fleet.client.submit(&request(&format!("I like tea. [[rules:gate={gate}]]"))).await;
    let waiting = format!("{gate}.waiting");
    wait::until("the gate", async || Path::new(&waiting).exists().then_some(())).await;
    wait::until("the job to be running", async || {
        let job: Value = fleet.client.job(&id).await;
        (job["status"] == "processing" && job["stage"] == "execution").then_some(())
    })
    .await;
    id
}
