use crate::fixture::{Fixture, LANE, now, worker};
use lexilingo_shared::{
    job::NewJob,
    queue::{Finish, Jobs, Lanes, Lookup, Settlement, Started, Success},
    status::JobStatus,
};
use lexilingo_tests::servers::RedisServer;
use std::{collections::BTreeSet, time::Duration};

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let mut fixture = Fixture::on(RedisServer::durable().await.unwrap()).await;
    let mut jobs: Vec<NewJob> = Vec::new();
    for _ in 0..60 {
        jobs.push(fixture.submit().await);
    }
    let (lost, living) = (worker(), worker());
    for _ in 0..10 {
        let delivery = fixture.queue.lease(LANE, &lost, now()).await.unwrap().unwrap();
        fixture.queue.start(&delivery, now()).await.unwrap();
    }

    fixture.server.kill();
    let during = fixture.queue.stats(LANE, now()).await;
    assert!(during.is_err(), "a store that is away is an error, not an empty lane");
    fixture.server.restart().await.unwrap();

    // The same handle goes on: the connection mends itself.
    let stats = fixture.queue.stats(LANE, now()).await.unwrap();
    assert_eq!((stats.waiting, stats.running), (50, 10));
    let later = now().plus(Duration::from_secs(60));
    assert_eq!(fixture.queue.recover(&[LANE], later, later).await.unwrap().len(), 10);

    let mut done = BTreeSet::new();
    while let Some(delivery) = fixture.queue.lease(LANE, &living, later).await.unwrap() {
        let started = fixture.queue.start(&delivery, later).await.unwrap();
        assert!(matches!(started, Started::Run { .. }), "{started:?}");
        let finish = Finish::Succeeded(Success { result: "{}".to_owned(), ..Success::default() });
        fixture.queue.finish(&delivery, &finish, later).await.unwrap();
        fixture.queue.settle(&delivery, &Settlement::Done, later).await.unwrap();
        done.insert(delivery.entry);
    }
    assert_eq!(done.len(), 60);
    for job in &jobs {
        let lookup = fixture.queue.get(&job.tenant, &job.id, later).await.unwrap();
        let Lookup::Found(record) = lookup else { panic!("{lookup:?}") };
        assert_eq!(record.status, JobStatus::Succeeded);
    }
    assert_eq!(fixture.queue.outbox(100).await.unwrap().len(), 60);
}

/// Scripts are lost with the server's memory and must be sent again.
#[tokio::test]
async fn a_server_that_forgot_the_scripts_is_told_again() {
    let fixture = Fixture::new().await;
    fixture.submit().await;
    let _: String = fixture.look(&["SCRIPT", "FLUSH"]).await;
    fixture.submit().await;
    assert_eq!(fixture.queue.stats(LANE, now()).await.unwrap().waiting, 2);
}
