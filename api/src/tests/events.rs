use super::{
    service::{Service, request},
    worker,
};
use crate::state::Limits;
use lexilingo_shared::time::SystemClock;
use std::sync::Arc;

/// Lines of the whole stream that carry something.
async fn lines(service: &Service, path: &str, headers: &[(&str, &str)]) -> Vec<String> {
    let answer = service.send(request("GET", &format!("{path}/events"), headers, "")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/event-stream");
    let text = String::from_utf8(answer.body).unwrap();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn named(lines: &[String], field: &str) -> Vec<String> {
    lines.iter().filter_map(|line| line.strip_prefix(field)).map(|v| v.trim().to_owned()).collect()
}

#[tokio::test]
async fn a_stream_tells_the_whole_history_and_ends_with_the_job() {
    let service = Service::new();
    let path = service.submit("u").await;
    let work = worker::spawn(service.stores(), worker::success);
    let lines = lines(&service, &path, &[]).await;
    work.await.unwrap();
    let kinds = named(&lines, "event:");
    assert_eq!(kinds, ["job.queued", "job.started", "job.stage", "job.succeeded"]);
    assert_eq!(named(&lines, "id:"), ["1", "2", "3", "4"]);
    assert_eq!(named(&lines, "retry:"), ["2000"]);
    let stage: serde_json::Value = serde_json::from_str(&named(&lines, "data:")[2]).unwrap();
    assert_eq!(stage["stage"], "execution");
    assert!(path.ends_with(stage["job_id"].as_str().unwrap()));
}

#[tokio::test]
async fn a_stream_goes_on_after_the_last_event_that_was_seen() {
    let service = Service::new();
    let path = service.submit("u").await;
    worker::spawn(service.stores(), worker::failure).await.unwrap();
    let rest = lines(&service, &path, &[("last-event-id", "2")]).await;
    assert_eq!(named(&rest, "event:"), ["job.stage", "job.failed"]);
    let headers = [("last-event-id", "4")];
    let nothing = service.send(request("GET", &format!("{path}/events"), &headers, "")).await;
    assert_eq!(nothing.status, 204, "a browser must not connect again for ever");
}

#[tokio::test]
async fn a_last_event_id_must_be_a_number() {
    let service = Service::new();
    let path = format!("{}/events", service.submit("u").await);
    for bad in ["abc", "-1", "1.5", "18446744073709551616"] {
        let headers = [("last-event-id", bad)];
        let answer = service.send(request("GET", &path, &headers, "")).await;
        assert_eq!(answer.problem(), (400, "malformed-header".to_owned()), "{bad}");
    }
}

#[tokio::test]
async fn streams_are_bounded_and_a_closed_one_makes_room() {
    let limits = Limits::new(10, 1, 1);
    let service = Service::with(&[], Arc::new(SystemClock), limits);
    let path = format!("{}/events", service.submit("u").await);
    let open = service.send_unread(request("GET", &path, &[], "")).await;
    assert_eq!(open.headers()["x-accel-buffering"], "no");
    let refused = service.send(request("GET", &path, &[], "")).await;
    assert_eq!(refused.problem(), (503, "too-many-streams".to_owned()));
    drop(open);
    assert_eq!(service.send_unread(request("GET", &path, &[], "")).await.status(), 200);
}

#[tokio::test]
async fn a_shutdown_ends_open_streams() {
    let service = Arc::new(Service::new());
    let path = service.submit("u").await;
    let open = service.send_unread(request("GET", &format!("{path}/events"), &[], "")).await;
    service.app.shutdown.cancel();
    let body = axum::body::to_bytes(open.into_body(), usize::MAX).await.unwrap();
    assert!(String::from_utf8(body.to_vec()).unwrap().contains("job.queued"));
}
