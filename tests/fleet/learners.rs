//! Sessions and learner profiles: kept while they are used, erased when it is asked for.

use lexilingo_tests::{
    at_rest,
    client::{request, seed},
    fleet::{Fleet, Kind},
    keys::everything,
    promises,
    receiver::{Manner, Receiver},
    wait,
};
use reqwest::Method;
use serde_json::{Value, json};

promises! {
    a_session_remembers_its_turns,
    an_error_made_again_is_drilled,
    a_profile_counts_the_learners_errors,
    a_profile_tells_what_the_learner_masters,
    what_a_learner_fails_again_in_another_session_is_corrected,
    without_a_user_id_there_is_no_profile,
    an_erased_learner_leaves_nothing,
    the_receipt_of_an_erasure_names_every_store_and_the_audit_log_keeps_it,
    a_learner_erased_in_mid_work_leaves_nothing,
    a_session_shows_nothing_of_another_learner,
}

fn by(user: &str, text: &str) -> Value {
    let mut body = request(text);
    body["user_id"] = json!(user);
    body
}

async fn a_session_remembers_its_turns(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    fleet.client.analyze(&seed()).await;
    fleet.client.analyze(&request("I like tea.")).await;
    let session = fleet.client.get("/api/v1/sessions/test-session-123").await.expect(200).json();
    let turns = session["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 2);
    assert_eq!(turns[0]["corrected"], "I went to school yesterday");
    assert_eq!(session["last_errors"][0]["error"], "goes");
}

async fn an_error_made_again_is_drilled(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    for text in ["Yesterday I go to the market.", "Last week we visit my uncle."] {
        assert_ne!(fleet.client.analyze(&request(text)).await["strategy"], "drill");
    }
    let third = fleet.client.analyze(&request("Two days ago I see a film.")).await;
    assert_eq!(third["strategy"], "drill");
}

async fn a_profile_counts_the_learners_errors(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let texts = ["Yesterday I go to the market.", "Last week we visit my uncle.", "I like tea."];
    futures::future::join_all(texts.map(|text| {
        let client = fleet.client.clone();
        async move { client.analyze(&by("lan", text)).await }
    }))
    .await;
    let learner = fleet.client.get("/api/v1/learners/lan").await.expect(200).json();
    assert_eq!(learner["level"], "A2");
    assert_eq!(learner["interactions"], 3);
    assert_eq!(learner["common_errors"][0]["frequency"], 2);
    let examples = learner["common_errors"][0]["examples"].as_array().unwrap();
    assert!(examples.contains(&json!("go → went")), "{learner}");
    assert!(learner["vocabulary_count"].as_u64().unwrap() > 5);
    if kind == Kind::Servers {
        let profiles = fleet.mongo().await.collection::<mongodb::bson::Document>("profiles");
        let filter = mongodb::bson::doc! {"user_id": "lan", "tenant": "local"};
        assert_eq!(profiles.count_documents(filter).await.unwrap(), 1);
    }
}

async fn a_profile_tells_what_the_learner_masters(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    for text in ["I went home early.", "Yesterday I go to the market.", "She bought two books."] {
        fleet.client.analyze(&by("lan", text)).await;
    }
    let learner = fleet.client.get("/api/v1/learners/lan").await.expect(200).json();
    let mastery = learner["mastery"].as_array().unwrap();
    let past = mastery.iter().find(|shown| shown["concept"] == "past-simple").unwrap();
    assert_eq!((&past["right"], &past["wrong"]), (&json!(2), &json!(1)), "{learner}");
    assert!(past["due_at"].as_str() > past["last_used"].as_str());
    assert_eq!(learner["estimated_level"]["confidence"], 0.15);
    assert!(learner["next_concept"].is_string());
    assert_eq!(learner["common_errors"][0]["trend"], Value::Null);
}

async fn what_a_learner_fails_again_in_another_session_is_corrected(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let in_session = |session: &str, text: &str| {
        let mut body = by("lan", text);
        body["session_id"] = json!(session);
        body
    };
    let texts = ["Yesterday I go to the market.", "Last week we visit my uncle."];
    for (session, text) in ["one", "two"].into_iter().zip(texts) {
        fleet.client.analyze(&in_session(session, text)).await;
        // Whoever reads the profile waits until it is written.
        fleet.client.get("/api/v1/learners/lan").await.expect(200);
    }
    let again = "Two days ago I see a film.";
    let known = fleet.client.analyze(&in_session("three", again)).await;
    assert_eq!(known["strategy"], "error_correction", "{known}");
    assert_eq!(known["next_action"], "provide_correction");
    assert_eq!(known["next_action_reason"], "repeated_error");
    let unknown = fleet.client.analyze(&request(again)).await;
    assert_eq!(unknown["strategy"], "hint_giving");
    assert_eq!(unknown["next_action_reason"], "good_score");
}

async fn without_a_user_id_there_is_no_profile(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    fleet.client.analyze(&seed()).await;
    fleet.client.get("/api/v1/learners/test-session-123").await.expect(404);
}

async fn an_erased_learner_leaves_nothing(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let canary = "I goes to Quangxuanville yesterday";
    let id = fleet.client.analyze(&by("lan", canary)).await["metadata"]["job_id"].clone();
    fleet.client.analyze(&by("minh", "I like tea.")).await;
    let receipt = fleet.client.delete("/api/v1/learners/lan").await.expect(200).json();
    assert_eq!(receipt["erased"]["jobs"], 1, "{receipt}");
    assert_eq!(receipt["erased"]["documents"]["profiles"], 1);
    let path = format!("/api/v1/jobs/{}", id.as_str().unwrap());
    assert!(matches!(fleet.client.get(&path).await.status, 404 | 410));
    fleet.client.get("/api/v1/learners/lan").await.expect(404);
    let again = fleet.client.analyze(&by("minh", canary)).await;
    assert_eq!(again["metadata"]["cached"], false, "the cache is erased too");
    fleet.client.delete("/api/v1/learners/minh").await.expect(200);
    fleet.client.get("/api/v1/learners/minh").await.expect(404);
}

async fn a_learner_erased_in_mid_work_leaves_nothing(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    let ids = futures::future::join_all((0..40).map(|n| {
        let client = fleet.client.clone();
        async move { client.submit(&by("lan", &format!("She have {n} book."))).await }
    }))
    .await;
    let receipt = fleet.client.delete("/api/v1/learners/lan").await.expect(200).json();
    assert_eq!(receipt["erased"]["jobs"], ids.len());
    // What was being written when the learner was erased is taken back as soon as its job ends.
    wait::until("an empty fleet", async || {
        let health = fleet.health().await;
        let idle = health["workers"].as_array()?.iter().all(|worker| worker["running"] == 0);
        let gone = fleet.client.get("/api/v1/learners/lan").await.status == 404;
        let session = fleet.client.get("/api/v1/sessions/test-session-123").await.status;
        (idle && gone && session == 404).then_some(())
    })
    .await;
    if kind == Kind::Servers {
        // Documents are written behind the jobs, and taken back behind that.
        for name in ["ai_texts", "ai_interactions", "profiles"] {
            let left = fleet.mongo().await.collection::<mongodb::bson::Document>(name);
            wait::until(name, async || {
                let count = left.count_documents(mongodb::bson::doc! {}).await.unwrap();
                (count == 0).then_some(())
            })
            .await;
        }
    }
    let again = fleet.client.analyze(&by("minh", "She have 7 book.")).await;
    assert_eq!(again["metadata"]["cached"], false, "the cache is erased too");
}

async fn a_session_shows_nothing_of_another_learner(kind: Kind) {
    let fleet = Fleet::start(kind).await;
    fleet.client.analyze(&by("lan", "I goes to Quangxuanville yesterday")).await;
    fleet.client.analyze(&by("minh", "I like tea.")).await;
    let session = fleet.client.get("/api/v1/sessions/test-session-123").await.expect(200);
    assert!(!session.text().contains("Quangxuanville"), "{}", session.text());
    assert_eq!(session.json()["turns"].as_array().unwrap().len(), 1);
}

async fn the_receipt_of_an_erasure_names_every_store_and_the_audit_log_keeps_it(kind: Kind) {
    let learner = "lan-of-class-10a";
    let settings = [("WEBHOOK_ALLOW_PRIVATE", "true")];
    let fleet =
        Fleet::with_keys(kind, 1, &settings, vec![everything("school"), everything("other")]).await;
    let client = &fleet.client;
    let receiver = Receiver::start(Manner::Answer("503 Busy", "")).await;
    let hook = client.post("/api/v1/webhooks", &[], &json!({"url": receiver.url})).await;
    let hook = hook.expect(201).json()["id"].as_str().unwrap().to_owned();
    let words = "Quangxuanville";
    let job = client.analyze(&by(learner, &format!("I goes to {words}."))).await;
    let job = job["metadata"]["job_id"].as_str().unwrap().to_owned();
    client.analyze(&by(learner, &format!("She have {words} {}", "😀".repeat(5000)))).await;
    let judged = json!({"helpful": true, "correction": format!("I went to {words}.")});
    client.post(&format!("/api/v1/jobs/{job}/feedback"), &[], &judged).await.expect(201);
    let (wav, path) =
        ([("content-type", "audio/wav")], format!("/api/v1/uploads?user_id={learner}"));
    client.send(Method::POST, &path, &wav, format!("RIFF{words}")).await.expect(201);
    let mut other = by("minh", "I like tea.");
    other["session_id"] = json!("another-session");
    client.analyze(&other).await;
    // Both ends are told of, refused, and wait to be told again.
    receiver.until(3).await;
    let receipt = client.delete(&format!("/api/v1/learners/{learner}")).await.expect(200).json();
    let erased = &receipt["erased"];
    assert_eq!((&erased["jobs"], &erased["cache"]), (&json!(2), &json!(2)), "{receipt}");
    assert_eq!(erased["webhook_events"], 2, "{receipt}");
    assert!(erased["blobs"].as_u64() >= Some(1), "{receipt}");
    let documents =
        json!({"sessions": 1, "profiles": 1, "ai_interactions": 2, "ai_texts": 2, "feedback": 1});
    for (collection, count) in documents.as_object().unwrap() {
        assert_eq!(&erased["documents"][collection], count, "{collection}: {receipt}");
    }
    // Nothing that a replay could tell again, and no word in any store.
    let ulid = job.strip_prefix("job_").unwrap();
    let replay = json!({"event_id": format!("evt_{ulid}_succeeded")});
    client.post(&format!("/api/v1/webhooks/{hook}/replay"), &[], &replay).await.expect(410);
    let all = at_rest::everything(&fleet).await;
    for secret in [words, learner] {
        let found = at_rest::places(&all, secret);
        assert!(found.is_empty(), "{secret} in {found:?}");
    }
    let log = client.get("/api/v1/admin/audit").await.expect(200).json();
    let actions: Vec<&str> = log["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["learner.erased", "webhook.created"], "{log}");
    let line = &log["data"][0];
    assert_eq!((&line["object"], &line["detail"]), (&receipt["learner_mark"], erased));
    let prefix = client.key.as_ref().unwrap().split('_').nth(1).unwrap();
    assert_eq!(line["actor"], format!("key:{prefix}"));
    let stranger = client.with_key(&fleet.keys[1]);
    let theirs = stranger.get("/api/v1/admin/audit").await.expect(200).json();
    assert_eq!(theirs["data"], json!([]), "another tenant's log");
}
