//! Promises of job records: reading, ending, forgetting, watching.

use super::subject::{LANE, PATIENCE, Subject};
use lexilingo_shared::{
    job::{EventKind, NewJob, OutboxEntry},
    queue::{Cancel, Finish, Hold, Lookup, Progress, Started, Success},
    status::{JobStatus, Stage},
};
use std::{
    pin::pin,
    time::{Duration, Instant},
};
use tokio::time::timeout;

pub async fn a_new_job_is_queued_with_its_first_event(s: Subject) {
    let job = s.job();
    s.stores.jobs.create(&job).await.unwrap();
    let record = s.record(&job.id).await;
    assert_eq!((record.status, record.fence, record.failures), (JobStatus::Queued, 0, 0));
    assert_eq!((&record.tenant, record.lane), (&job.tenant, LANE));
    assert_eq!((&record.session_id, &record.user_id), (&job.session_id, &job.user_id));
    assert_eq!(record.traceparent, job.traceparent);
    assert_eq!(
        (record.created_at, record.deadline_at, record.expires_at),
        (job.created_at, job.deadline_at, job.expires_at)
    );
    assert!(record.result.is_none() && record.error.is_none() && record.stage.is_none());
    assert!(record.started_at.is_none() && record.finished_at.is_none());
    let events = s.events(&job.id).await;
    assert_eq!((events.len(), events[0].seq, events[0].kind), (1, 1, EventKind::Queued));
    assert_eq!(events[0].data, "{}");
}

pub async fn creating_a_job_again_changes_nothing(s: Subject) {
    let (job, _) = s.running().await;
    let before = s.record(&job.id).await;
    let changed = NewJob { session_id: "another".to_owned(), ..job.clone() };
    s.stores.jobs.create(&changed).await.unwrap();
    let after = s.record(&job.id).await;
    assert_eq!(after.session_id, job.session_id);
    assert_eq!((after.status, after.revision), (before.status, before.revision));
    assert_eq!(s.events(&job.id).await.len(), 2);
}

pub async fn every_change_raises_the_revision(s: Subject) {
    let (job, delivery) = s.running().await;
    let started = s.record(&job.id).await.revision;
    let stage = Progress::Stage(Stage::Execution);
    s.stores.jobs.advance(&delivery, &stage, s.now).await.unwrap();
    let advanced = s.record(&job.id).await;
    assert_eq!(advanced.stage, Some(Stage::Execution));
    assert!(advanced.revision > started);
    s.stores.jobs.finish(&delivery, &Finish::Expired, s.now).await.unwrap();
    assert!(s.record(&job.id).await.revision > advanced.revision);
}

pub async fn a_forgotten_job_leaves_no_trace(s: Subject) {
    let job = s.job();
    s.stores.jobs.create(&job).await.unwrap();
    s.stores.jobs.forget(&s.stranger, &job.id).await.unwrap();
    assert!(matches!(s.lookup(&job.id, s.now).await, Lookup::Found(_)));
    s.stores.jobs.forget(&s.tenant, &job.id).await.unwrap();
    assert!(matches!(s.lookup(&job.id, s.now).await, Lookup::Unknown));
    assert!(s.stores.jobs.events(&s.tenant, &job.id, 0).await.unwrap().is_none());
    assert!(s.stores.jobs.outbox(10).await.unwrap().is_empty());
    assert_eq!(s.stores.jobs.erase_learner(&s.tenant, "lan", s.now).await.unwrap().len(), 0);
}

pub async fn two_tenants_never_see_each_others_jobs(s: Subject) {
    let job = s.queued().await;
    let jobs = &s.stores.jobs;
    assert!(matches!(jobs.get(&s.stranger, &job.id, s.now).await.unwrap(), Lookup::Unknown));
    assert!(jobs.events(&s.stranger, &job.id, 0).await.unwrap().is_none());
    assert_eq!(jobs.cancel(&s.stranger, &job.id, s.now).await.unwrap(), Cancel::Unknown);
    assert_eq!(jobs.erase_learner(&s.stranger, "lan", s.now).await.unwrap().len(), 0);
    assert_eq!(s.record(&job.id).await.status, JobStatus::Queued);
    // Nor of what has gone.
    let gone = jobs.get(&s.stranger, &job.id, s.at(601)).await.unwrap();
    assert!(matches!(gone, Lookup::Unknown));
}

pub async fn an_overdue_job_is_expired_when_it_is_read(s: Subject) {
    let (job, delivery) = s.running().await;
    let Lookup::Found(record) = s.lookup(&job.id, s.at(61)).await else { panic!("it is there") };
    assert_eq!((record.status, record.finished_at), (JobStatus::Expired, Some(s.at(61))));
    assert_eq!(s.events(&job.id).await.last().unwrap().kind, EventKind::Expired);
    let late = s.stores.jobs.advance(&delivery, &Progress::Retrying, s.now).await.unwrap();
    assert_eq!(late, Hold::Ended(JobStatus::Expired));
}

pub async fn overdue_jobs_are_expired_a_bounded_number_at_a_time(s: Subject) {
    let mut jobs = Vec::new();
    for _ in 0..5 {
        jobs.push(s.queued().await);
    }
    let later = NewJob { deadline_at: s.at(500), ..s.job() };
    s.stores.jobs.create(&later).await.unwrap();
    let mut expired = Vec::new();
    for _ in 0..3 {
        expired.push(s.stores.jobs.expire_due(s.at(61), 2).await.unwrap());
    }
    assert!(expired.iter().all(|n| *n <= 2), "{expired:?}");
    while s.stores.jobs.expire_due(s.at(61), 2).await.unwrap() > 0 {}
    for job in &jobs {
        assert_eq!(s.record(&job.id).await.status, JobStatus::Expired);
    }
    assert_eq!(s.record(&later.id).await.status, JobStatus::Queued);
    assert_eq!(s.stores.jobs.outbox(10).await.unwrap().len(), 5);
}

pub async fn a_record_that_has_gone_is_told_for_thirty_days(s: Subject) {
    let job = s.queued().await;
    s.stores.jobs.expire_due(s.at(600), 100).await.unwrap();
    let day = 24 * 3600;
    for seconds in [600, 601, 29 * day] {
        assert!(matches!(s.lookup(&job.id, s.at(seconds)).await, Lookup::Gone), "{seconds}");
        let cancel = s.stores.jobs.cancel(&s.tenant, &job.id, s.at(seconds)).await.unwrap();
        assert_eq!(cancel, Cancel::Gone);
    }
    assert!(matches!(s.lookup(&job.id, s.at(31 * day)).await, Lookup::Unknown));
    let never = s.lookup(&s.job_id(), s.now).await;
    assert!(matches!(never, Lookup::Unknown));
}

pub async fn a_delivery_of_a_job_that_has_gone_is_over(s: Subject) {
    s.queued().await;
    let delivery = s.leased(&s.worker()).await;
    assert_eq!(s.stores.jobs.erase_learner(&s.tenant, "lan", s.now).await.unwrap().len(), 1);
    let started = s.stores.jobs.start(&delivery, s.now).await.unwrap();
    assert!(matches!(started, Started::Ended(_)), "{started:?}");
    let finish = s.stores.jobs.finish(&delivery, &Finish::Expired, s.now).await.unwrap();
    assert_eq!(finish, Hold::Lost);
}

pub async fn events_resume_after_a_sequence_number(s: Subject) {
    let (job, delivery) = s.running().await;
    for stage in Stage::ALL {
        s.stores.jobs.advance(&delivery, &Progress::Stage(stage), s.now).await.unwrap();
    }
    let all = s.events(&job.id).await;
    let numbers: Vec<u64> = all.iter().map(|event| event.seq).collect();
    assert_eq!(numbers, (1..=7).collect::<Vec<u64>>());
    assert_eq!(all[2].data, r#"{"stage":"task_analysis"}"#);
    for after in 0..9 {
        let rest = s.stores.jobs.events(&s.tenant, &job.id, after).await.unwrap().unwrap();
        assert_eq!(rest, all[(after as usize).min(7)..], "after {after}");
    }
}

pub async fn at_most_two_hundred_events_are_kept_and_the_last_among_them(s: Subject) {
    let (job, delivery) = s.running().await;
    for part in 0..220 {
        let answer = Progress::Partial(format!(r#"{{"part":{part}}}"#));
        assert_eq!(s.stores.jobs.advance(&delivery, &answer, s.now).await.unwrap(), Hold::Held);
    }
    let done = Finish::Succeeded(Success { result: "{}".to_owned(), ..Success::default() });
    s.stores.jobs.finish(&delivery, &done, s.now).await.unwrap();
    let events = s.events(&job.id).await;
    assert!(events.len() <= 200 && events.len() >= 100, "{}", events.len());
    assert!(events.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1));
    assert_eq!(events.last().unwrap().kind, EventKind::Succeeded);
}

pub async fn a_watch_wakes_on_change(s: Subject) {
    let (job, delivery) = s.running().await;
    let mut watch = s.stores.jobs.watch(&job.id).await.unwrap();
    loop {
        let mut waiting = pin!(watch.changed(PATIENCE));
        // So long without an answer: it waits by now. Earlier changes may be told late.
        if timeout(Duration::from_millis(100), &mut waiting).await.is_err() {
            let begun = Instant::now();
            let stage = Progress::Stage(Stage::Execution);
            s.stores.jobs.advance(&delivery, &stage, s.now).await.unwrap();
            waiting.await;
            assert!(begun.elapsed() < PATIENCE / 2);
            break;
        }
    }
    // A change made before the waiting begins counts too.
    let mut watch = s.stores.jobs.watch(&job.id).await.unwrap();
    s.stores.jobs.cancel(&s.tenant, &job.id, s.now).await.unwrap();
    let begun = Instant::now();
    watch.changed(PATIENCE).await;
    assert!(begun.elapsed() < PATIENCE / 2);
}

pub async fn a_watch_of_a_quiet_job_waits_no_longer_than_told(s: Subject) {
    let job = s.queued().await;
    let mut watch = s.stores.jobs.watch(&job.id).await.unwrap();
    let begun = Instant::now();
    watch.changed(Duration::from_millis(50)).await;
    assert!(begun.elapsed() < PATIENCE / 2);
}

pub async fn a_canceled_job_tells_its_worker(s: Subject) {
    let (job, delivery) = s.running().await;
    let cancel = || s.stores.jobs.cancel(&s.tenant, &job.id, s.now);
    assert_eq!(cancel().await.unwrap(), Cancel::Canceled);
    assert_eq!(cancel().await.unwrap(), Cancel::TooLate(JobStatus::Canceled));
    let ended = Hold::Ended(JobStatus::Canceled);
    let stage = Progress::Stage(Stage::Execution);
    assert_eq!(s.stores.jobs.advance(&delivery, &stage, s.now).await.unwrap(), ended);
    let finish = Finish::Succeeded(Success { result: "{}".to_owned(), ..Success::default() });
    assert_eq!(s.stores.jobs.finish(&delivery, &finish, s.now).await.unwrap(), ended);
    assert!(s.record(&job.id).await.result.is_none());
}

pub async fn an_end_is_announced_until_it_is_acknowledged(s: Subject) {
    let mut ended = Vec::new();
    for second in 0..3 {
        let job = s.queued().await;
        s.stores.jobs.cancel(&s.tenant, &job.id, s.at(second)).await.unwrap();
        ended.push(job.id);
    }
    let jobs = &s.stores.jobs;
    let names = |entries: &[OutboxEntry]| -> Vec<_> {
        entries.iter().map(|entry| entry.job.clone()).collect()
    };
    let first = jobs.outbox(2).await.unwrap();
    assert_eq!(names(&first), ended[..2]);
    assert_eq!((first[0].kind, &first[0].tenant), (EventKind::Canceled, &s.tenant));
    assert_eq!(jobs.outbox(2).await.unwrap(), first);
    jobs.acknowledge(&first).await.unwrap();
    jobs.acknowledge(&first).await.unwrap();
    assert_eq!(names(&jobs.outbox(10).await.unwrap()), ended[2..]);
}

pub async fn erasing_a_learner_leaves_no_trace(s: Subject) {
    let (running, delivery) = s.running().await;
    let other = NewJob { user_id: Some("minh".to_owned()), ..s.job() };
    s.stores.jobs.create(&other).await.unwrap();
    let done = s.queued().await;
    s.stores.jobs.cancel(&s.tenant, &done.id, s.now).await.unwrap();
    assert_eq!(s.stores.jobs.erase_learner(&s.tenant, "lan", s.now).await.unwrap().len(), 2);
    for id in [&running.id, &done.id] {
        assert!(!matches!(s.lookup(id, s.now).await, Lookup::Found(_)));
        assert!(s.stores.jobs.events(&s.tenant, id, 0).await.unwrap().is_none());
    }
    let stage = Progress::Stage(Stage::Execution);
    let hold = s.stores.jobs.advance(&delivery, &stage, s.now).await.unwrap();
    assert_ne!(hold, Hold::Held);
    let finish = Finish::Succeeded(Success { result: "{}".to_owned(), ..Success::default() });
    assert_ne!(s.stores.jobs.finish(&delivery, &finish, s.now).await.unwrap(), Hold::Held);
    assert!(!matches!(s.lookup(&running.id, s.now).await, Lookup::Found(_)));
    assert_eq!(s.record(&other.id).await.status, JobStatus::Queued);
    assert_eq!(s.stores.jobs.erase_learner(&s.tenant, "lan", s.now).await.unwrap().len(), 0);
}
