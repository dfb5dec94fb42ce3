use crate::fixture::{Fixture, LANE, PREFIX, job, now, worker};
use lexilingo_shared::queue::{Lanes, Pushed, Settlement};
use std::{collections::BTreeSet, time::Duration};

/// apalis-redis fails from 8,000 due entries on with "too many results to unpack".
#[tokio::test]
async fn many_due_retries_do_not_wedge_a_lane() {
    let fixture = Fixture::new().await;
    let mut connection = fixture.server.connection().await.unwrap();
    let mut expected = BTreeSet::new();
    let mut commands = redis::pipe();
    for _ in 0..9_000 {
        let job = job(now());
        let envelope = serde_json::to_vec(&job.envelope()).unwrap();
        commands.hset(format!("{PREFIX}:data"), job.id.as_str(), envelope).ignore();
        commands.zadd(format!("{PREFIX}:scheduled"), job.id.as_str(), 1).ignore();
        expected.insert(job.id);
    }
    commands.exec_async(&mut connection).await.unwrap();

    let stats = fixture.queue.stats(LANE, now()).await.unwrap();
    assert_eq!((stats.waiting, stats.scheduled), (9_000, 0));
    let fresh = fixture.submit().await;
    let worker = worker();
    while let Some(delivery) = fixture.queue.lease(LANE, &worker, now()).await.unwrap() {
        assert!(delivery.envelope.is_ok());
        if expected.is_empty() {
            assert_eq!(delivery.entry, fresh.id, "due retries go before new entries");
        } else {
            assert!(expected.remove(&delivery.entry));
        }
        fixture.queue.settle(&delivery, &Settlement::Done, now()).await.unwrap();
    }
    assert!(expected.is_empty());
}

#[tokio::test]
async fn an_entry_without_an_envelope_is_delivered_with_that_reason() {
    let fixture = Fixture::new().await;
    let job = fixture.submit().await;
    let gone: u64 = fixture.look(&["HDEL", &format!("{PREFIX}:data"), job.id.as_str()]).await;
    assert_eq!(gone, 1);
    let delivery = fixture.queue.lease(LANE, &worker(), now()).await.unwrap().unwrap();
    assert_eq!(delivery.entry, job.id);
    assert!(delivery.envelope.is_err());
}

#[tokio::test]
async fn an_unreadable_entry_is_delivered_as_such_and_blocks_nobody() {
    let fixture = Fixture::new().await;
    let poison = fixture.submit().await;
    let data = format!("{PREFIX}:data");
    let _: i64 = fixture.look(&["HSET", &data, poison.id.as_str(), "{\"v\":1,\"id\":\u{7}"]).await;
    let _: i64 = fixture.look(&["RPUSH", &format!("{PREFIX}:active"), "not a job"]).await;
    let without_envelope = job(now());
    let active = format!("{PREFIX}:active");
    let _: i64 = fixture.look(&["RPUSH", &active, without_envelope.id.as_str()]).await;
    let healthy = fixture.submit().await;

    let worker = worker();
    let mut seen = Vec::new();
    while let Some(delivery) = fixture.queue.lease(LANE, &worker, now()).await.unwrap() {
        seen.push((delivery.entry.clone(), delivery.envelope.is_ok()));
        let settlement = match delivery.envelope.clone() {
            Ok(_) => Settlement::Done,
            Err(reason) => Settlement::Dead(reason),
        };
        fixture.queue.settle(&delivery, &settlement, now()).await.unwrap();
    }
    assert_eq!(seen, [(poison.id, false), (without_envelope.id, false), (healthy.id, true)]);
    let stats = fixture.queue.stats(LANE, now()).await.unwrap();
    assert_eq!((stats.waiting, stats.running, stats.dead), (0, 0, 3));
}

/// The default of apalis-redis searches the whole list for every job.
#[tokio::test]
async fn a_lease_costs_the_same_however_long_the_lane_is() {
    let fixture = Fixture::new().await;
    for _ in 0..200 {
        fixture.submit().await;
    }
    let _: String = fixture.look(&["CONFIG", "RESETSTAT"]).await;
    let worker = worker();
    for _ in 0..50 {
        let delivery = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
        fixture.queue.settle(&delivery, &Settlement::Done, now()).await.unwrap();
    }
    let stats: String = fixture.look(&["INFO", "commandstats"]).await;
    for costly in ["lrem", "lrange", "smembers", "hgetall", "keys", "scan"] {
        assert!(!stats.contains(&format!("cmdstat_{costly}:")), "{costly}: {stats}");
    }
    let calls: u64 = stats
        .lines()
        .filter_map(|line| line.split_once("calls=")?.1.split(',').next()?.parse::<u64>().ok())
        .sum();
    assert!(calls <= 50 * 24, "{calls} commands for 50 jobs");
}

#[tokio::test]
async fn a_worker_may_begin_twice_and_shares_what_it_holds() {
    let fixture = Fixture::new().await;
    let job = fixture.submit().await;
    let worker = worker();
    for _ in 0..2 {
        fixture.queue.beat(&worker, &[LANE], now()).await.unwrap();
    }
    let delivery = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
    fixture.queue.beat(&worker, &[LANE], now()).await.unwrap();
    assert!(fixture.queue.lease(LANE, &worker, now()).await.unwrap().is_none());

    fixture.queue.leave(&worker, &[LANE], now()).await.unwrap();
    let again = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
    assert_eq!((again.entry.clone(), again.fence, again.crashes), (job.id, 2, 0));
    fixture.queue.settle(&delivery, &Settlement::Done, now()).await.unwrap();
    assert_eq!(fixture.queue.stats(LANE, now()).await.unwrap().running, 1, "the old fence is void");
}

#[tokio::test]
async fn a_lost_worker_gives_back_more_than_one_chunk_in_order() {
    let fixture = Fixture::new().await;
    let mut ids = Vec::new();
    for n in 0..250 {
        let begun = now();
        let mut job = job(begun);
        job.id = lexilingo_shared::id::JobId::new(begun, n);
        assert_eq!(
            fixture.queue.push(LANE, &job.envelope(), 1000).await.unwrap(),
            Pushed::Accepted
        );
        ids.push(job.id);
    }
    let (lost, living) = (worker(), worker());
    let leased_at = now();
    for _ in 0..250 {
        fixture.queue.lease(LANE, &lost, leased_at).await.unwrap().unwrap();
    }
    fixture.queue.beat(&living, &[LANE], leased_at.plus(Duration::from_secs(60))).await.unwrap();
    let lost_before = leased_at.plus(Duration::from_secs(30));
    let recovered = fixture.queue.recover(&[LANE], lost_before, now()).await.unwrap();
    assert_eq!(recovered.len(), 250);
    assert!(recovered.iter().all(|entry| entry.crashes == 1));
    assert!(fixture.queue.recover(&[LANE], lost_before, now()).await.unwrap().is_empty());
    let delivery = fixture.queue.lease(LANE, &living, now()).await.unwrap().unwrap();
    assert_eq!((delivery.fence, delivery.crashes), (2, 1));
}

/// An answer that does not arrive must not leave an entry with a worker that does not know of it.
#[tokio::test]
async fn an_abandoned_lease_is_handed_out_again_to_the_same_worker() {
    let fixture = Fixture::new().await;
    let job = fixture.submit().await;
    let worker = worker();
    let _: String = fixture.look(&["CLIENT", "PAUSE", "300", "ALL"]).await;
    let lease = fixture.queue.lease(LANE, &worker, now());
    assert!(tokio::time::timeout(Duration::from_millis(100), lease).await.is_err());

    let delivery = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
    assert_eq!((delivery.entry, delivery.fence), (job.id, 1));
    assert_eq!(fixture.queue.stats(LANE, now()).await.unwrap().running, 1);
}

#[tokio::test]
async fn a_full_server_takes_no_work_but_is_drained() {
    use lexilingo_shared::{queue::Jobs, store_error::StoreError};
    let fixture = Fixture::new().await;
    let waiting = fixture.submit().await;
    let _: String = fixture.look(&["CONFIG", "SET", "maxmemory", "1"]).await;

    let refused = fixture.queue.create(&job(now())).await;
    assert!(matches!(refused, Err(StoreError::Full { .. })), "{refused:?}");
    let worker = worker();
    let delivery = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
    assert_eq!(delivery.entry, waiting.id);
    fixture.queue.start(&delivery, now()).await.unwrap();
    fixture.queue.settle(&delivery, &Settlement::Done, now()).await.unwrap();
}
