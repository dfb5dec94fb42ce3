//! Promises of what is known of the fleet.

use super::subject::{LANE, Subject};
use lexilingo_shared::{
    id::WorkerId,
    model::ModelName,
    queue::{LoadedModel, MemoryReport, ModelState, RefusedModel, WorkerReport},
    tally::Tally,
    time::Timestamp,
};
use std::time::Duration;

fn report(id: WorkerId, at: Timestamp) -> WorkerReport {
    WorkerReport {
        id,
        pool: "core".to_owned(),
        host: "máy-1".to_owned(),
        pid: 42,
        started_at: at,
        at,
        ready: true,
        draining: false,
        models: "rules,qwen".parse().unwrap(),
        loaded: vec![LoadedModel {
            name: ModelName::Rules,
            state: ModelState::Ready,
            pinned: true,
            resident_bytes: 7 << 20,
        }],
        refused: vec![RefusedModel { name: ModelName::Qwen, reason: "no weights".to_owned() }],
        memory: MemoryReport { budget_bytes: 8_000_000_000, ..MemoryReport::default() },
        lanes: vec![LANE],
        running: 1,
        warnings: vec!["budget".to_owned()],
    }
}

pub async fn living_workers_are_listed_as_they_reported(s: Subject) {
    let mut reports: Vec<WorkerReport> =
        (0..3).map(|n| report(WorkerId::new(s.at(n), 1), s.now)).collect();
    for report in reports.iter().rev() {
        s.stores.fleet.report(report).await.unwrap();
    }
    assert_eq!(s.stores.fleet.workers(s.now).await.unwrap(), reports);
    reports[1] = WorkerReport { at: s.at(5), running: 2, ..reports[1].clone() };
    s.stores.fleet.report(&reports[1]).await.unwrap();
    assert_eq!(s.stores.fleet.workers(s.now).await.unwrap(), reports);
}

pub async fn a_worker_that_is_lost_or_retired_is_forgotten(s: Subject) {
    let (lost, living, retired) = (s.worker(), s.worker(), s.worker());
    s.stores.fleet.report(&report(lost, s.now)).await.unwrap();
    s.stores.fleet.report(&report(living.clone(), s.at(30))).await.unwrap();
    s.stores.fleet.report(&report(retired.clone(), s.at(30))).await.unwrap();
    s.stores.fleet.retire(&retired).await.unwrap();
    for lost_before in [s.at(20), s.now] {
        let workers = s.stores.fleet.workers(lost_before).await.unwrap();
        assert_eq!(workers.len(), 1);
        assert_eq!(workers[0].id, living);
    }
}

pub async fn concurrent_additions_to_counters_lose_nothing(s: Subject) {
    let mut additions = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let fleet = s.stores.fleet.clone();
        additions.spawn(async move {
            let mut tally = Tally::default();
            tally.add("requests", 2);
            tally.observe("latency", Duration::from_millis(3));
            fleet.add(&tally).await.unwrap();
        });
    }
    additions.join_all().await;
    s.stores.fleet.add(&Tally::default()).await.unwrap();
    let counters = s.stores.fleet.counters().await.unwrap();
    assert_eq!((counters["requests"], counters["latency.count"]), (100, 50));
}

pub async fn a_session_is_active_from_its_last_turn(s: Subject) {
    let fleet = &s.stores.fleet;
    fleet.touch_session("school:1", s.now).await.unwrap();
    fleet.touch_session("school:2", s.now).await.unwrap();
    fleet.touch_session("school:1", s.at(60)).await.unwrap();
    assert_eq!(fleet.active_sessions(s.now).await.unwrap(), 2);
    assert_eq!(fleet.active_sessions(s.at(30)).await.unwrap(), 1);
    assert_eq!(fleet.active_sessions(s.at(61)).await.unwrap(), 0);
}

pub async fn the_queue_answers_a_ping(s: Subject) {
    s.stores.fleet.ping().await.unwrap();
}
