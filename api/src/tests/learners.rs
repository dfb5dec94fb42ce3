use super::{
    service::{Service, request},
    worker,
};
use lexilingo_shared::{
    id::Tenant,
    store::{Collection, DocumentKey, NewDocument},
    time::{Clock, SystemClock},
};
use serde_json::{Value, json};
use std::time::Duration;

async fn put(service: &Service, collection: Collection, id: &str, body: Value) {
    let now = SystemClock.now();
    let document = NewDocument {
        learner: Some("mai".to_owned()),
        expires_at: now.plus(Duration::from_secs(60)),
        body: body.as_object().unwrap().clone(),
    };
    let key = DocumentKey::new(collection, &Tenant::local(), id);
    service.stores().documents.put(&key, &document, 0, now).await.unwrap();
}

#[tokio::test]
async fn a_session_is_served_whole_and_with_members_missing() {
    let service = Service::new();
    let error = json!({"rule": "r", "errant": "R:VERB:SVA", "error": "goes", "correction": "go"});
    let turn = json!({"job_id": "job_1", "at": "2026-11-23T01:38:15.123Z",
        "text": "I goes", "corrected": "I go", "errors": [error], "strategy": "hint_giving",
        "next_action": "provide_hint", "overall": 0.67});
    let whole = json!({"session_id": "s/1", "turn_count": 7, "turns": [turn], "last_errors": [error],
        "topic_context": {"topic": "school"}, "error_history": ["R:VERB:SVA"]});
    put(&service, Collection::Sessions, "s/1", whole).await;
    put(&service, Collection::Sessions, "bare", json!({"turns": [{}, 3]})).await;
    let session = service.get("/api/v1/sessions/s%2F1").await.json();
    assert_eq!((&session["id"], &session["turn_count"]), (&json!("s/1"), &json!(7)));
    assert_eq!(session["turns"][0]["errors"][0]["correction"], "go");
    assert_eq!(session["last_errors"][0]["rule"], "r");
    assert_eq!(session["updated_at"], "2026-11-23T01:38:15.123Z");
    let bare = service.get("/api/v1/sessions/bare").await.json();
    assert_eq!((&bare["turn_count"], &bare["last_errors"]), (&json!(1), &json!([])));
    let unknown = service.get("/api/v1/sessions/nobody").await;
    assert_eq!(unknown.problem(), (404, "session-not-found".to_owned()));
}

#[tokio::test]
async fn a_profile_is_served_by_the_learners_id() {
    let service = Service::new();
    let profile = json!({"user_id": "mai", "level": "A2", "native_language": "vi",
        "common_errors": [{"type": "verb_tense", "frequency": 3, "examples": ["goes → went"],
            "trend": "improving"}],
        "estimated_level": {"level": "A2", "score": 0.4, "confidence": 0.45, "progress": 0.0},
        "improvement_rate": {"grammar": 0.1, "vocabulary": null, "fluency": 0.02},
        "mastery": {"past-simple": {"right": 1.0, "wrong": 2.0, "right_uses": 1, "wrong_uses": 2,
            "last_used": "2026-11-23T01:38:15.123Z"}},
        "recommended_focus": ["past-simple"], "next_concept": "past-simple",
        "vocabulary_count": 120, "sessions_completed": 2, "interactions": 9,
        "last_active": "2026-11-23T01:38:15.123Z"});
    put(&service, Collection::Profiles, "mai", profile).await;
    let learner = service.get("/api/v1/learners/mai").await.json();
    assert_eq!((&learner["level"], &learner["interactions"]), (&json!("A2"), &json!(9)));
    assert_eq!(learner["common_errors"][0]["frequency"], 3);
    assert_eq!(learner["common_errors"][0]["trend"], "improving");
    assert_eq!(learner["estimated_level"]["level"], "A2");
    assert_eq!(learner["mastery"][0]["concept"], "past-simple");
    assert_eq!(
        (&learner["mastery"][0]["wrong"], &learner["weaknesses"][0]),
        (&json!(2), &json!("past-simple"))
    );
    let unknown = service.get("/api/v1/learners/nobody").await;
    assert_eq!(unknown.problem(), (404, "learner-not-found".to_owned()));
}

#[tokio::test]
async fn erasing_a_learner_reaches_every_store_and_may_be_repeated() {
    let service = Service::new();
    let job = service.submit("mai").await;
    let other = service.submit("nam").await;
    put(&service, Collection::Profiles, "mai", json!({"level": "A2"})).await;
    put(&service, Collection::Interactions, "job_1", json!({})).await;
    let delivery = worker::begin(service.stores()).await;
    let erase = || service.send(request("DELETE", "/api/v1/learners/mai", &[], ""));
    let receipt = erase().await.json();
    assert_eq!(receipt["learner"], "mai");
    assert_eq!(receipt["erased"]["jobs"], 1);
    assert_eq!(receipt["erased"]["documents"], json!({"ai_interactions": 1, "profiles": 1}));
    assert_eq!(service.get("/api/v1/learners/mai").await.status, 404);
    assert!(service.get(&job).await.status.is_client_error());
    assert_eq!(service.get(&other).await.status, 200);
    // The worker that held the job can write nothing of it any more.
    let finish = worker::success(&delivery.entry);
    worker::end(service.stores(), &delivery, &finish).await;
    assert!(service.get(&job).await.status.is_client_error());
    assert_eq!(erase().await.problem(), (404, "learner-not-found".to_owned()));
}
