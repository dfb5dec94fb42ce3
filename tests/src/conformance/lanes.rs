//! Promises of lanes.

use super::subject::{LANE, PATIENCE, ROOMY, Subject};
use lexilingo_shared::{
    id::JobId,
    job::NewJob,
    lane::{Capability, Class, Lane},
    queue::{LaneStats, Pushed, Recovered, Settlement},
};
use std::{
    collections::BTreeSet,
    pin::pin,
    time::{Duration, Instant},
};
use tokio::time::timeout;

const OTHER: Lane = Lane::new(Capability::Text, Class::Bulk);

/// So many entries in the lane, in the order in which they were pushed.
async fn pushed(s: &Subject, entries: usize) -> Vec<JobId> {
    let mut ids = Vec::new();
    for n in 0..entries {
        let job = NewJob { id: JobId::new(s.at(n as u64), n as u128), ..s.job() };
        s.push(&job).await;
        ids.push(job.id);
    }
    ids
}

async fn drained(s: &Subject) -> Vec<JobId> {
    let worker = s.worker();
    let mut ids = Vec::new();
    while let Some(delivery) = s.leased_at(&worker, s.now).await {
        ids.push(delivery.entry.clone());
        s.stores.lanes.settle(&delivery, &Settlement::Done, s.now).await.unwrap();
    }
    ids
}

pub async fn entries_come_in_the_order_in_which_they_were_pushed(s: Subject) {
    let ids = pushed(&s, 20).await;
    assert_eq!(drained(&s).await, ids);
}

pub async fn pushing_an_entry_again_changes_nothing(s: Subject) {
    let job = s.job();
    for _ in 0..3 {
        // Even when the lane has no room for another.
        let again = s.stores.lanes.push(LANE, &job.envelope(), 1).await.unwrap();
        assert_eq!(again, Pushed::Accepted);
    }
    let delivery = s.leased(&s.worker()).await;
    s.push(&job).await;
    assert!(s.leased_at(&s.worker(), s.now).await.is_none());
    s.stores.lanes.settle(&delivery, &Settlement::Done, s.now).await.unwrap();
    assert_eq!(s.stores.lanes.stats(LANE, s.now).await.unwrap(), LaneStats::default());
}

pub async fn a_push_beyond_the_cap_is_refused(s: Subject) {
    pushed(&s, 3).await;
    let push = |cap| {
        let (lanes, envelope) = (s.stores.lanes.clone(), s.job().envelope());
        async move { lanes.push(LANE, &envelope, cap).await.unwrap() }
    };
    assert_eq!(push(3).await, Pushed::Full { waiting: 3 });
    assert_eq!(s.stores.lanes.stats(LANE, s.now).await.unwrap().waiting, 3);
    assert_eq!(push(4).await, Pushed::Accepted);
    // Entries that are being worked on do not wait.
    s.leased(&s.worker()).await;
    assert_eq!(push(4).await, Pushed::Accepted);
    assert_eq!(push(4).await, Pushed::Full { waiting: 4 });
}

pub async fn lanes_are_apart(s: Subject) {
    let job = s.job();
    s.stores.lanes.push(OTHER, &job.envelope(), ROOMY).await.unwrap();
    assert!(s.leased_at(&s.worker(), s.now).await.is_none());
    assert_eq!(s.stores.lanes.stats(LANE, s.now).await.unwrap().waiting, 0);
    let delivery = s.stores.lanes.lease(OTHER, &s.worker(), s.now).await.unwrap().unwrap();
    assert_eq!((delivery.lane, delivery.entry), (OTHER, job.id));
}

pub async fn a_hundred_leases_at_once_never_hand_out_an_entry_twice(s: Subject) {
    let ids = pushed(&s, 60).await;
    let mut leases = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (lanes, worker, now) = (s.stores.lanes.clone(), s.worker(), s.now);
        leases.spawn(async move { lanes.lease(LANE, &worker, now).await.unwrap() });
    }
    let leased: Vec<JobId> =
        leases.join_all().await.into_iter().flatten().map(|delivery| delivery.entry).collect();
    assert_eq!(leased.len(), 60);
    assert_eq!(BTreeSet::from_iter(leased), BTreeSet::from_iter(ids));
}

pub async fn fences_rise_with_every_delivery(s: Subject) {
    pushed(&s, 1).await;
    let worker = s.worker();
    for fence in 1..=4 {
        let delivery = s.leased(&worker).await;
        assert_eq!((delivery.fence, delivery.crashes), (fence, 0));
        s.stores.lanes.settle(&delivery, &Settlement::HandBack, s.now).await.unwrap();
    }
}

pub async fn a_settlement_by_an_old_delivery_changes_nothing(s: Subject) {
    pushed(&s, 1).await;
    let worker = s.worker();
    let old = s.leased(&worker).await;
    s.stores.lanes.settle(&old, &Settlement::HandBack, s.now).await.unwrap();
    let new = s.leased(&worker).await;
    for settlement in [
        Settlement::Done,
        Settlement::HandBack,
        Settlement::Retry(s.now),
        Settlement::Dead("no".to_owned()),
    ] {
        s.stores.lanes.settle(&old, &settlement, s.now).await.unwrap();
        let stats = s.stores.lanes.stats(LANE, s.now).await.unwrap();
        assert_eq!((stats.running, stats.waiting, stats.dead), (1, 0, 0), "{settlement:?}");
    }
    s.stores.lanes.settle(&new, &Settlement::Done, s.now).await.unwrap();
    s.stores.lanes.settle(&new, &Settlement::HandBack, s.now).await.unwrap();
    assert_eq!(s.stores.lanes.stats(LANE, s.now).await.unwrap(), LaneStats::default());
}

pub async fn retries_come_back_when_due_and_not_before(s: Subject) {
    let ids = pushed(&s, 1).await;
    let worker = s.worker();
    let delivery = s.leased(&worker).await;
    s.stores.lanes.settle(&delivery, &Settlement::Retry(s.at(5)), s.now).await.unwrap();
    let fresh = s.job();
    s.push(&fresh).await;
    let stats = s.stores.lanes.stats(LANE, s.at(4)).await.unwrap();
    assert_eq!((stats.waiting, stats.scheduled), (1, 1));
    let stats = s.stores.lanes.stats(LANE, s.at(5)).await.unwrap();
    assert_eq!((stats.waiting, stats.scheduled), (2, 0));
    // Due retries go before those that wait.
    let retry = s.leased_at(&worker, s.at(5)).await.unwrap();
    assert_eq!((&retry.entry, retry.fence), (&ids[0], 2));
    assert_eq!(s.leased_at(&worker, s.at(5)).await.unwrap().entry, fresh.id);
    s.stores.lanes.settle(&retry, &Settlement::Retry(s.at(9)), s.at(5)).await.unwrap();
    assert!(s.leased_at(&worker, s.at(8)).await.is_none());
    assert_eq!(s.leased_at(&worker, s.at(9)).await.unwrap().entry, ids[0]);
}

pub async fn a_handed_back_entry_is_at_the_head(s: Subject) {
    let ids = pushed(&s, 3).await;
    let delivery = s.leased(&s.worker()).await;
    s.stores.lanes.settle(&delivery, &Settlement::HandBack, s.now).await.unwrap();
    assert_eq!(drained(&s).await, ids);
}

pub async fn a_dead_entry_is_kept_aside(s: Subject) {
    pushed(&s, 1).await;
    let delivery = s.leased(&s.worker()).await;
    let dead = Settlement::Dead("it cannot be read".to_owned());
    s.stores.lanes.settle(&delivery, &dead, s.now).await.unwrap();
    let stats = s.stores.lanes.stats(LANE, s.now).await.unwrap();
    assert_eq!(stats, LaneStats { dead: 1, ..LaneStats::default() });
    assert!(s.leased_at(&s.worker(), s.at(3600)).await.is_none());
}

pub async fn an_entry_of_a_lost_worker_goes_to_the_head_with_one_crash_more(s: Subject) {
    let ids = pushed(&s, 3).await;
    let (lost, living) = (s.worker(), s.worker());
    s.leased(&lost).await;
    let held = s.leased(&living).await;
    s.stores.lanes.beat(&living, &[LANE], s.at(30)).await.unwrap();
    let recovered = s.stores.lanes.recover(&[LANE], s.at(20), s.at(30)).await.unwrap();
    assert_eq!(recovered, [Recovered { entry: ids[0].clone(), lane: LANE, crashes: 1 }]);
    assert!(s.stores.lanes.recover(&[LANE], s.at(20), s.at(30)).await.unwrap().is_empty());
    let again = s.leased_at(&living, s.at(30)).await.unwrap();
    assert_eq!((&again.entry, again.fence, again.crashes), (&ids[0], 2, 1));
    // The living worker kept its own.
    s.stores.lanes.settle(&held, &Settlement::Done, s.at(30)).await.unwrap();
    let stats = s.stores.lanes.stats(LANE, s.at(30)).await.unwrap();
    assert_eq!((stats.running, stats.waiting), (1, 1));
}

pub async fn recovering_looks_at_the_named_lanes_only(s: Subject) {
    let job = s.job();
    s.stores.lanes.push(OTHER, &job.envelope(), ROOMY).await.unwrap();
    let worker = s.worker();
    s.stores.lanes.beat(&worker, &[OTHER], s.now).await.unwrap();
    s.stores.lanes.lease(OTHER, &worker, s.now).await.unwrap().unwrap();
    assert!(s.stores.lanes.recover(&[LANE], s.at(9), s.at(9)).await.unwrap().is_empty());
    assert_eq!(s.stores.lanes.recover(&[OTHER], s.at(9), s.at(9)).await.unwrap().len(), 1);
}

pub async fn a_worker_that_leaves_gives_back_without_a_crash(s: Subject) {
    let ids = pushed(&s, 3).await;
    let worker = s.worker();
    let first = s.leased(&worker).await;
    s.leased(&worker).await;
    s.stores.lanes.leave(&worker, &[LANE], s.now).await.unwrap();
    let again = s.leased(&s.worker()).await;
    assert_eq!((&again.entry, again.crashes), (&ids[0], 0));
    s.stores.lanes.settle(&first, &Settlement::Done, s.now).await.unwrap();
    s.stores.lanes.settle(&again, &Settlement::HandBack, s.now).await.unwrap();
    assert_eq!(drained(&s).await, ids);
}

/// Checks that the change wakes a worker that waits.
async fn wakes(s: &Subject, change: impl Future<Output = ()>) {
    loop {
        let mut waiting = pin!(s.stores.lanes.wait_for_work(LANE, PATIENCE));
        // So long without an answer: it waits by now. It may be woken for nothing before that.
        if timeout(Duration::from_millis(100), &mut waiting).await.is_err() {
            let begun = Instant::now();
            change.await;
            waiting.await;
            assert!(begun.elapsed() < PATIENCE / 2);
            return;
        }
        assert!(s.leased_at(&s.worker(), s.now).await.is_none());
    }
}

pub async fn a_push_wakes_a_worker_that_waits(s: Subject) {
    wakes(&s, async { drop(pushed(&s, 1).await) }).await;
}

pub async fn what_is_given_back_wakes_a_worker_that_waits(s: Subject) {
    pushed(&s, 2).await;
    let (lanes, worker) = (&s.stores.lanes, s.worker());
    for way in 0..3 {
        let deliveries = [s.leased(&worker).await, s.leased(&worker).await];
        let change = async {
            match way {
                0 => lanes.settle(&deliveries[0], &Settlement::HandBack, s.now).await.unwrap(),
                1 => lanes.leave(&worker, &[LANE], s.now).await.unwrap(),
                _ => drop(lanes.recover(&[LANE], s.at(1), s.at(1)).await.unwrap()),
            }
        };
        wakes(&s, change).await;
        lanes.settle(&deliveries[1], &Settlement::HandBack, s.now).await.unwrap();
    }
}

pub async fn a_push_before_the_waiting_begins_is_not_missed(s: Subject) {
    assert!(s.leased_at(&s.worker(), s.now).await.is_none());
    pushed(&s, 1).await;
    let begun = Instant::now();
    s.stores.lanes.wait_for_work(LANE, PATIENCE).await;
    assert!(begun.elapsed() < PATIENCE / 2);
}

pub async fn waiting_ends_when_a_retry_is_due(s: Subject) {
    pushed(&s, 1).await;
    let worker = s.worker();
    let delivery = s.leased(&worker).await;
    let due = s.now.plus(Duration::from_millis(300));
    s.stores.lanes.settle(&delivery, &Settlement::Retry(due), s.now).await.unwrap();
    let begun = Instant::now();
    let at = || s.now.plus(begun.elapsed());
    while s.leased_at(&worker, at()).await.is_none() {
        s.stores.lanes.wait_for_work(LANE, PATIENCE).await;
        assert!(begun.elapsed() < PATIENCE / 2);
    }
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

pub async fn waiting_for_an_empty_lane_ends_in_time(s: Subject) {
    let begun = Instant::now();
    s.stores.lanes.wait_for_work(LANE, Duration::from_millis(50)).await;
    assert!(begun.elapsed() < PATIENCE / 2);
}

pub async fn stats_tell_every_state_and_the_age_of_the_head(s: Subject) {
    pushed(&s, 5).await;
    let worker = s.worker();
    let deliveries = [s.leased(&worker).await, s.leased(&worker).await, s.leased(&worker).await];
    let dead = Settlement::Dead("no".to_owned());
    s.stores.lanes.settle(&deliveries[0], &dead, s.now).await.unwrap();
    let retry = Settlement::Retry(s.at(1000));
    s.stores.lanes.settle(&deliveries[1], &retry, s.now).await.unwrap();
    let stats = s.stores.lanes.stats(LANE, s.at(10)).await.unwrap();
    // The head is the fourth that was pushed, made three seconds after the start.
    let oldest = Some(Duration::from_secs(7));
    assert_eq!(stats, LaneStats { waiting: 2, scheduled: 1, running: 1, dead: 1, oldest });
}
