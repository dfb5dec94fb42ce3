use crate::fixture::{Fixture, LANE, now, worker};
use lexilingo_shared::{
    job::EventKind,
    queue::{Finish, Hold, Jobs, Lanes, Lookup, Progress, Settlement, Started, Success},
    status::{JobStatus, Stage},
};
use std::time::Duration;

#[tokio::test]
async fn a_job_leaves_a_gapless_history_and_one_outbox_entry() {
    let fixture = Fixture::new().await;
    let job = fixture.submit().await;
    let worker = worker();
    let delivery = fixture.queue.lease(LANE, &worker, now()).await.unwrap().unwrap();
    let Started::Run { record, .. } = fixture.queue.start(&delivery, now()).await.unwrap() else {
        panic!("not started")
    };
    assert_eq!((record.status, record.fence), (JobStatus::Processing, 1));
    for stage in Stage::ALL {
        let progress = Progress::Stage(stage);
        let hold = fixture.queue.advance(&delivery, &progress, now()).await.unwrap();
        assert_eq!(hold, Hold::Held);
    }
    let result = r#"{"text":"é"}"#.to_owned();
    let finish = Finish::Succeeded(Success { result, ..Success::default() });
    assert_eq!(fixture.queue.finish(&delivery, &finish, now()).await.unwrap(), Hold::Held);
    let again = fixture.queue.finish(&delivery, &finish, now()).await.unwrap();
    assert_eq!(again, Hold::Ended(JobStatus::Succeeded));
    fixture.queue.settle(&delivery, &Settlement::Done, now()).await.unwrap();

    let events = fixture.queue.events(&job.tenant, &job.id, 0).await.unwrap().unwrap();
    let seqs: Vec<u64> = events.iter().map(|event| event.seq).collect();
    assert_eq!(seqs, (1..=8).collect::<Vec<u64>>());
    assert_eq!(events.last().map(|event| event.kind), Some(EventKind::Succeeded));
    let told = fixture.queue.outbox(10).await.unwrap();
    assert_eq!(told.len(), 1);
    let Lookup::Found(record) = fixture.queue.get(&job.tenant, &job.id, now()).await.unwrap()
    else {
        panic!("not found")
    };
    assert_eq!(record.result.map(|result| result.get().to_owned()), Some(r#"{"text":"é"}"#.into()));
    assert_eq!(record.revision, 9 - 1);
}

#[tokio::test]
async fn a_flood_of_partial_answers_does_not_grow_the_history_without_bound() {
    let fixture = Fixture::new().await;
    let job = fixture.submit().await;
    let delivery = fixture.queue.lease(LANE, &worker(), now()).await.unwrap().unwrap();
    fixture.queue.start(&delivery, now()).await.unwrap();
    for _ in 0..400 {
        let part = Progress::Partial("{}".to_owned());
        assert_eq!(fixture.queue.advance(&delivery, &part, now()).await.unwrap(), Hold::Held);
    }
    let events = fixture.queue.events(&job.tenant, &job.id, 0).await.unwrap().unwrap();
    assert!(events.len() <= 200, "{}", events.len());
    assert_eq!(events[0].seq, 1);
}

#[tokio::test]
async fn more_jobs_than_one_chunk_expire_and_are_erased() {
    let fixture = Fixture::new().await;
    let mut jobs = Vec::new();
    for _ in 0..300 {
        jobs.push(fixture.submit().await);
    }
    let late = now().plus(Duration::from_secs(700));
    assert_eq!(fixture.queue.expire_due(late, 120).await.unwrap(), 120);
    assert_eq!(fixture.queue.expire_due(late, 1000).await.unwrap(), 180);
    assert_eq!(fixture.queue.expire_due(late, 1000).await.unwrap(), 0);

    let tenant = &jobs[0].tenant;
    assert_eq!(fixture.queue.erase_learner(tenant, "learner", late).await.unwrap().len(), 300);
    for job in &jobs[..3] {
        let lookup = fixture.queue.get(tenant, &job.id, late).await.unwrap();
        assert!(matches!(lookup, Lookup::Gone), "{lookup:?}");
    }
}
