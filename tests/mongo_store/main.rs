//! What the stores on MongoDB have to stand that no seam can express: faults of the server and broken uploads.

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use lexilingo_shared::{
    id::{Tenant, UploadId},
    store::{
        Blobs, Collection, DocumentKey, Documents, NewBlob, NewDocument, Put, PutBlob, mongo::Mongo,
    },
    time::{Clock, SystemClock},
};
use lexilingo_tests::servers::MongoServer;
use mongodb::bson::{Document, doc};
use serde_json::{Map, Value, json};
use std::time::Duration;

#[tokio::test]
async fn stores() {
    let mut server = MongoServer::start().await.unwrap();
    let mongo = Mongo::connect(&server.uri(), Some("stores")).await.unwrap();
    members_lie_open_and_read_back(&mongo).await;
    a_blob_is_stored_in_chunks_and_a_broken_one_leaves_nothing(&mongo).await;
    a_passing_fault_is_not_seen(&server, &mongo).await;
    nothing_acknowledged_is_lost_when_the_server_is_killed(&mut server, &mongo).await;
}

fn key(id: &str) -> DocumentKey {
    DocumentKey::new(Collection::Interactions, &Tenant::local(), id)
}

fn document(members: Value) -> NewDocument {
    let Value::Object(body) = members else { panic!("not an object") };
    let expires_at = SystemClock.now().plus(Duration::from_secs(3600));
    NewDocument { learner: Some("learner".to_owned()), expires_at, body }
}

async fn members_lie_open_and_read_back(mongo: &Mongo) {
    let documents = mongo.documents();
    let now = SystemClock.now();
    let members = json!({"job_id": "job_1", "scores": [1, 1.0, u64::MAX], "$x.y": {"$date": "no"}});
    let stored = documents.put(&key("open"), &document(members.clone()), 0, now).await.unwrap();
    assert_eq!(stored, Put::Stored);
    let read = documents.get(&key("open"), now).await.unwrap().unwrap();
    assert_eq!(Value::Object(read.body), members);
    let raw = mongo.database().collection::<Document>("ai_interactions");
    let found = raw.find_one(doc! { "job_id": "job_1", "tenant": "local" }).await.unwrap();
    assert!(found.is_some());

    let taken = documents.put(&key("open"), &document(json!({})), 0, now).await.unwrap();
    assert_eq!(taken, Put::Conflict);
    let mut batch = vec![(key("open"), document(json!({})))];
    batch.extend((0..150).map(|n| (key(&format!("batch-{n}")), document(json!({"n": n})))));
    assert_eq!(documents.insert(&batch).await.unwrap(), 150);
    assert_eq!(documents.insert(&batch).await.unwrap(), 0);
}

fn new_blob() -> NewBlob {
    let now = SystemClock.now();
    NewBlob {
        id: UploadId::new(now, rand::random()),
        tenant: Tenant::local(),
        learner: None,
        media_type: "audio/wav".to_owned(),
        created_at: now,
        expires_at: now.plus(Duration::from_secs(60)),
    }
}

async fn a_blob_is_stored_in_chunks_and_a_broken_one_leaves_nothing(mongo: &Mongo) {
    let blobs = mongo.blobs();
    let now = SystemClock.now();
    let part = Bytes::from(vec![7_u8; 300_000]);
    let parts = move |count: usize| {
        let parts: Vec<Result<Bytes, std::io::Error>> =
            (0..count).map(|_| Ok(part.clone())).collect();
        futures::stream::iter(parts)
    };
    let blob = new_blob();
    let stored = blobs.put(&blob, parts(10).boxed(), 3_000_000).await.unwrap();
    assert_eq!(stored.size, 3_000_000);
    let (info, content) = blobs.open(&blob.tenant, &blob.id, now).await.unwrap().unwrap();
    assert_eq!(info, stored);
    let content: Vec<Bytes> = content.try_collect().await.unwrap();
    assert_eq!(content.len(), 3, "one mebibyte each");
    assert_eq!(content.concat(), vec![7_u8; 3_000_000]);

    let too_large = blobs.put(&new_blob(), parts(10).boxed(), 2_999_999).await;
    assert!(matches!(too_large, Err(PutBlob::TooLarge { limit: 2_999_999 })));
    let cut = parts(5).chain(futures::stream::iter([Err(std::io::Error::other("cut"))]));
    let interrupted = blobs.put(&new_blob(), cut.boxed(), 3_000_000).await;
    assert!(matches!(interrupted, Err(PutBlob::Interrupted(_))));
    // One that is dropped half-way is invisible, and the sweep takes it.
    let stalled = new_blob();
    let endless = parts(5).chain(futures::stream::pending());
    let put = blobs.put(&stalled, endless.boxed(), 3_000_000);
    assert!(tokio::time::timeout(Duration::from_secs(2), put).await.is_err());
    assert!(blobs.info(&stalled.tenant, &stalled.id, now).await.unwrap().is_none());
    let late = now.plus(Duration::from_secs(3600));
    assert_eq!(blobs.sweep(late, 10).await.unwrap(), 2);
    for left in ["blobs.files", "blobs.chunks"] {
        let left = mongo.database().collection::<Document>(left);
        assert_eq!(left.count_documents(doc! {}).await.unwrap(), 0);
    }
}

async fn a_passing_fault_is_not_seen(server: &MongoServer, mongo: &Mongo) {
    // The connection breaks after the write was done: the driver's repetition must not count it twice.
    let fault = doc! {
        "configureFailPoint": "failCommand",
        "mode": { "times": 1 },
        "data": { "failCommands": ["insert"], "closeConnection": true },
    };
    server.run(fault).await.unwrap();
    let inserted = mongo.documents().insert(&[(key("fault"), document(json!({})))]).await;
    assert_eq!(inserted.unwrap(), 1);
}

async fn nothing_acknowledged_is_lost_when_the_server_is_killed(
    server: &mut MongoServer,
    mongo: &Mongo,
) {
    let documents = mongo.documents();
    let now = SystemClock.now();
    for version in 0..20 {
        let members: Map<String, Value> = Map::from_iter([("n".to_owned(), json!(version))]);
        let next = document(Value::Object(members));
        let stored = documents.put(&key("kept"), &next, version, now).await.unwrap();
        assert_eq!(stored, Put::Stored);
    }
    server.kill();
    server.restart().await.unwrap();
    let kept = documents.get(&key("kept"), now).await.unwrap().unwrap();
    assert_eq!((kept.version, kept.body["n"].clone()), (20, json!(19)));
    let stale = documents.put(&key("kept"), &document(json!({})), 19, now).await.unwrap();
    assert_eq!(stale, Put::Conflict);
}
