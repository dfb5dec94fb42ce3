//! Promises of blobs.

use super::subject::Subject;
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use lexilingo_shared::{
    id::UploadId,
    store::{BlobStream, NewBlob, PutBlob},
};
use sha2::{Digest, Sha256};
use std::io;

const LIMIT: u64 = 10 << 20;

fn new_blob(s: &Subject) -> NewBlob {
    NewBlob {
        id: UploadId::new(s.now, rand::random()),
        tenant: s.tenant.clone(),
        learner: Some("lan".to_owned()),
        media_type: "audio/wav".to_owned(),
        created_at: s.now,
        expires_at: s.at(3600),
    }
}

fn chunks(content: &[u8], size: usize) -> BlobStream {
    let chunks: Vec<io::Result<Bytes>> =
        content.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    stream::iter(chunks).boxed()
}

async fn stored(s: &Subject) -> NewBlob {
    let blob = new_blob(s);
    s.stores.blobs.put(&blob, chunks(b"RIFF", 2), LIMIT).await.unwrap();
    blob
}

async fn is_there(s: &Subject, blob: &NewBlob) -> bool {
    let info = s.stores.blobs.info(&s.tenant, &blob.id, s.now).await.unwrap();
    let open = s.stores.blobs.open(&s.tenant, &blob.id, s.now).await.unwrap();
    assert_eq!(info.is_some(), open.is_some());
    info.is_some()
}

pub async fn a_blob_is_streamed_back_whole(s: Subject) {
    for (size, chunk) in [(0, 1), (1, 1), (1_000_003, 70_001), (600_000, 600_000)] {
        let content: Vec<u8> = (0..size).map(|n: usize| (n * 31 % 251) as u8).collect();
        let blob = new_blob(&s);
        let put = s.stores.blobs.put(&blob, chunks(&content, chunk), size as u64).await.unwrap();
        assert_eq!((put.size, &put.id), (size as u64, &blob.id));
        assert_eq!(put.sha256, hex(&Sha256::digest(&content)));
        let (info, read) =
            s.stores.blobs.open(&s.tenant, &blob.id, s.now).await.unwrap().expect("it is there");
        assert_eq!(info, put);
        assert_eq!((&info.media_type, info.expires_at), (&blob.media_type, blob.expires_at));
        let read: Vec<Bytes> = read.try_collect().await.unwrap();
        assert!(read.iter().all(|chunk| chunk.len() <= 1 << 20));
        assert!(read.concat() == content);
    }
}

pub async fn a_blob_over_the_limit_leaves_nothing(s: Subject) {
    let blob = new_blob(&s);
    let refused = s.stores.blobs.put(&blob, chunks(&[7; 1001], 100), 1000).await;
    assert!(matches!(refused, Err(PutBlob::TooLarge { limit: 1000 })), "{refused:?}");
    assert!(!is_there(&s, &blob).await);
    // The id is free for the next try.
    s.stores.blobs.put(&blob, chunks(&[7; 1000], 100), 1000).await.unwrap();
    assert!(is_there(&s, &blob).await);
}

pub async fn an_upload_that_breaks_off_leaves_nothing(s: Subject) {
    let blob = new_blob(&s);
    let broken = io::Error::from(io::ErrorKind::ConnectionReset);
    let content = chunks(&[7; 500_000], 100_000).chain(stream::iter([Err(broken)])).boxed();
    let refused = s.stores.blobs.put(&blob, content, LIMIT).await;
    assert!(matches!(refused, Err(PutBlob::Interrupted(_))), "{refused:?}");
    assert!(!is_there(&s, &blob).await);
}

pub async fn two_tenants_never_see_each_others_blobs(s: Subject) {
    let blob = stored(&s).await;
    let blobs = &s.stores.blobs;
    assert!(blobs.info(&s.stranger, &blob.id, s.now).await.unwrap().is_none());
    assert!(blobs.open(&s.stranger, &blob.id, s.now).await.unwrap().is_none());
    assert!(!blobs.delete(&s.stranger, &blob.id).await.unwrap());
    assert_eq!(blobs.erase_learner(&s.stranger, "lan").await.unwrap(), 0);
    assert!(is_there(&s, &blob).await);
}

pub async fn a_deleted_blob_is_gone(s: Subject) {
    let blob = stored(&s).await;
    assert!(s.stores.blobs.delete(&s.tenant, &blob.id).await.unwrap());
    assert!(!s.stores.blobs.delete(&s.tenant, &blob.id).await.unwrap());
    assert!(!is_there(&s, &blob).await);
}

pub async fn an_expired_blob_is_not_shown_and_is_swept(s: Subject) {
    let (first, kept) = (stored(&s).await, new_blob(&s));
    stored(&s).await;
    let kept = NewBlob { expires_at: s.at(9000), ..kept };
    s.stores.blobs.put(&kept, chunks(b"RIFF", 4), LIMIT).await.unwrap();
    let blobs = &s.stores.blobs;
    assert!(blobs.info(&s.tenant, &first.id, s.at(3601)).await.unwrap().is_none());
    assert!(blobs.open(&s.tenant, &first.id, s.at(3601)).await.unwrap().is_none());
    assert_eq!(blobs.sweep(s.at(3601), 1).await.unwrap(), 1);
    assert_eq!(blobs.sweep(s.at(3601), 10).await.unwrap(), 1);
    assert_eq!(blobs.sweep(s.at(3601), 10).await.unwrap(), 0);
    // Gone for good, not only by the clock.
    assert!(!is_there(&s, &first).await);
    assert!(is_there(&s, &kept).await);
}

pub async fn erasing_a_learner_removes_their_blobs(s: Subject) {
    let (first, second) = (stored(&s).await, stored(&s).await);
    let other = NewBlob { learner: None, ..new_blob(&s) };
    s.stores.blobs.put(&other, chunks(b"RIFF", 4), LIMIT).await.unwrap();
    assert_eq!(s.stores.blobs.erase_learner(&s.tenant, "lan").await.unwrap(), 2);
    assert!(!is_there(&s, &first).await && !is_there(&s, &second).await);
    assert!(is_there(&s, &other).await);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
