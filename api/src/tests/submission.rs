use super::{
    service::{Service, request},
    worker,
};
use crate::state::Limits;
use lexilingo_shared::{
    id::{JobId, Tenant},
    job::JobInput,
    queue::{IdempotencyOutcome, Started},
    request::AnalyzeRequest,
    time::{Clock, SystemClock},
};
use serde_json::{Value, json};
use std::sync::Arc;

const GUIDE: &str = r#"{"text": "I goes to school yesterday", "session_id": "test-session-123",
    "input_type": "text", "learner_profile": {"level": "A2"}}"#;

fn guide() -> Value {
    serde_json::from_str(GUIDE).unwrap()
}

#[tokio::test]
async fn a_submission_is_answered_at_once_with_its_job() {
    let service = Service::new();
    service.stores().fleet.report(&worker::report(SystemClock.now())).await.unwrap();
    let answer = service.analyze(&[("x-forwarded-proto", "https")], &guide()).await;
    assert_eq!(answer.status, 202);
    let job = answer.json();
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
    assert_eq!(answer.header("location"), path);
    assert_eq!(answer.header("operation-location"), format!("https://lexi.example{path}"));
    assert_eq!((answer.header("retry-after"), answer.header("vary")), ("1", "Prefer"));
    assert_eq!((&job["status"], &job["stage"]), (&json!("queued"), &Value::Null));
    assert_eq!(job["progress"], json!({"done": 0, "total": 5}));
    assert!(job["eta"]["p50_s"].as_f64().unwrap() > 0.0);
    assert_eq!(job["links"]["result"], path);
    assert_eq!(service.get(&path).await.json()["status"], "queued");
    assert!(!answer.headers.contains_key("preference-applied"));
}

#[tokio::test]
async fn who_waits_gets_the_bare_result() {
    let service = Service::new();
    let work = worker::spawn(service.stores(), worker::success);
    let answer = service.analyze(&[("prefer", "wait=30")], &guide()).await;
    work.await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["analysis"]["grammar"]["corrected"], "I go");
    assert_eq!(answer.header("preference-applied"), "wait=30");
    assert!(answer.header("operation-location").contains("/api/v1/jobs/job_"));
}

#[tokio::test]
async fn who_waits_in_vain_gets_the_job() {
    let service = Service::new();
    let answer = service.analyze(&[("prefer", "respond-async, wait=1")], &guide()).await;
    assert_eq!(answer.status, 202);
    assert_eq!(answer.header("preference-applied"), "respond-async, wait=1");
    assert_eq!(answer.json()["eta"], json!({"p50_s": null, "p90_s": null}));
}

#[tokio::test]
async fn a_failed_job_never_looks_like_a_result() {
    let service = Service::new();
    let work = worker::spawn(service.stores(), worker::failure);
    let answer = service.analyze(&[("prefer", "wait=30")], &guide()).await;
    work.await.unwrap();
    assert_eq!(answer.problem(), (500, "attempts-exhausted".to_owned()));
    let problem = answer.json();
    let job = service.get(problem["job"]["href"].as_str().unwrap()).await.json();
    assert_eq!((&job["status"], &job["error"]["code"]), (&json!("failed"), &problem["code"]));
    assert!(job["eta"].is_null());
}

#[tokio::test]
async fn a_key_makes_one_job_and_no_other() {
    let service = Service::new();
    let key = [("idempotency-key", "\"k-1\"")];
    let first = service.analyze(&key, &guide()).await;
    let again = service.analyze(&[("idempotency-key", "k-1")], &guide()).await;
    assert_eq!(first.json()["id"], again.json()["id"]);
    assert_eq!(again.header("idempotent-replayed"), "true");
    assert!(!first.headers.contains_key("idempotent-replayed"));

    let mut other = guide();
    other["text"] = json!("Another text");
    let mismatch = service.analyze(&key, &other).await;
    assert_eq!(mismatch.problem(), (422, "idempotency-key-reused".to_owned()));
    let query = service.post("/api/v1/ai/analyze?explain=plan", &key, &guide()).await;
    assert_eq!(query.problem(), (422, "idempotency-key-reused".to_owned()));

    let work = worker::spawn(service.stores(), worker::success);
    let waited = service.analyze(&[key[0], ("prefer", "wait=30")], &guide()).await;
    work.await.unwrap();
    assert_eq!((waited.status.as_u16(), waited.header("idempotent-replayed")), (200, "true"));
    assert_eq!(waited.json()["metadata"]["job_id"], first.json()["id"]);
}

#[tokio::test]
async fn a_key_that_is_still_being_taken_in_is_a_conflict() {
    let service = Service::new();
    let body = guide();
    let id = JobId::new(SystemClock.now(), 1);
    let tenant = Tenant::local();
    let claim = crate::idempotency::claim(&tenant, "/api/v1/ai/analyze", "k", (&body, ""), id);
    let outcome = service.stores().jobs.claim_key(&claim, SystemClock.now()).await.unwrap();
    assert_eq!(outcome, IdempotencyOutcome::Fresh);
    let answer = service.analyze(&[("idempotency-key", "k")], &body).await;
    assert_eq!(answer.problem(), (409, "idempotency-in-progress".to_owned()));
}

#[tokio::test]
async fn a_full_lane_refuses_and_leaves_no_trace() {
    let full = [("QUEUE_MAX_WAITING", "1")];
    let service = Service::with(&full, Arc::new(SystemClock), Limits::default());
    let first = service.submit("u").await;
    let key = [("idempotency-key", "k")];
    let refused = service.analyze(&key, &guide()).await;
    assert_eq!(refused.problem(), (503, "queue-full".to_owned()));
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    let canceled = service.post(&format!("{first}/cancel"), &[], &json!({})).await;
    assert_eq!(canceled.json()["status"], "canceled");
    worker_skips_the_canceled(&service).await;
    assert_eq!(service.analyze(&key, &guide()).await.status, 202);
}

async fn worker_skips_the_canceled(service: &Service) {
    let (stores, now) = (service.stores(), SystemClock.now());
    for lane in lexilingo_shared::lane::Lane::all() {
        if let Some(delivery) = stores.lanes.lease(lane, &worker::worker_id(), now).await.unwrap() {
            assert!(matches!(stores.jobs.start(&delivery, now).await.unwrap(), Started::Ended(_)));
            let done = lexilingo_shared::queue::Settlement::Done;
            stores.lanes.settle(&delivery, &done, now).await.unwrap();
        }
    }
}

#[tokio::test]
async fn long_texts_lie_in_a_blob_and_short_ones_beside_the_record() {
    let service = Service::new();
    let (stores, tenant) = (service.stores(), Tenant::local());
    for (text, inline) in
        [("I goes".to_owned(), true), ("word ".repeat(2000), true), ("ế".repeat(9_999), false)]
    {
        let answer = service.analyze(&[], &json!({"text": text, "session_id": "s"})).await;
        assert_eq!(answer.status, 202);
        let now = SystemClock.now();
        let mut lanes = lexilingo_shared::lane::Lane::all();
        let lane = lanes.next().unwrap();
        let delivery = stores.lanes.lease(lane, &worker::worker_id(), now).await.unwrap().unwrap();
        let Started::Run { input, record, .. } = stores.jobs.start(&delivery, now).await.unwrap()
        else {
            panic!("not run");
        };
        let traceparent = answer.header("traceparent");
        assert_eq!(record.traceparent.as_deref(), Some(traceparent));
        assert_eq!(delivery.envelope.as_ref().unwrap().traceparent.as_deref(), Some(traceparent));
        let json = match input {
            JobInput::Inline(json) => json,
            JobInput::Blob(id) => {
                let (info, stream) = stores.blobs.open(&tenant, &id, now).await.unwrap().unwrap();
                assert_eq!(info.media_type, "application/json");
                let chunks: Vec<bytes::Bytes> =
                    futures::TryStreamExt::try_collect(stream).await.unwrap();
                String::from_utf8(chunks.concat()).unwrap()
            }
        };
        assert_eq!(json.len() <= lexilingo_shared::job::INLINE_INPUT_BYTES, inline);
        assert_eq!(serde_json::from_str::<AnalyzeRequest>(&json).unwrap().text, text);
    }
}

#[tokio::test]
async fn the_deadline_is_the_clients() {
    let service = Service::new();
    let answer = service.analyze(&[("cancel-after", "1m")], &guide()).await.json();
    let instant = |name: &str| {
        serde_json::from_value::<lexilingo_shared::time::Timestamp>(answer[name].clone()).unwrap()
    };
    assert_eq!(instant("deadline_at").since(instant("created_at")).as_secs(), 60);
    let bad = service.analyze(&[("cancel-after", "soon")], &guide()).await;
    assert_eq!(bad.problem(), (400, "malformed-header".to_owned()));
}

#[tokio::test]
async fn faults_of_body_query_and_store_are_reported_together() {
    let service = Service::new();
    let body = json!({"session_id": "s", "input_type": "voice", "foo": 1,
        "upload_id": "upl_01JD3ZQ9E5T7W8X9Y0ABCDEFGH"});
    let answer = service.post("/api/v1/ai/analyze?explain=all&x=1", &[], &body).await;
    assert_eq!(answer.problem(), (422, "validation-failed".to_owned()));
    let mut pointers = answer.pointers();
    pointers.sort();
    assert_eq!(pointers, ["/foo", "/upload_id", "?explain", "?x"]);
}

#[tokio::test]
async fn each_refusal_has_the_code_of_its_reason() {
    let service = Service::new();
    let long = json!({"text": "a".repeat(10_001), "session_id": "s"});
    assert_eq!(service.analyze(&[], &long).await.problem(), (413, "text-too-long".to_owned()));
    let hook = json!({"text": "a", "session_id": "s", "webhook_url": "https://a.example"});
    let refused = service.analyze(&[], &hook).await;
    assert_eq!(refused.problem(), (422, "webhook-not-registered".to_owned()));
    let not_an_object = service.analyze(&[], &json!(["a"])).await;
    assert_eq!(not_an_object.pointers(), [""]);
    let twice = r#"{"text": "a", "text": "b", "session_id": "s"}"#;
    let json = [("content-type", "application/json")];
    let twice = service.send(request("POST", "/api/v1/ai/analyze", &json, twice)).await;
    assert_eq!(twice.problem(), (400, "malformed-json".to_owned()));
}

#[tokio::test]
async fn audio_in_a_request_lies_in_a_blob() {
    use base64::Engine;
    let service = Service::new();
    let wav = base64::engine::general_purpose::STANDARD.encode(b"RIFF\0\0\0\0WAVEfmt ");
    let body = json!({"session_id": "s", "input_type": "voice", "audio": wav, "user_id": "mai"});
    assert_eq!(service.analyze(&[], &body).await.status, 202);
    let erased = service.stores().blobs.erase_learner(&Tenant::local(), "mai").await.unwrap();
    assert_eq!(erased, 1);
}

#[test]
fn the_document_names_exactly_the_members_that_are_taken() {
    let members = crate::routes::analyze::documented_members();
    let body: serde_json::Map<String, Value> =
        members.iter().map(|name| (name.clone(), json!({"odd": true}))).collect();
    let faults = crate::analyze_request::check(Value::Object(body), false).faults;
    assert!(faults.iter().all(|fault| fault.error.detail != "is not a known member"));
    assert_eq!(members.len(), 11);
}
