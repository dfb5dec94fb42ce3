//! With `DATA_ENCRYPTION_KEYS` no store holds a learner's words as they were written, and keys can be exchanged.

use crate::life::{LEARNER, SETTINGS, live};
use lexilingo_tests::{
    at_rest,
    client::request,
    fleet::{Fleet, Kind},
    promises,
    receiver::{Manner, Receiver},
};
use serde_json::json;
use sha2::{Digest, Sha256};

promises! {
    sealed_stores_hold_no_learners_words,
    without_keys_the_words_are_found_so_that_this_can_fail,
    keys_are_exchanged_while_what_they_sealed_stays_readable,
}

const WORDS: &str = "Quangxuanville";
const FINE: Manner = Manner::Answer("200 OK", "");
const VARIABLE: &str = "DATA_ENCRYPTION_KEYS";
const OLD: &str = "old:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
const NEW: &str = "new:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

async fn sealed_stores_hold_no_learners_words(kind: Kind) {
    let settings = [&SETTINGS[..], &[(VARIABLE, OLD)]].concat();
    let fleet = Fleet::with(kind, 1, &settings).await;
    let receiver = Receiver::start(FINE).await;
    let life = live(&fleet, &receiver, WORDS, async || {
        let found = at_rest::places(&at_rest::everything(&fleet).await, WORDS);
        assert!(found.is_empty(), "while jobs run: {found:?}");
    })
    .await;
    let all = at_rest::everything(&fleet).await;
    for secret in [WORDS, "whsec_"] {
        let found = at_rest::places(&all, secret);
        assert!(found.is_empty(), "{secret} in {found:?}");
    }
    // All of it is there for its owner.
    let client = &fleet.client;
    let mut paths = vec!["/api/v1/sessions/test-session-123".to_owned()];
    paths.extend([&life.job, &life.long_job].map(|job| format!("/api/v1/jobs/{job}")));
    for path in paths {
        let text = client.get(&path).await.expect(200).text();
        assert!(text.contains(WORDS), "{path}: {text}");
    }
    let upload = client.get(&format!("/api/v1/uploads/{}", life.upload)).await.expect(200).json();
    let audio = format!("RIFF{WORDS}");
    assert_eq!(upload["size"], audio.len());
    let digest: String = Sha256::digest(&audio).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(upload["sha256"], json!(digest));
    let learner = client.get(&format!("/api/v1/learners/{LEARNER}")).await.expect(200).json();
    assert!(learner["interactions"].as_u64() > Some(3), "{learner}");
    let receipt = client.delete(&format!("/api/v1/learners/{LEARNER}")).await.expect(200).json();
    assert!(receipt["erased"]["jobs"].as_u64() > Some(5), "{receipt}");
}

async fn without_keys_the_words_are_found_so_that_this_can_fail(kind: Kind) {
    let fleet = Fleet::with(kind, 1, &SETTINGS).await;
    let receiver = Receiver::start(FINE).await;
    live(&fleet, &receiver, WORDS, async || {}).await;
    let found = at_rest::places(&at_rest::everything(&fleet).await, WORDS).join("\n");
    let expected: &[&str] = match kind {
        Kind::Embedded => &["lexilingo.db", "blobs"],
        Kind::Servers => &["job:", "cache", "ai_texts", "sessions", "feedback", "blobs.chunks"],
    };
    for place in expected {
        assert!(found.contains(place), "{place} is not among\n{found}");
    }
}

async fn keys_are_exchanged_while_what_they_sealed_stays_readable(kind: Kind) {
    let mut fleet = Fleet::with(kind, 1, &[(VARIABLE, OLD)]).await;
    let by_learner = |text: &str| {
        let mut body = request(text);
        body["user_id"] = json!(LEARNER);
        body
    };
    let text = "I goes to school yesterday";
    let path = |result: &serde_json::Value| {
        format!("/api/v1/jobs/{}", result["metadata"]["job_id"].as_str().unwrap())
    };
    let before = path(&fleet.client.analyze(&by_learner(text)).await);
    fleet.client.get("/api/v1/learners/lan").await.expect(200);

    fleet.restart_with(&[(VARIABLE, &format!("{NEW},{OLD}"))]).await;
    assert!(fleet.client.get(&before).await.expect(200).text().contains(text));
    let again = fleet.client.analyze(&by_learner(text)).await;
    assert_eq!(again["metadata"]["cached"], true, "the cached answer is opened too");
    let after = path(&fleet.client.analyze(&by_learner("She have a book.")).await);
    let learner = fleet.client.get("/api/v1/learners/lan").await.expect(200).json();
    assert_eq!(learner["interactions"], 3, "the profile goes on");

    fleet.restart_with(&[(VARIABLE, NEW)]).await;
    assert!(fleet.client.get(&after).await.expect(200).text().contains("She have a book."));
    fleet.client.get(&before).await.expect(500);
    let logs = fleet.logs();
    let said = logs.lines().find(|line| line.contains("which DATA_ENCRYPTION_KEYS does not name"));
    assert!(said.is_some_and(|line| line.contains("old")), "{said:?}");
    assert!(!logs.contains("AQEBAQEB"), "a key is in a log");
    // What is not readable does not end the service for others.
    fleet.client.analyze(&request("We likes tea.")).await;
}
