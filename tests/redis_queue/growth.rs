use crate::fixture::{Fixture, LANE, now, worker};
use lexilingo_shared::queue::{Finish, Hold, Jobs, Lanes, Settlement, Started, Success};

/// apalis-redis keeps 1.1 KB of every job for ever.
#[tokio::test]
async fn done_jobs_leave_nothing_that_stays() {
    let fixture = Fixture::new().await;
    let worker = worker();
    for _ in 0..1_000 {
        let job = fixture.submit().await;
        let delivery = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
        let started = fixture.queue.start(&delivery, now()).await.unwrap();
        assert!(matches!(started, Started::Run { .. }));
        let finish = Finish::Succeeded(Success { result: "{}".to_owned(), ..Success::default() });
        assert_eq!(fixture.queue.finish(&delivery, &finish, now()).await.unwrap(), Hold::Held);
        fixture.queue.settle(&delivery, &Settlement::Done, now()).await.unwrap();
        fixture.queue.written(&[job.id]).await.unwrap();
    }
    loop {
        let told = fixture.queue.outbox(500).await.unwrap();
        if told.is_empty() {
            break;
        }
        fixture.queue.acknowledge(&told).await.unwrap();
    }
    fixture.queue.leave(&worker, &[LANE], now()).await.unwrap();

    let keys: Vec<String> = fixture.look(&["KEYS", "*"]).await;
    let mut lasting = Vec::new();
    for key in &keys {
        let left: i64 = fixture.look(&["PTTL", key]).await;
        if left < 0 {
            lasting.push(key);
        }
    }
    assert!(lasting.is_empty(), "{lasting:?}");
    // A record, its events and its tombstone each; an index of the learner and a session's last turns in every shard.
    assert!(keys.len() <= 3 * 1_000 + 2 * 16, "{} keys", keys.len());
}
