//! A worker without a brain: it takes jobs through the seams and ends them as it was told.

use lexilingo_shared::{
    error_code::ErrorCode,
    id::{JobId, WorkerId},
    job::JobError,
    lane::Lane,
    model::ModelName,
    queue::{
        Delivery, Finish, LoadedModel, MemoryReport, ModelState, Progress, Settlement, Started,
        Success, WorkerReport,
    },
    status::Stage,
    store::Stores,
    time::{Clock, SystemClock, Timestamp},
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::task::JoinHandle;

pub fn worker_id() -> WorkerId {
    WorkerId::new(Timestamp::from_millis(1), 1)
}

/// Takes the job at the head and begins it.
pub async fn begin(stores: &Stores) -> Delivery {
    let lanes: Vec<Lane> = Lane::all().collect();
    loop {
        for lane in &lanes {
            let now = SystemClock.now();
            if let Some(delivery) = stores.lanes.lease(*lane, &worker_id(), now).await.unwrap() {
                match stores.jobs.start(&delivery, now).await.unwrap() {
                    Started::Run { .. } => return delivery,
                    other => panic!("{other:?}"),
                }
            }
        }
        stores.lanes.wait_for_work(lanes[0], Duration::from_millis(50)).await;
    }
}

pub async fn end(stores: &Stores, delivery: &Delivery, finish: &Finish) {
    let now = SystemClock.now();
    stores.jobs.finish(delivery, finish, now).await.unwrap();
    stores.lanes.settle(delivery, &Settlement::Done, now).await.unwrap();
}

/// Works on the next job in the background: one stage, then the end.
pub fn spawn(
    stores: &Stores,
    finish: impl FnOnce(&JobId) -> Finish + Send + 'static,
) -> JoinHandle<()> {
    let stores = stores.clone();
    tokio::spawn(async move {
        let delivery = begin(&stores).await;
        let stage = Progress::Stage(Stage::Execution);
        stores.jobs.advance(&delivery, &stage, SystemClock.now()).await.unwrap();
        let finish = finish(&delivery.entry);
        end(&stores, &delivery, &finish).await;
    })
}

pub fn success(id: &JobId) -> Finish {
    Finish::Succeeded(Success { result: result(id).to_string(), ..Success::default() })
}

pub fn failure(_: &JobId) -> Finish {
    Finish::Failed(JobError {
        code: ErrorCode::AttemptsExhausted,
        detail: "The job failed four times.".to_owned(),
    })
}

/// A result as workers write it: a missing trait is `null`, one that was not asked for is absent.
pub fn result(id: &JobId) -> Value {
    json!({
        "text": "I goes",
        "analysis": {
            "fluency": null,
            "grammar": {"corrected": "I go", "errors": [{
                "id": "e1", "type": "subject_verb_agreement", "errant": "R:VERB:SVA",
                "error": "goes", "correction": "go",
                "explanation": "…", "explanation_vi": "…", "hints": ["a", "b", "c"],
                "severity": "moderate", "rule": "subject-verb-agreement", "concept": "present-simple",
                "sources": ["rules"], "confidence": 0.97, "start_pos": 2, "end_pos": 6,
                "spans": {"utf8": [2, 6], "utf16": [2, 6], "code_point": [2, 6]},
            }]},
            "vocabulary": "A1",
            "vocabulary_profile": {"A1": 1.0, "coverage": 1.0},
        },
        "score": {"fluency": null, "grammar": 0.9, "vocabulary": 0.3, "overall": 0.67},
        "strategy": "hint_giving", "next_action": "provide_hint", "next_action_reason": "good_score", "confidence": 0.93,
        "reply": "Look at the verb.", "revision": 1,
        "metadata": {
            "job_id": id, "processing_time_ms": 3.1, "models_used": ["rules"], "cached": false,
            "timestamp": "2026-11-23T01:38:15.123Z",
            "degradation": {"level": 1, "missing": ["fluency"], "reason": null},
            "manifest": {"rule_pack": "r1", "models": {}},
        },
    })
}

pub fn report(at: Timestamp) -> WorkerReport {
    let rules = ModelName::Rules;
    WorkerReport {
        id: worker_id(),
        pool: "core".to_owned(),
        host: "h1".to_owned(),
        pid: 42,
        started_at: at.minus(Duration::from_secs(60)),
        at,
        ready: true,
        draining: false,
        models: [rules].into_iter().collect(),
        loaded: vec![LoadedModel {
            name: rules,
            state: ModelState::Ready,
            pinned: true,
            resident_bytes: 1_000_000,
        }],
        refused: Vec::new(),
        memory: MemoryReport {
            budget_bytes: 8_000_000_000,
            used_bytes: 2_000_000_000,
            rss_bytes: 2_100_000_000,
            system_total_bytes: 16_000_000_000,
            system_available_bytes: 4_000_000_000,
        },
        lanes: Lane::all().collect(),
        running: 0,
        warnings: Vec::new(),
    }
}
