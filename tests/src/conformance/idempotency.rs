//! Promises of idempotency keys.

use super::subject::Subject;
use lexilingo_shared::queue::{IdempotencyClaim, IdempotencyOutcome};
use std::time::Duration;

fn claim(s: &Subject, key: &str, fingerprint: &str) -> IdempotencyClaim {
    IdempotencyClaim {
        key: format!("{}-{key}", s.tenant),
        fingerprint: fingerprint.to_owned(),
        job: s.job_id(),
        keep: Duration::from_secs(3600),
    }
}

pub async fn the_same_idempotency_key_names_the_job_it_made(s: Subject) {
    let first = claim(&s, "k", "body");
    let jobs = &s.stores.jobs;
    assert_eq!(jobs.claim_key(&first, s.now).await.unwrap(), IdempotencyOutcome::Fresh);
    jobs.settle_key(&first, true, s.now).await.unwrap();
    let replay = IdempotencyOutcome::Replay(first.job.clone());
    assert_eq!(jobs.claim_key(&claim(&s, "k", "body"), s.at(3599)).await.unwrap(), replay);
    let other = claim(&s, "other", "body");
    assert_eq!(jobs.claim_key(&other, s.now).await.unwrap(), IdempotencyOutcome::Fresh);
    let late = jobs.claim_key(&claim(&s, "k", "body"), s.at(3601)).await.unwrap();
    assert_eq!(late, IdempotencyOutcome::Fresh);
}

pub async fn the_same_idempotency_key_with_another_body_is_a_mismatch(s: Subject) {
    let first = claim(&s, "k", "body");
    let jobs = &s.stores.jobs;
    jobs.claim_key(&first, s.now).await.unwrap();
    jobs.settle_key(&first, true, s.now).await.unwrap();
    let other = jobs.claim_key(&claim(&s, "k", "another body"), s.now).await.unwrap();
    assert_eq!(other, IdempotencyOutcome::Mismatch);
}

pub async fn an_idempotency_key_in_use_is_in_progress_for_a_minute(s: Subject) {
    let jobs = &s.stores.jobs;
    jobs.claim_key(&claim(&s, "k", "body"), s.now).await.unwrap();
    let second = claim(&s, "k", "body");
    let busy = jobs.claim_key(&second, s.at(59)).await.unwrap();
    assert_eq!(busy, IdempotencyOutcome::InProgress);
    assert_eq!(jobs.claim_key(&second, s.at(61)).await.unwrap(), IdempotencyOutcome::Fresh);
}

pub async fn claiming_again_for_the_same_job_is_still_fresh(s: Subject) {
    let first = claim(&s, "k", "body");
    let jobs = &s.stores.jobs;
    assert_eq!(jobs.claim_key(&first, s.now).await.unwrap(), IdempotencyOutcome::Fresh);
    assert_eq!(jobs.claim_key(&first, s.at(1)).await.unwrap(), IdempotencyOutcome::Fresh);
}

pub async fn a_refused_request_frees_its_idempotency_key(s: Subject) {
    let first = claim(&s, "k", "body");
    let jobs = &s.stores.jobs;
    jobs.claim_key(&first, s.now).await.unwrap();
    jobs.settle_key(&first, false, s.now).await.unwrap();
    let second = claim(&s, "k", "another body");
    assert_eq!(jobs.claim_key(&second, s.now).await.unwrap(), IdempotencyOutcome::Fresh);
    // Who comes too late settles nothing of the next one's.
    jobs.settle_key(&first, false, s.now).await.unwrap();
    jobs.settle_key(&first, true, s.now).await.unwrap();
    let third = jobs.claim_key(&claim(&s, "k", "another body"), s.now).await.unwrap();
    assert_eq!(third, IdempotencyOutcome::InProgress);
}

pub async fn of_many_claims_at_once_one_is_fresh(s: Subject) {
    let mut claims = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (jobs, claim, now) = (s.stores.jobs.clone(), claim(&s, "k", "body"), s.now);
        claims.spawn(async move { jobs.claim_key(&claim, now).await.unwrap() });
    }
    let outcomes = claims.join_all().await;
    let fresh = outcomes.iter().filter(|outcome| **outcome == IdempotencyOutcome::Fresh).count();
    let busy =
        outcomes.iter().filter(|outcome| **outcome == IdempotencyOutcome::InProgress).count();
    assert_eq!((fresh, busy), (1, 19));
}
