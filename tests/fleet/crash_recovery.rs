//! Processes and servers die; nothing that was acknowledged is lost, and nothing happens twice.

use lexilingo_tests::{
    client::{request, seed},
    fleet::{Fleet, Kind},
    servers::MongoServer,
    wait,
};
use mongodb::bson::doc;
use serde_json::{Value, json};
use std::path::Path;

async fn at_gate(fleet: &Fleet, gate: &str) -> String {
    gated(fleet, "rules", gate).await
}

/// Submits a job whose engine waits for the file `gate`, and waits until it does.
async fn gated(fleet: &Fleet, engine: &str, gate: &str) -> String {
    let gate = fleet.path(gate);
    let mut body = request(&format!("She go home. [[{engine}:gate={gate}]]"));
    body["user_id"] = json!("lan");
    let id = fleet.client.submit(&body).await;
    let waiting = format!("{gate}.waiting");
    wait::until("the gate", async || Path::new(&waiting).exists().then_some(())).await;
    id
}

fn open(fleet: &Fleet, gate: &str) {
    std::fs::write(fleet.path(gate), "").unwrap();
}

fn started(events: &[(u64, String, Value)]) -> usize {
    events.iter().filter(|(_, name, _)| name == "job.started").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_worker_is_killed_finishes_elsewhere_once() {
    let mut fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let id = at_gate(&fleet, "gate").await;
    fleet.workers[0].kill();
    open(&fleet, "gate");
    fleet.add_worker(&[]);
    assert_eq!(fleet.client.ended(&id).await["status"], "succeeded");
    let events = fleet.client.events(&id, &[]).await;
    assert_eq!(started(&events), 2);
    assert_eq!(events.iter().filter(|(_, name, _)| name == "job.succeeded").count(), 1);
    let session = fleet.client.get("/api/v1/sessions/test-session-123").await.expect(200).json();
    assert_eq!(session["turns"].as_array().unwrap().len(), 1);
    let logged = fleet.mongo().await.collection::<mongodb::bson::Document>("ai_interactions");
    assert_eq!(logged.count_documents(doc! {"job_id": &id}).await.unwrap(), 1);
    let learner = fleet.client.get("/api/v1/learners/lan").await.expect(200).json();
    assert_eq!(learner["common_errors"][0]["frequency"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_kills_its_worker_three_times_is_kept_aside_with_the_reason() {
    let mut fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let id = fleet.client.submit(&request("I like tea. [[rules:die]]")).await;
    for n in 0..3 {
        let worker = &mut fleet.workers[n];
        worker.ended().await;
        fleet.add_worker(&[]);
    }
    let job = fleet.client.ended(&id).await;
    assert_eq!(job["status"], "failed");
    assert_eq!(job["error"]["code"], "job-crashed-workers");
    assert!(fleet.workers[3].is_running());
    assert_eq!(fleet.client.analyze(&seed()).await["metadata"]["degradation"]["level"], 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_redis_is_restarted() {
    let mut fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let running = at_gate(&fleet, "gate").await;
    let mut ids = vec![running];
    for n in 0..20 {
        ids.push(fleet.client.submit(&request(&format!("She have {n} book."))).await);
    }
    fleet.redis.as_mut().unwrap().kill();
    open(&fleet, "gate");
    fleet.redis.as_mut().unwrap().restart().await.unwrap();
    fleet.until_ready(1).await;
    for id in &ids {
        let job = fleet.client.ended(id).await;
        assert_eq!(job["status"], "succeeded", "{job}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_is_told_to_stop_finishes_what_it_runs() {
    let mut fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let id = at_gate(&fleet, "gate").await;
    fleet.workers[0].ask_to_stop();
    wait::until("the worker to drain", async || {
        let health = fleet.client.get("/api/v1/ai/orchestrator/health").await;
        (health.status == 503).then_some(())
    })
    .await;
    open(&fleet, "gate");
    assert!(fleet.workers[0].ended().await.success());
    let job = fleet.client.job(&id).await;
    assert_eq!(job["status"], "succeeded");
    assert_eq!(started(&fleet.client.events(&id, &[]).await), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_that_outlasts_the_drain_is_handed_back_and_finishes_elsewhere() {
    let variables = [
        ("WORKER_DRAIN_SECONDS", "1"),
        ("WORKER_MODELS", "rules,qwen"),
        ("QWEN_TIMEOUT_MS", "600000"),
    ];
    let mut fleet = Fleet::with(Kind::Servers, 1, &variables).await;
    let id = gated(&fleet, "qwen", "gate").await;
    fleet.workers[0].ask_to_stop();
    assert!(fleet.workers[0].ended().await.success());
    let job = fleet.client.job(&id).await;
    assert_eq!(job["status"], "queued");
    open(&fleet, "gate");
    fleet.add_worker(&[]);
    assert_eq!(fleet.client.ended(&id).await["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jobs_go_on_while_the_api_is_away() {
    let mut fleet = Fleet::with(Kind::Servers, 1, &[]).await;
    let id = at_gate(&fleet, "gate").await;
    fleet.api.kill();
    open(&fleet, "gate");
    fleet.restart_api().await;
    assert_eq!(fleet.client.ended(&id).await["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_busy_worker_hoards_nothing() {
    // Prefetch 1: a job waits in the lane, where another worker finds it, never behind a stuck one.
    let mut fleet = Fleet::with(Kind::Servers, 1, &[("WORKER_CONCURRENCY", "1")]).await;
    let stuck = at_gate(&fleet, "gate").await;
    let waiting = fleet.client.submit(&seed()).await;
    fleet.add_worker(&[]);
    assert_eq!(fleet.client.ended(&waiting).await["status"], "succeeded");
    open(&fleet, "gate");
    assert_eq!(fleet.client.ended(&stuck).await["status"], "succeeded");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_go_on_while_mongodb_is_away_and_are_written_behind() {
    let mut mongo = MongoServer::start().await.unwrap();
    lexilingo_migrations::run(&mongo.uri(), Some("away")).await.unwrap();
    let uri = mongo.uri();
    let variables = [("MONGODB_URI", uri.as_str()), ("MONGODB_DATABASE", "away")];
    let fleet = Fleet::with(Kind::Servers, 1, &variables).await;
    mongo.kill();
    for text in ["She have 5 book.", "He can to swim."] {
        let result = fleet.client.analyze(&request(text)).await;
        assert_eq!(result["metadata"]["degradation"]["level"], 0);
    }
    mongo.restart().await.unwrap();
    let turns = wait::until("the turns to be written", async || {
        let path = "/api/v1/sessions/test-session-123";
        let session = fleet.client.try_send(reqwest::Method::GET, path, &[], "").await.ok()?;
        let turns = session.json()["turns"].as_array()?.clone();
        (turns.len() == 2).then_some(turns)
    })
    .await;
    assert_eq!(turns[0]["text"], "She have 5 book.", "in order");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_killed_between_end_and_documents_leaves_a_profile_that_counts_once() {
    let mut mongo = MongoServer::start().await.unwrap();
    lexilingo_migrations::run(&mongo.uri(), Some("killed")).await.unwrap();
    let uri = mongo.uri();
    let variables = [("MONGODB_URI", uri.as_str()), ("MONGODB_DATABASE", "killed")];
    let mut fleet = Fleet::with(Kind::Servers, 1, &variables).await;
    mongo.kill();
    let mut body = request("Yesterday I go to the market. I went home.");
    body["user_id"] = json!("lan");
    assert_eq!(fleet.client.analyze(&body).await["metadata"]["degradation"]["level"], 0);
    fleet.workers[0].kill();
    mongo.restart().await.unwrap();
    // Both find the job unwritten.
    fleet.add_worker(&[]);
    fleet.add_worker(&[]);
    let learner = wait::until("the profile to be written", async || {
        let path = "/api/v1/learners/lan";
        let answer = fleet.client.try_send(reqwest::Method::GET, path, &[], "").await.ok()?;
        (answer.status == 200).then(|| answer.json())
    })
    .await;
    assert_eq!((&learner["interactions"], &learner["sessions_completed"]), (&json!(1), &json!(1)));
    let mastery = learner["mastery"].as_array().unwrap();
    let past = mastery.iter().find(|shown| shown["concept"] == "past-simple").unwrap();
    assert_eq!((&past["right"], &past["wrong"]), (&json!(1), &json!(1)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embedded_service_killed_in_mid_job_loses_nothing() {
    let mut fleet = Fleet::start(Kind::Embedded).await;
    let before = fleet.client.analyze(&seed()).await["metadata"]["job_id"].clone();
    let running = at_gate(&fleet, "gate").await;
    let waiting = fleet.client.submit(&request("She have 5 book.")).await;
    fleet.api.kill();
    open(&fleet, "gate");
    fleet.restart_api().await;
    for id in [before.as_str().unwrap(), &running, &waiting] {
        assert_eq!(fleet.client.ended(id).await["status"], "succeeded");
    }
    let session = fleet.client.get("/api/v1/sessions/test-session-123").await.expect(200).json();
    assert_eq!(session["turns"].as_array().unwrap().len(), 3);
}
