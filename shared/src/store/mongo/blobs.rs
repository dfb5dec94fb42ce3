//! Blobs in GridFS's layout (bucket `blobs`), so that its tools read them.
//!
//! The driver's uploader writes the file's entry last; a crash would leave chunks that nothing points to. Here the
//! entry comes first, marked incomplete, and is completed last: whatever breaks off is found by the sweep.

use super::connection::{STORE, fault, is_duplicate};
use crate::{
    id::{Tenant, UploadId},
    store::blobs::{BlobInfo, BlobStream, Blobs, NewBlob, PutBlob},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures::{StreamExt, TryStreamExt};
use mongodb::{
    Collection, Database,
    bson::{Binary, Bson, DateTime, Document, doc, spec::BinarySubtype},
};
use sha2::{Digest, Sha256};
use std::io;

/// Bytes of a chunk, and of an upload that lie in memory at once.
const CHUNK_BYTES: usize = 1024 * 1024;

#[derive(Debug, Clone)]
pub struct MongoBlobs {
    files: Collection<Document>,
    chunks: Collection<Document>,
}

impl MongoBlobs {
    pub(super) fn new(database: &Database) -> Self {
        MongoBlobs {
            files: database.collection("blobs.files"),
            chunks: database.collection("blobs.chunks"),
        }
    }
}

#[async_trait]
impl Blobs for MongoBlobs {
    async fn put(
        &self,
        blob: &NewBlob,
        content: BlobStream,
        limit: u64,
    ) -> Result<BlobInfo, PutBlob> {
        let file = key(&blob.tenant, &blob.id);
        self.begin(&file, blob).await?;
        let stored = match self.store(&file, content, limit).await {
            Ok((size, sha256)) => self.complete(&file, blob, size, sha256).await,
            Err(error) => Err(error),
        };
        if stored.is_err() {
            // Should this fail too, the sweep finds the incomplete entry.
            if let Err(error) = self.remove(&file).await {
                tracing::warn!(%error, "a broken upload is left to the sweep");
            }
        }
        stored
    }

    async fn info(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<BlobInfo>> {
        let filter = doc! {
            "_id": key(tenant, id),
            "metadata.complete": true,
            "metadata.expires_at": { "$gt": date(now) },
        };
        let found = self.files.find_one(filter).await.map_err(fault)?;
        found.map(|file| read(id, &file)).transpose()
    }

    async fn open(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<(BlobInfo, BlobStream)>> {
        let Some(info) = self.info(tenant, id, now).await? else { return Ok(None) };
        let chunks = self
            .chunks
            .find(doc! { "files_id": key(tenant, id) })
            .sort(doc! { "files_id": 1, "n": 1 })
            .batch_size(2)
            .await
            .map_err(fault)?;
        let parts = chunks.map_err(|error| io::Error::other(fault(error)));
        Ok(Some((info.clone(), whole(parts.boxed(), info.size))))
    }

    async fn delete(&self, tenant: &Tenant, id: &UploadId) -> StoreResult<bool> {
        self.remove(&key(tenant, id)).await
    }

    async fn set_digest(&self, tenant: &Tenant, id: &UploadId, digest: &str) -> StoreResult<bool> {
        let change = doc! { "$set": { "metadata.sha256": digest } };
        let changed = self.files.update_one(doc! { "_id": key(tenant, id) }, change).await;
        Ok(changed.map_err(fault)?.matched_count > 0)
    }

    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64> {
        let filter = doc! { "metadata.tenant": tenant.as_str(), "metadata.learner": learner };
        self.remove_all(filter, None).await
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> StoreResult<u64> {
        let filter = doc! { "metadata.expires_at": { "$lte": date(now) } };
        self.remove_all(filter, Some(limit)).await
    }
}

impl MongoBlobs {
    async fn begin(&self, file: &str, blob: &NewBlob) -> StoreResult<()> {
        let mut metadata = doc! {
            "tenant": blob.tenant.as_str(),
            "media_type": &blob.media_type,
            "expires_at": date(blob.expires_at),
            "complete": false,
        };
        if let Some(learner) = &blob.learner {
            metadata.insert("learner", learner);
        }
        let entry = doc! {
            "_id": file,
            "filename": blob.id.as_str(),
            "length": 0_i64,
            "chunkSize": CHUNK_BYTES as i32,
            "uploadDate": date(blob.created_at),
            "metadata": metadata,
        };
        match self.files.insert_one(&entry).await {
            Err(error) if is_duplicate(&error) => {
                // The same upload again, e.g. after a broken first try: it starts afresh.
                self.remove(file).await?;
                self.files.insert_one(&entry).await.map(drop).map_err(fault)
            }
            other => other.map(drop).map_err(fault),
        }
    }

    /// Writes the chunks; returns size and digest.
    async fn store(
        &self,
        file: &str,
        mut content: BlobStream,
        limit: u64,
    ) -> Result<(u64, String), PutBlob> {
        let mut digest = Sha256::new();
        let mut size = 0_u64;
        let mut chunks = 0_i32;
        let mut pending = BytesMut::new();
        while let Some(part) = content.next().await {
            let part = part.map_err(PutBlob::Interrupted)?;
            size += part.len() as u64;
            if size > limit {
                return Err(PutBlob::TooLarge { limit });
            }
            digest.update(&part);
            pending.extend_from_slice(&part);
            while pending.len() >= CHUNK_BYTES {
                let chunk = pending.split_to(CHUNK_BYTES);
                self.store_chunk(file, chunks, &chunk).await?;
                chunks += 1;
            }
        }
        if !pending.is_empty() {
            self.store_chunk(file, chunks, &pending).await?;
        }
        Ok((size, hex::encode(digest.finalize())))
    }

    async fn store_chunk(&self, file: &str, n: i32, bytes: &[u8]) -> StoreResult<()> {
        let data = Binary { subtype: BinarySubtype::Generic, bytes: bytes.to_vec() };
        let chunk = doc! { "_id": format!("{file}/{n}"), "files_id": file, "n": n, "data": data };
        self.chunks.insert_one(chunk).await.map(drop).map_err(fault)
    }

    async fn complete(
        &self,
        file: &str,
        blob: &NewBlob,
        size: u64,
        sha256: String,
    ) -> Result<BlobInfo, PutBlob> {
        let change = doc! { "$set": {
            "length": i64::try_from(size).unwrap_or(i64::MAX),
            "metadata.sha256": &sha256,
            "metadata.complete": true,
        } };
        let changed = self.files.update_one(doc! { "_id": file }, change).await.map_err(fault)?;
        if changed.matched_count == 0 {
            // Erased or swept while it was coming in.
            return Err(PutBlob::Interrupted(io::Error::other("removed during the upload")));
        }
        Ok(BlobInfo {
            id: blob.id.clone(),
            size,
            sha256,
            media_type: blob.media_type.clone(),
            expires_at: blob.expires_at,
        })
    }

    /// Hides the blob first, so that nobody opens half of it; the entry goes last, so that a crash leaves it to find.
    async fn remove(&self, file: &str) -> StoreResult<bool> {
        let hide = doc! { "$set": { "metadata.complete": false } };
        self.files.update_one(doc! { "_id": file }, hide).await.map_err(fault)?;
        self.chunks.delete_many(doc! { "files_id": file }).await.map_err(fault)?;
        let gone = self.files.delete_one(doc! { "_id": file }).await.map_err(fault)?;
        Ok(gone.deleted_count == 1)
    }

    async fn remove_all(&self, filter: Document, limit: Option<usize>) -> StoreResult<u64> {
        let limit = limit.map_or(0, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let find = self.files.find(filter).projection(doc! { "_id": 1 }).limit(limit);
        let mut found = find.await.map_err(fault)?;
        let mut removed = 0;
        while let Some(file) = found.try_next().await.map_err(fault)? {
            let id = file.get_str("_id").map_err(|_| corrupt("id"))?;
            removed += u64::from(self.remove(id).await?);
        }
        Ok(removed)
    }
}

/// The chunks' bytes; an error when they are not exactly `size` bytes in a row.
fn whole(
    chunks: futures::stream::BoxStream<'static, io::Result<Document>>,
    size: u64,
) -> BlobStream {
    let state = (chunks, 0_i32, size);
    futures::stream::try_unfold(state, |(mut chunks, n, left)| async move {
        let Some(chunk) = chunks.try_next().await? else {
            let cut = io::Error::new(io::ErrorKind::UnexpectedEof, "a chunk is missing");
            return if left == 0 { Ok(None) } else { Err(cut) };
        };
        let fits = chunk.get_i32("n").ok() == Some(n);
        let bytes = match chunk.get("data") {
            Some(Bson::Binary(data)) if fits && data.bytes.len() as u64 <= left => {
                Bytes::copy_from_slice(&data.bytes)
            }
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "a chunk does not fit")),
        };
        let left = left - bytes.len() as u64;
        Ok(Some((bytes, (chunks, n + 1, left))))
    })
    .boxed()
}

fn read(id: &UploadId, file: &Document) -> StoreResult<BlobInfo> {
    let metadata = file.get_document("metadata").map_err(|_| corrupt("metadata"))?;
    let text = |name| metadata.get_str(name).map(str::to_owned).map_err(|_| corrupt(name));
    let size = file.get_i64("length").ok().and_then(|length| length.try_into().ok());
    let expires_at = metadata.get_datetime("expires_at").map_err(|_| corrupt("expires_at"))?;
    Ok(BlobInfo {
        id: id.clone(),
        size: size.ok_or_else(|| corrupt("length"))?,
        sha256: text("sha256")?,
        media_type: text("media_type")?,
        expires_at: Timestamp::from_millis(expires_at.timestamp_millis()),
    })
}

fn key(tenant: &Tenant, id: &UploadId) -> String {
    format!("{tenant}/{id}")
}

fn date(at: Timestamp) -> DateTime {
    DateTime::from_millis(at.as_millis())
}

fn corrupt(what: &str) -> StoreError {
    StoreError::corrupt(STORE, format!("a blob's {what}"))
}
