//! Promises of deliveries: fences, attempts, ends.

use super::subject::{LANE, Subject};
use lexilingo_shared::{
    error_code::ErrorCode,
    job::{EventKind, JobError, JobInput},
    queue::{Cancel, Finish, Hold, Progress, Settlement, Started, Success},
    status::{JobStatus, Stage},
};

fn success(answer: &str) -> Finish {
    let result = format!(r#"{{"answer":"{answer}"}}"#);
    Finish::Succeeded(Success { result, ..Success::default() })
}

pub async fn a_delivery_runs_its_job_with_the_input_that_was_given(s: Subject) {
    let job = s.queued().await;
    let delivery = s.leased(&s.worker()).await;
    assert_eq!(delivery.envelope.as_ref(), Ok(&job.envelope()));
    let started = s.stores.jobs.start(&delivery, s.at(1)).await.unwrap();
    let Started::Run { record, input, past } = started else { panic!("{started:?}") };
    assert_eq!((input, past.len()), (job.input, 0));
    assert_eq!((record.status, record.fence), (JobStatus::Processing, delivery.fence));
    assert_eq!(record.started_at, Some(s.at(1)));
    assert_eq!(s.events(&job.id).await[1].kind, EventKind::Started);
}

pub async fn an_input_in_the_blob_store_is_named(s: Subject) {
    let upload = lexilingo_shared::id::UploadId::new(s.now, 1);
    let mut job = s.job();
    job.input = JobInput::Blob(upload);
    s.stores.jobs.create(&job).await.unwrap();
    s.push(&job).await;
    let delivery = s.leased(&s.worker()).await;
    let started = s.stores.jobs.start(&delivery, s.now).await.unwrap();
    let Started::Run { input, .. } = started else { panic!("{started:?}") };
    assert_eq!(input, job.input);
}

pub async fn starting_the_same_delivery_again_changes_nothing(s: Subject) {
    let (job, delivery) = s.running().await;
    let before = s.record(&job.id).await;
    let again = s.stores.jobs.start(&delivery, s.at(1)).await.unwrap();
    assert!(matches!(again, Started::Run { .. }), "{again:?}");
    let after = s.record(&job.id).await;
    assert_eq!((after.revision, after.started_at), (before.revision, before.started_at));
    assert_eq!(s.events(&job.id).await.len(), 2);
}

pub async fn a_stale_fence_changes_nothing(s: Subject) {
    let (job, old) = s.running().await;
    s.stores.lanes.recover(&[LANE], s.at(1), s.at(1)).await.unwrap();
    let new = s.leased(&s.worker()).await;
    assert!(new.fence > old.fence);
    s.stores.jobs.start(&new, s.now).await.unwrap();
    let before = s.record(&job.id).await;
    let jobs = &s.stores.jobs;
    assert!(matches!(jobs.start(&old, s.now).await.unwrap(), Started::Stale));
    for progress in [
        Progress::Stage(Stage::Aggregation),
        Progress::Partial("{}".to_owned()),
        Progress::Retrying,
        Progress::HandedBack,
    ] {
        assert_eq!(jobs.advance(&old, &progress, s.now).await.unwrap(), Hold::Lost);
    }
    assert_eq!(jobs.finish(&old, &success("old"), s.now).await.unwrap(), Hold::Lost);
    let after = s.record(&job.id).await;
    assert_eq!((after.status, after.revision), (before.status, before.revision));
    assert_eq!(after.fence, new.fence);
    assert_eq!(jobs.finish(&new, &success("new"), s.now).await.unwrap(), Hold::Held);
    assert_eq!(s.record(&job.id).await.result.unwrap().get(), r#"{"answer":"new"}"#);
}

pub async fn a_final_state_is_never_left(s: Subject) {
    for finish in [success("yes"), Finish::Expired] {
        let (job, delivery) = s.running().await;
        let jobs = &s.stores.jobs;
        assert_eq!(jobs.finish(&delivery, &finish, s.now).await.unwrap(), Hold::Held);
        let end = s.record(&job.id).await;
        assert!(end.status.is_final());
        let ended = Hold::Ended(end.status);
        for progress in [Progress::Retrying, Progress::Stage(Stage::Execution)] {
            assert_eq!(jobs.advance(&delivery, &progress, s.now).await.unwrap(), ended);
        }
        assert_eq!(jobs.finish(&delivery, &success("no"), s.now).await.unwrap(), ended);
        assert!(matches!(jobs.start(&delivery, s.now).await.unwrap(), Started::Ended(_)));
        let cancel = jobs.cancel(&s.tenant, &job.id, s.now).await.unwrap();
        assert_eq!(cancel, Cancel::TooLate(end.status));
        jobs.expire_due(s.at(61), 10).await.unwrap();
        let after = s.record(&job.id).await;
        assert_eq!((after.status, after.revision), (end.status, end.revision));
        s.stores.lanes.settle(&delivery, &Settlement::Done, s.now).await.unwrap();
    }
}

pub async fn an_end_is_whole(s: Subject) {
    let (job, delivery) = s.running().await;
    let finish = s.stores.jobs.finish(&delivery, &success("yes"), s.at(2)).await.unwrap();
    assert_eq!(finish, Hold::Held);
    let record = s.record(&job.id).await;
    assert_eq!((record.status, record.finished_at), (JobStatus::Succeeded, Some(s.at(2))));
    assert_eq!(record.result.unwrap().get(), r#"{"answer":"yes"}"#);
    let last = s.events(&job.id).await.pop().unwrap();
    assert_eq!((last.kind, last.at), (EventKind::Succeeded, s.at(2)));
    let outbox = s.stores.jobs.outbox(10).await.unwrap();
    assert_eq!((outbox.len(), &outbox[0].job), (1, &job.id));
    assert_eq!((outbox[0].kind, outbox[0].at), (EventKind::Succeeded, s.at(2)));
}

pub async fn a_failed_job_tells_why(s: Subject) {
    let (job, delivery) = s.running().await;
    let error = JobError { code: ErrorCode::Internal, detail: "ba “lỗi”\n".to_owned() };
    let failed = Finish::Failed(error.clone());
    s.stores.jobs.finish(&delivery, &failed, s.now).await.unwrap();
    let record = s.record(&job.id).await;
    assert_eq!((record.status, record.error), (JobStatus::Failed, Some(error)));
}

pub async fn a_delivery_that_was_never_started_can_fail_its_job(s: Subject) {
    let job = s.queued().await;
    let delivery = s.leased(&s.worker()).await;
    let error = JobError { code: ErrorCode::EnvelopeUnreadable, detail: String::new() };
    let finish = s.stores.jobs.finish(&delivery, &Finish::Failed(error), s.now).await.unwrap();
    assert_eq!(finish, Hold::Held);
    assert_eq!(s.record(&job.id).await.status, JobStatus::Failed);
}

pub async fn a_retried_job_is_queued_again_with_one_failure_more(s: Subject) {
    let (job, first) = s.running().await;
    let jobs = &s.stores.jobs;
    let stage = Progress::Stage(Stage::Execution);
    jobs.advance(&first, &stage, s.now).await.unwrap();
    assert_eq!(jobs.advance(&first, &Progress::Retrying, s.now).await.unwrap(), Hold::Held);
    assert_eq!(jobs.advance(&first, &Progress::Retrying, s.now).await.unwrap(), Hold::Held);
    let record = s.record(&job.id).await;
    assert_eq!((record.status, record.failures, record.stage), (JobStatus::Queued, 1, None));
    // It no longer holds the job.
    assert_eq!(jobs.advance(&first, &stage, s.now).await.unwrap(), Hold::Lost);
    s.stores.lanes.settle(&first, &Settlement::Retry(s.at(1)), s.now).await.unwrap();
    let second = s.leased_at(&first.worker, s.at(1)).await.unwrap();
    let Started::Run { record, input, .. } = jobs.start(&second, s.at(1)).await.unwrap() else {
        panic!("it runs again")
    };
    assert_eq!((record.failures, record.fence, input), (1, second.fence, job.input));
}

pub async fn a_handed_back_job_counts_no_failure(s: Subject) {
    let (job, delivery) = s.running().await;
    let back = s.stores.jobs.advance(&delivery, &Progress::HandedBack, s.now).await.unwrap();
    assert_eq!(back, Hold::Held);
    let record = s.record(&job.id).await;
    assert_eq!((record.status, record.failures), (JobStatus::Queued, 0));
}

pub async fn an_entry_whose_job_was_never_created_may_still_get_it(s: Subject) {
    let job = s.job();
    s.push(&job).await;
    let delivery = s.leased(&s.worker()).await;
    let started = s.stores.jobs.start(&delivery, s.now).await.unwrap();
    assert!(matches!(started, Started::NotThere), "{started:?}");
    s.stores.jobs.create(&job).await.unwrap();
    let started = s.stores.jobs.start(&delivery, s.now).await.unwrap();
    assert!(matches!(started, Started::Run { .. }), "{started:?}");
}

pub async fn an_overdue_job_is_not_started(s: Subject) {
    let job = s.queued().await;
    let delivery = s.leased(&s.worker()).await;
    let started = s.stores.jobs.start(&delivery, s.at(61)).await.unwrap();
    assert!(matches!(started, Started::Expired), "{started:?}");
    assert_eq!(s.record(&job.id).await.status, JobStatus::Expired);
    let again = s.stores.jobs.start(&delivery, s.at(61)).await.unwrap();
    assert!(matches!(again, Started::Ended(JobStatus::Expired)), "{again:?}");
}

pub async fn of_many_ends_at_once_one_counts(s: Subject) {
    let (job, delivery) = s.running().await;
    let mut ends = tokio::task::JoinSet::new();
    for n in 0..20 {
        let (jobs, delivery, now) = (s.stores.jobs.clone(), delivery.clone(), s.now);
        let tenant = s.tenant.clone();
        ends.spawn(async move {
            if n % 2 == 0 {
                jobs.cancel(&tenant, &delivery.entry, now).await.unwrap() == Cancel::Canceled
            } else {
                let finish = success(&n.to_string());
                jobs.finish(&delivery, &finish, now).await.unwrap() == Hold::Held
            }
        });
    }
    let won = ends.join_all().await.into_iter().filter(|won| *won).count();
    assert_eq!(won, 1);
    assert_eq!(s.events(&job.id).await.len(), 3);
    assert_eq!(s.stores.jobs.outbox(10).await.unwrap().len(), 1);
}
