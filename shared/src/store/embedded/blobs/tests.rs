use super::*;
use crate::store::embedded::Embedded;
use bytes::Bytes;
use futures::stream;
use std::fs;

fn new_blob(random: u128) -> NewBlob {
    let now = Timestamp::from_millis(1_000);
    NewBlob {
        id: UploadId::new(now, random),
        tenant: Tenant::local(),
        learner: None,
        media_type: "audio/wav".to_owned(),
        created_at: now,
        expires_at: Timestamp::from_millis(2_000),
    }
}

fn files(root: &Path) -> usize {
    let folders = fs::read_dir(root).unwrap();
    folders.map(|folder| fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

#[tokio::test]
async fn an_upload_that_is_dropped_half_way_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let stores = Embedded::open(folder.path()).unwrap().stores();
    let content = stream::iter([Ok(Bytes::from_static(b"half"))]).chain(stream::pending()).boxed();
    let blob = new_blob(1);
    let put = stores.blobs.put(&blob, content, 100);
    let stopped = tokio::time::timeout(std::time::Duration::from_millis(50), put).await;
    assert!(stopped.is_err());
    assert_eq!(files(&folder.path().join("blobs")), 0);
}

#[tokio::test]
async fn opening_removes_files_that_no_row_names() {
    let folder = tempfile::tempdir().unwrap();
    let blob = new_blob(2);
    {
        let stores = Embedded::open(folder.path()).unwrap().stores();
        let content = stream::iter([Ok(Bytes::from_static(b"whole"))]).boxed();
        stores.blobs.put(&blob, content, 100).await.unwrap();
    }
    let root = folder.path().join("blobs");
    let kept = place(&root, &blob.id);
    fs::write(kept.with_extension("part"), b"half").unwrap();
    fs::write(kept.with_file_name("upl_nobody"), b"whole, but without its row").unwrap();
    assert_eq!(files(&root), 3);
    let stores = Embedded::open(folder.path()).unwrap().stores();
    assert_eq!(files(&root), 1);
    let found = stores.blobs.open(&blob.tenant, &blob.id, blob.created_at).await.unwrap();
    let (info, content) = found.unwrap();
    let chunks: Vec<Bytes> = content.map(Result::unwrap).collect().await;
    assert_eq!((info.size, chunks.concat()), (5, b"whole".to_vec()));
}
