use crate::fixture::{Fixture, LANE, now, worker};
use lexilingo_shared::{
    id::WorkerId,
    queue::{Delivery, Jobs, Lanes, Settlement, redis::RedisQueue},
};
use std::time::{Duration, Instant};

/// Longer than any of these tests may take: whoever sleeps this long was not woken.
const FOR_EVER: Duration = Duration::from_secs(60);

async fn consume(queue: &RedisQueue, worker: &WorkerId) -> Delivery {
    loop {
        if let Some(delivery) = queue.lease(LANE, worker, now()).await.unwrap() {
            return delivery;
        }
        queue.wait_for_work(LANE, FOR_EVER).await;
    }
}

/// A stalled server makes apalis-redis sleep until the next heartbeat, up to 29 s.
#[tokio::test]
async fn a_push_during_a_stall_wakes_an_idle_worker() {
    let fixture = Fixture::new().await;
    let (queue, id) = (fixture.queue.clone(), worker());
    let consumer = tokio::spawn(async move { consume(&queue, &id).await });
    for _ in 0..3 {
        let _: String = fixture.look(&["CLIENT", "PAUSE", "300", "ALL"]).await;
    }
    let begun = Instant::now();
    let job = fixture.submit().await;
    assert_eq!(consumer.await.unwrap().entry, job.id);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn every_consumer_of_a_process_gets_its_share_of_a_burst() {
    let fixture = Fixture::new().await;
    let begun = Instant::now();
    let consumers: Vec<_> = (0..16)
        .map(|_| {
            let (queue, id) = (fixture.queue.clone(), worker());
            tokio::spawn(async move { consume(&queue, &id).await })
        })
        .collect();
    for _ in 0..16 {
        fixture.submit().await;
    }
    for consumer in consumers {
        consumer.await.unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_retry_wakes_its_worker_when_it_falls_due() {
    let fixture = Fixture::new().await;
    fixture.submit().await;
    let worker = worker();
    let first = consume(&fixture.queue, &worker).await;
    let due = now().plus(Duration::from_millis(400));
    fixture.queue.settle(&first, &Settlement::Retry(due), now()).await.unwrap();
    let second = consume(&fixture.queue, &worker).await;
    assert_eq!((second.entry, second.fence), (first.entry, 2));
    assert!(now() >= due);
}

#[tokio::test]
async fn watchers_hear_of_changes_also_after_the_subscription_was_cut() {
    let fixture = Fixture::new().await;
    let job = fixture.submit().await;
    let mut watch = fixture.queue.watch(&job.id).await.unwrap();
    let _: i64 = fixture.look(&["CLIENT", "KILL", "TYPE", "pubsub"]).await;
    fixture.queue.cancel(&job.tenant, &job.id, now()).await.unwrap();
    let begun = Instant::now();
    watch.changed(FOR_EVER).await;
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
