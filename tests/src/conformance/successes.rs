//! Promises of jobs that succeeded: what their session's next jobs look back on, and documents that follow.

use super::subject::Subject;
use lexilingo_shared::{
    id::JobId,
    job::NewJob,
    queue::{Backlog, Finish, Hold, Settlement, Started, Success},
};

async fn succeed(s: &Subject, job: NewJob, n: u64) -> JobId {
    s.stores.jobs.create(&job).await.unwrap();
    s.push(&job).await;
    let delivery = s.leased(&s.worker()).await;
    s.stores.jobs.start(&delivery, s.now).await.unwrap();
    let success = Success {
        result: format!(r#"{{"n":{n}}}"#),
        turn: format!(r#"{{"turn":{n}}}"#),
        interaction: format!(r#"{{"line":{n}}}"#),
    };
    let finish = Finish::Succeeded(success);
    assert_eq!(s.stores.jobs.finish(&delivery, &finish, s.at(n)).await.unwrap(), Hold::Held);
    s.stores.lanes.settle(&delivery, &Settlement::Done, s.now).await.unwrap();
    job.id
}

/// The turns that a new job looks back on.
async fn past(s: &Subject, job: NewJob) -> Vec<String> {
    s.stores.jobs.create(&job).await.unwrap();
    s.push(&job).await;
    let delivery = s.leased(&s.worker()).await;
    let started = s.stores.jobs.start(&delivery, s.at(10)).await.unwrap();
    let Started::Run { past, .. } = started else { panic!("{started:?}") };
    s.stores.lanes.settle(&delivery, &Settlement::Done, s.now).await.unwrap();
    past
}

pub async fn a_job_looks_back_on_the_last_five_turns_of_its_session(s: Subject) {
    for n in 1..=7 {
        succeed(&s, s.job(), n).await;
    }
    let expected: Vec<String> = (3..=7).map(|n| format!(r#"{{"turn":{n}}}"#)).collect();
    assert_eq!(past(&s, s.job()).await, expected);
    let another = NewJob { session_id: "session-2".to_owned(), ..s.job() };
    assert_eq!(past(&s, another).await, Vec::<String>::new());
    let stranger = NewJob { tenant: s.stranger.clone(), ..s.job() };
    assert_eq!(past(&s, stranger).await, Vec::<String>::new());
}

pub async fn a_failed_job_leaves_no_turn_and_nothing_to_write(s: Subject) {
    let (_, delivery) = s.running().await;
    s.stores.jobs.finish(&delivery, &Finish::Expired, s.now).await.unwrap();
    s.stores.lanes.settle(&delivery, &Settlement::Done, s.now).await.unwrap();
    assert_eq!(past(&s, s.job()).await, Vec::<String>::new());
    assert_eq!(s.stores.jobs.backlog(s.at(100)).await.unwrap(), Backlog::default());
}

pub async fn a_success_is_unwritten_until_its_documents_are_written(s: Subject) {
    let (first, second) = (s.job(), s.job());
    let input = first.input.clone();
    let ids = [succeed(&s, first, 1).await, succeed(&s, second, 2).await];
    let jobs = &s.stores.jobs;
    assert_eq!(jobs.backlog(s.at(1)).await.unwrap().waiting, 0);
    assert_eq!(jobs.backlog(s.at(2)).await.unwrap().waiting, 1);
    assert_eq!(jobs.backlog(s.at(3)).await.unwrap(), Backlog { waiting: 2, given_up: 0 });

    let unwritten = jobs.unwritten(s.at(3), 10).await.unwrap();
    let found: Vec<&JobId> = unwritten.iter().map(|one| &one.record.id).collect();
    assert_eq!(found, [&ids[0], &ids[1]]);
    assert_eq!(unwritten[0].input, input);
    assert_eq!(unwritten[0].interaction, r#"{"line":1}"#);
    assert_eq!(unwritten[0].record.result.as_ref().unwrap().get(), r#"{"n":1}"#);
    assert_eq!(jobs.unwritten(s.at(3), 1).await.unwrap().len(), 1);

    assert_eq!(jobs.written(&ids[..1]).await.unwrap(), Vec::new());
    assert_eq!(jobs.written(&ids[..1]).await.unwrap(), Vec::new());
    let left = jobs.unwritten(s.at(3), 10).await.unwrap();
    assert_eq!((left.len(), &left[0].record.id), (1, &ids[1]));
    assert_eq!(s.record(&ids[0]).await.result.unwrap().get(), r#"{"n":1}"#);
}

pub async fn whoever_writes_an_erased_learners_documents_is_told(s: Subject) {
    let id = succeed(&s, s.job(), 1).await;
    assert_eq!(s.stores.jobs.erase_learner(&s.tenant, "lan", s.now).await.unwrap().len(), 1);
    assert!(s.stores.jobs.unwritten(s.at(3), 10).await.unwrap().is_empty());
    assert_eq!(s.stores.jobs.backlog(s.at(3)).await.unwrap(), Backlog::default());
    assert_eq!(s.stores.jobs.written(std::slice::from_ref(&id)).await.unwrap(), [id]);
    assert_eq!(past(&s, s.job()).await, Vec::<String>::new());
}
