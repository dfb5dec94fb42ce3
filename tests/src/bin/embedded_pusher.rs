//! A process to kill: fills an embedded data folder from 16 callers and tells, line by line, what was acknowledged.
//!
//! `embedded_pusher DIR [ROUNDS]`; ends by itself after ROUNDS jobs, with the rate of durable writes on stderr.

use bytes::Bytes;
use futures::{StreamExt, stream};
use lexilingo_shared::{
    id::UploadId,
    store::{Collection, DocumentKey, NewBlob, NewDocument, embedded::Embedded},
};
use lexilingo_tests::conformance::subject::{LANE, ROOMY, Subject};
use serde_json::json;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

const CALLERS: usize = 16;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_default());
    let rounds: u64 = arguments.next().map_or(Ok(u64::MAX), |rounds| rounds.parse())?;
    let subject = Arc::new(Subject::new(Embedded::open(&folder)?.stores(), ()));
    let (left, writes) = (Arc::new(AtomicU64::new(rounds)), Arc::new(AtomicU64::new(0)));
    let begun = Instant::now();
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..CALLERS {
        let (subject, left, writes) = (Arc::clone(&subject), left.clone(), writes.clone());
        callers.spawn(async move {
            while left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1))
                .is_ok()
            {
                let written = round(&subject, rounds == u64::MAX).await?;
                writes.fetch_add(written, Ordering::SeqCst);
            }
            anyhow::Ok(())
        });
    }
    for ended in callers.join_all().await {
        ended?;
    }
    let rate = writes.load(Ordering::SeqCst) as f64 / begun.elapsed().as_secs_f64();
    eprintln!("{rate:.0} durable writes per second from {CALLERS} callers");
    Ok(())
}

/// One of each kind; returns how many writes that took.
async fn round(s: &Subject, all_kinds: bool) -> anyhow::Result<u64> {
    let job = s.job();
    s.stores.jobs.create(&job).await?;
    println!("job {} {}", s.tenant, job.id);
    s.stores.lanes.push(LANE, &job.envelope(), ROOMY * 1000).await?;
    println!("entry {} {}", s.tenant, job.id);
    if !all_kinds {
        return Ok(2);
    }
    if let Some(delivery) = s.stores.lanes.lease(LANE, &s.worker(), s.now).await? {
        println!("lease {} {}", s.tenant, delivery.entry);
    }
    let key = DocumentKey::new(Collection::Texts, &s.tenant, job.id.as_str());
    let body = json!({"n": 1}).as_object().cloned().unwrap_or_default();
    let document = NewDocument { learner: None, expires_at: s.at(3600), body };
    s.stores.documents.insert(&[(key, document)]).await?;
    println!("document {} {}", s.tenant, job.id);
    let blob = NewBlob {
        id: UploadId::new(s.now, rand::random()),
        tenant: s.tenant.clone(),
        learner: None,
        media_type: "text/plain".to_owned(),
        created_at: s.now,
        expires_at: s.at(3600),
    };
    let content = stream::iter([Ok(Bytes::from_static(&[7; 5000]))]).boxed();
    s.stores.blobs.put(&blob, content, 5000).await?;
    println!("blob {} {}", s.tenant, blob.id);
    Ok(5)
}
