//! What the worker promises of learners' profiles on these stores: each job counts once, whoever writes it.

use super::subject::Subject;
use lexilingo_shared::{
    config::Config,
    id::JobId,
    request::AnalyzeRequest,
    store::{Collection, DocumentKey},
};
use lexilingo_worker::effects::{self, Effects};
use serde_json::{Map, Value, json};

/// A finished job of the learner `lan`, with one right and one wrong use of the past simple.
fn finished(s: &Subject, second: u64) -> Effects {
    let now = s.at(second);
    let job = JobId::of_session(now, &s.tenant, "s", rand::random);
    let text = "I goes to school yesterday. I went home.";
    let result = json!({
        "text": text,
        "analysis": {"fluency": 0.7, "vocabulary": "A1", "grammar": {
            "corrected": "I went to school yesterday. I went home.",
            "errors": [{"id": "e1", "type": "verb_tense", "errant": "R:VERB:TENSE", "error": "goes",
                "correction": "went", "explanation": "", "explanation_vi": "", "hints": ["", "", ""],
                "severity": "moderate", "rule": "r", "concept": "past-simple", "sources": ["rules"],
                "confidence": 0.9, "start_pos": 2, "end_pos": 6,
                "spans": {"utf8": [2, 6], "utf16": [2, 6], "code_point": [2, 6]}}]}},
        "score": {"fluency": 0.7, "grammar": 0.9, "vocabulary": 0.3, "overall": 0.7},
        "strategy": "hint_giving", "next_action": "provide_hint", "next_action_reason": "good_score",
        "confidence": 0.9, "reply": "", "revision": 1,
        "metadata": {"job_id": job, "processing_time_ms": 1.0, "models_used": ["rules"], "cached": false,
            "timestamp": now, "degradation": {"level": 0, "missing": [], "reason": null},
            "manifest": {"rule_pack": "1", "models": {}}}
    });
    let mut request = AnalyzeRequest::new(text, "s");
    request.user_id = Some("lan".to_owned());
    let mut interaction = Map::new();
    interaction.insert("job_id".to_owned(), json!(job));
    interaction.insert("evidence".to_owned(), json!({"past-simple": [1, 1], "no-concept": [1, 0]}));
    let tenant = s.tenant.clone();
    Effects { tenant, request, result: serde_json::from_value(result).unwrap(), interaction, now }
}

async fn write(s: &Subject, effects: &[Effects]) {
    let retention = Config::read(&|_| None).unwrap().storage.retention;
    effects::write(effects, s.stores.documents.as_ref(), &retention).await.unwrap();
}

async fn profile(s: &Subject) -> Map<String, Value> {
    let key = DocumentKey::new(Collection::Profiles, &s.tenant, "lan");
    s.stores.documents.get(&key, s.now).await.unwrap().unwrap().body
}

pub async fn a_profile_holds_what_the_learners_jobs_show(s: Subject) {
    let jobs: Vec<Effects> = (0..4).map(|second| finished(&s, second)).collect();
    write(&s, &jobs).await;
    let profile = profile(&s).await;
    let past = &profile["mastery"]["past-simple"];
    assert_eq!((&past["right_uses"], &past["wrong_uses"]), (&json!(4), &json!(4)));
    assert!(profile["mastery"].get("no-concept").is_none());
    let error = &profile["common_errors"][0];
    assert_eq!((&error["frequency"], &error["trend"]), (&json!(4), &json!("stable")));
    assert_eq!(error["examples"], json!(["goes → went"]));
    assert_eq!(profile["estimated_level"]["confidence"], 0.2);
    assert_eq!(profile["improvement_rate"]["fluency"], 0.0);
    assert_eq!(profile["recommended_focus"], json!(["past-simple"]));
    assert_eq!(profile["next_concept"], "past-simple");
}

pub async fn a_job_that_is_written_again_changes_no_profile(s: Subject) {
    let jobs: Vec<Effects> = (0..3).map(|second| finished(&s, second)).collect();
    write(&s, &jobs).await;
    let before = profile(&s).await;
    write(&s, &jobs[1..]).await;
    write(&s, &jobs).await;
    assert_eq!(profile(&s).await, before);
}

pub async fn two_writers_of_one_profile_lose_nothing(s: Subject) {
    let jobs: Vec<Effects> = (0..20).map(|second| finished(&s, second)).collect();
    // Each writes its own half and one job of the other's, a few at a time.
    let one = async {
        for batch in jobs[..11].chunks(3) {
            write(&s, batch).await;
        }
    };
    let other = async {
        for batch in jobs[9..].chunks(4) {
            write(&s, batch).await;
        }
    };
    tokio::join!(one, other);
    let profile = profile(&s).await;
    assert_eq!((&profile["interactions"], &profile["sessions_completed"]), (&json!(20), &json!(1)));
    assert_eq!(profile["mastery"]["past-simple"]["wrong_uses"], 20);
    assert_eq!(profile["common_errors"][0]["frequency"], 20);
}
