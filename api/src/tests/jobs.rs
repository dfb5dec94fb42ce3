use super::{
    service::{Answer, Service, request},
    worker,
};
use crate::state::Limits;
use lexilingo_shared::{
    queue::Progress,
    status::Stage,
    time::{Clock, ManualClock, SystemClock, Timestamp},
};
use serde_json::json;
use std::{sync::Arc, time::Duration};

async fn read(service: &Service, path: &str, headers: &[(&str, &str)]) -> Answer {
    service.send(request("GET", path, headers, "")).await
}

#[tokio::test]
async fn a_job_changes_its_tag_with_every_change() {
    let service = Service::new();
    let path = service.submit("u").await;
    let queued = service.get(&path).await;
    let tag = queued.header("etag").to_owned();
    assert!(tag.starts_with('"'), "strong: {tag}");
    assert_eq!(queued.header("cache-control"), "private, no-cache");
    assert!(queued.headers.contains_key("retry-after"));
    let same = read(&service, &path, &[("if-none-match", &tag)]).await;
    assert_eq!((same.status.as_u16(), same.body.len()), (304, 0));

    worker::spawn(service.stores(), worker::success).await.unwrap();
    let done = read(&service, &path, &[("if-none-match", &tag)]).await;
    assert_eq!(done.status, 200);
    assert_ne!(done.header("etag"), tag);
    assert!(!done.headers.contains_key("retry-after"));
    let job = done.json();
    assert_eq!((&job["status"], &job["progress"]["done"]), (&json!("succeeded"), &json!(5)));
    assert_eq!(job["result"]["metadata"]["job_id"], job["id"]);
}

#[tokio::test]
async fn a_long_poll_ends_with_the_next_change() {
    let service = Arc::new(Service::new());
    let path = service.submit("u").await;
    let tag = service.get(&path).await.header("etag").to_owned();
    let poll = {
        let (service, path) = (service.clone(), path.clone());
        tokio::spawn(async move {
            read(&service, &path, &[("if-none-match", &tag), ("prefer", "wait=30")]).await
        })
    };
    let delivery = worker::begin(service.stores()).await;
    let changed = poll.await.unwrap();
    assert_eq!((changed.status.as_u16(), changed.header("preference-applied")), (200, "wait=30"));
    assert_eq!(changed.json()["status"], "processing");

    let stage = Progress::Stage(Stage::Aggregation);
    service.stores().jobs.advance(&delivery, &stage, SystemClock.now()).await.unwrap();
    let job = service.get(&path).await.json();
    assert_eq!((&job["stage"], &job["progress"]["done"]), (&json!("aggregation"), &json!(3)));
}

#[tokio::test]
async fn a_long_poll_without_news_ends_as_not_modified() {
    let service = Service::new();
    let path = service.submit("u").await;
    let quiet = read(&service, &path, &[("if-none-match", "*"), ("prefer", "wait=1")]).await;
    assert_eq!(quiet.status, 304);
}

#[tokio::test]
async fn what_is_unknown_is_404_and_what_has_gone_is_410() {
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_795_397_895_123)));
    let service = Service::with(&[], clock.clone(), Limits::default());
    let path = service.submit("u").await;
    for unknown in ["job_01JD3ZQ9E5T7W8X9Y0ABCDEFGH", "nonsense", "%2e%2e%2fetc"] {
        for (method, tail) in [("GET", ""), ("GET", "/events"), ("POST", "/cancel")] {
            let path = format!("/api/v1/jobs/{unknown}{tail}");
            let answer = service.send(request(method, &path, &[], "")).await;
            assert_eq!(answer.problem(), (404, "job-not-found".to_owned()), "{path}");
        }
    }
    clock.advance(Duration::from_secs(301));
    let expired = service.get(&path).await.json();
    assert_eq!(expired["status"], "expired");
    assert_eq!(expired["error"]["code"], "deadline-passed");
    clock.advance(Duration::from_secs(8 * 24 * 60 * 60));
    assert_eq!(service.get(&path).await.problem(), (410, "result-expired".to_owned()));
    let cancel = service.post(&format!("{path}/cancel"), &[], &json!({})).await;
    assert_eq!(cancel.problem().0, 410);
}

#[tokio::test]
async fn a_job_is_canceled_once() {
    let service = Service::new();
    let path = service.submit("u").await;
    let cancel = format!("{path}/cancel");
    let canceled = service.post(&cancel, &[], &json!({})).await;
    assert_eq!((canceled.status.as_u16(), &canceled.json()["status"]), (200, &json!("canceled")));
    let again = service.post(&cancel, &[], &json!({})).await;
    assert_eq!(again.problem(), (409, "job-final".to_owned()));
    assert_eq!(service.get(&path).await.json()["status"], "canceled");
}

#[tokio::test]
async fn feedback_is_noted_once_for_each_job() {
    let service = Service::new();
    let path = format!("{}/feedback", service.submit("mai").await);
    let first = service.post(&path, &[], &json!({"helpful": true, "rating": 5})).await;
    assert_eq!(first.status, 201);
    let second = service.post(&path, &[], &json!({"helpful": false, "correction": "I go"})).await;
    assert_eq!((second.status.as_u16(), &second.json()["helpful"]), (200, &json!(false)));
    let bad = service.post(&path, &[], &json!({"rating": 0})).await;
    assert_eq!(bad.pointers(), ["/helpful", "/rating"]);
    let tenant = lexilingo_shared::id::Tenant::local();
    let erased = service.stores().documents.erase_learner(&tenant, "mai").await.unwrap();
    assert_eq!(erased, [(lexilingo_shared::store::Collection::Feedback, 1)]);
}
