use super::*;
use crate::{
    id::{JobId, Tenant, UploadId, WorkerId},
    job::{JobInput, NewJob},
    lane::{Capability, Class, Lane},
    queue::{IdempotencyClaim, Lookup, Settlement},
    store::{CacheKey, Collection, DocumentKey, NewBlob, NewDocument},
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use std::{os::unix::fs::PermissionsExt, time::Duration};

const LANE: Lane = Lane::new(Capability::Text, Class::Interactive);
const SECRET: &str = "my-grandmother-lives-in-Hue";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_795_397_895_000 + seconds * 1000)
}

fn job(random: u128) -> NewJob {
    NewJob {
        id: JobId::new(at(0), random),
        tenant: Tenant::local(),
        lane: LANE,
        session_id: "session".to_owned(),
        user_id: Some("lan".to_owned()),
        webhook: None,
        input: JobInput::Inline(SECRET.to_owned()),
        created_at: at(0),
        deadline_at: at(60),
        expires_at: at(600),
        traceparent: None,
    }
}

/// Something of everything that expires, all of it the learner's.
async fn fill(stores: &Stores) {
    let tenant = Tenant::local();
    for random in 0..20 {
        stores.jobs.create(&job(random)).await.unwrap();
        stores.lanes.push(LANE, &job(random).envelope(), 100).await.unwrap();
        let key =
            CacheKey { tenant: tenant.clone(), space: "analysis", digest: random.to_string() };
        let keep = Duration::from_secs(600);
        stores.cache.put(&key, SECRET.as_bytes(), Some("lan"), keep, at(0)).await.unwrap();
        let key = DocumentKey::new(Collection::Texts, &tenant, random.to_string());
        let body = [("text".to_owned(), SECRET.into())].into_iter().collect();
        let new = NewDocument { learner: Some("lan".to_owned()), expires_at: at(600), body };
        stores.documents.put(&key, &new, 0, at(0)).await.unwrap();
        let claim = IdempotencyClaim {
            key: random.to_string(),
            fingerprint: "f".to_owned(),
            job: job(random).id,
            keep: Duration::from_secs(600),
        };
        stores.jobs.claim_key(&claim, at(0)).await.unwrap();
        stores.jobs.settle_key(&claim, true, at(0)).await.unwrap();
        let blob = NewBlob {
            id: UploadId::new(at(0), random),
            tenant: tenant.clone(),
            learner: Some("lan".to_owned()),
            media_type: "text/plain".to_owned(),
            created_at: at(0),
            expires_at: at(600),
        };
        let content = stream::iter([Ok(Bytes::from_static(SECRET.as_bytes()))]).boxed();
        stores.blobs.put(&blob, content, 100).await.unwrap();
        stores.fleet.touch_session(&random.to_string(), at(0)).await.unwrap();
    }
    let worker = WorkerId::new(at(0), 1);
    let delivery = stores.lanes.lease(LANE, &worker, at(0)).await.unwrap().unwrap();
    let dead = Settlement::Dead("unreadable".to_owned());
    stores.lanes.settle(&delivery, &dead, at(0)).await.unwrap();
}

/// Whether any file under the folder holds the bytes.
fn holds(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().any(|file| {
        let path = file.unwrap().path();
        if path.is_dir() {
            return holds(&path, bytes);
        }
        std::fs::read(path).unwrap().windows(bytes.len()).any(|window| window == bytes)
    })
}

#[tokio::test]
async fn no_file_holds_what_a_learner_wrote_after_they_are_erased() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = Embedded::open(folder.path()).unwrap();
    let stores = embedded.stores();
    fill(&stores).await;
    assert!(holds(folder.path(), SECRET.as_bytes()));
    let tenant = Tenant::local();
    assert_eq!(stores.jobs.erase_learner(&tenant, "lan", at(1)).await.unwrap(), 20);
    assert_eq!(stores.cache.erase_learner(&tenant, "lan").await.unwrap(), 20);
    let documents = stores.documents.erase_learner(&tenant, "lan").await.unwrap();
    assert_eq!(documents, [(Collection::Texts, 20)]);
    assert_eq!(stores.blobs.erase_learner(&tenant, "lan").await.unwrap(), 20);
    assert!(!holds(folder.path(), SECRET.as_bytes()));
}

#[tokio::test]
async fn nothing_grows_without_bound() {
    let folder = tempfile::tempdir().unwrap();
    let embedded = Embedded::open(folder.path()).unwrap();
    let stores = embedded.stores();
    fill(&stores).await;
    let swept = embedded.sweep(at(61)).await.unwrap();
    assert_eq!(swept, Swept { expired_jobs: 20, blobs: 0 });
    assert_eq!(embedded.sweep(at(601)).await.unwrap(), Swept { expired_jobs: 0, blobs: 20 });
    let tenant = Tenant::local();
    let known = stores.jobs.get(&tenant, &job(1).id, at(602)).await.unwrap();
    assert!(matches!(known, Lookup::Gone), "{known:?}");
    // Entries of jobs that have gone are settled by whoever leases them.
    let worker = WorkerId::new(at(601), 2);
    while let Some(delivery) = stores.lanes.lease(LANE, &worker, at(601)).await.unwrap() {
        stores.lanes.settle(&delivery, &Settlement::Done, at(601)).await.unwrap();
    }
    stores.lanes.leave(&worker, &[LANE], at(601)).await.unwrap();
    let month = 31 * 24 * 3600;
    embedded.sweep(at(month)).await.unwrap();
    stores.lanes.recover(&[LANE], at(month), at(month)).await.unwrap();
    assert!(stores.fleet.workers(at(month)).await.unwrap().is_empty());
    drop((embedded, stores));
    let database = rusqlite::Connection::open(folder.path().join("lexilingo.db")).unwrap();
    let tables: Vec<String> = database
        .prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table'
             AND name NOT LIKE 'sqlite%' AND name <> 'lane_totals'",
        )
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(tables.len() > 10);
    for table in tables {
        let count = format!("SELECT COUNT(*) FROM {table}");
        let rows: i64 = database.query_row(&count, [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn what_a_dead_process_had_leased_comes_back_when_the_folder_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    {
        let stores = Embedded::open(folder.path()).unwrap().stores();
        for random in 0..3 {
            stores.lanes.push(LANE, &job(random).envelope(), 100).await.unwrap();
        }
        let worker = WorkerId::new(at(0), 1);
        stores.lanes.lease(LANE, &worker, at(0)).await.unwrap().unwrap();
        stores.lanes.lease(LANE, &worker, at(0)).await.unwrap().unwrap();
    }
    let stores = Embedded::open(folder.path()).unwrap().stores();
    let worker = WorkerId::new(at(1), 2);
    for (random, crashes) in [(0, 1), (1, 1), (2, 0)] {
        let delivery = stores.lanes.lease(LANE, &worker, at(1)).await.unwrap().unwrap();
        assert_eq!((delivery.entry, delivery.crashes), (job(random).id, crashes));
    }
}

#[test]
fn a_folder_serves_one_process_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let first = Embedded::open(folder.path()).unwrap();
    let refusal = Embedded::open(folder.path()).err().unwrap();
    assert!(refusal.to_string().contains("in use by another process"), "{refusal}");
    drop(first);
    Embedded::open(folder.path()).unwrap();
}

#[test]
fn everything_in_the_folder_is_the_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let _open = Embedded::open(&data).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for file in ["lexilingo.db", "lexilingo.db-wal", "lexilingo.lock"] {
        assert_eq!(mode(&data.join(file)), 0o600, "{file}");
    }
}
