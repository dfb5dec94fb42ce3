//! Blobs, sealed as they stream. The inner store sees and counts the sealed bytes; size and digest of the content itself
//! take the digest's place there, sealed too, because a digest of a short text tells the text.

use super::{Seal, place};
use crate::{
    id::{Tenant, UploadId},
    sealing::{
        MasterKeys, OpenError, envelope,
        segments::{SEGMENT_BYTES, SegmentOpener, SegmentSealer, TAG_BYTES},
    },
    store::{BlobInfo, BlobStream, Blobs, NewBlob, PutBlob},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use bytes::Bytes;
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

const STORE: &str = "blobs";
const CONTENT: &str = "blob";
const FACTS: &str = "blob facts";
/// Longest header of a sealed stream.
const HEADER_BYTES: u64 = 64;

pub(super) struct SealedBlobs {
    pub inner: Arc<dyn Blobs>,
    pub seal: Seal,
}

/// What is known of a content while it streams in.
#[derive(Default)]
struct Measure {
    size: u64,
    digest: Sha256,
    too_large: bool,
}

/// What is told of a content that is sealed.
#[derive(Serialize, Deserialize)]
struct Facts {
    size: u64,
    sha256: String,
}

#[async_trait]
impl Blobs for SealedBlobs {
    async fn put(
        &self,
        blob: &NewBlob,
        content: BlobStream,
        limit: u64,
    ) -> Result<BlobInfo, PutBlob> {
        let Some(key) = self.seal.keys.newest() else {
            return self.inner.put(blob, content, limit).await;
        };
        let place_of = |what| place(&blob.tenant, what, blob.id.as_str());
        let sealer = SegmentSealer::new(key, &place_of(CONTENT), rand::random());
        let measure = Arc::new(Mutex::new(Measure::default()));
        let sealed = sealing(sealer, content, measure.clone(), limit);
        let put = self.inner.put(blob, sealed, sealed_limit(limit)).await;
        let (facts, too_large) = {
            let measure = measure.lock().unwrap_or_else(PoisonError::into_inner);
            let sha256 = hex::encode(measure.digest.clone().finalize());
            (Facts { size: measure.size, sha256 }, measure.too_large)
        };
        if too_large {
            return Err(PutBlob::TooLarge { limit });
        }
        let info = put?;
        let json = serde_json::to_string(&facts).map_err(|e| StoreError::corrupt(STORE, e))?;
        let digest = self.seal.text(&place_of(FACTS), &json);
        if !self.inner.set_digest(&blob.tenant, &blob.id, &digest).await? {
            // Erased or swept while it was coming in.
            return Err(PutBlob::Interrupted(io::Error::other("removed during the upload")));
        }
        Ok(BlobInfo { size: facts.size, sha256: facts.sha256, ..info })
    }

    async fn info(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<BlobInfo>> {
        let Some(stored) = self.inner.info(tenant, id, now).await? else { return Ok(None) };
        self.told(tenant, stored).map(Some)
    }

    async fn open(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<(BlobInfo, BlobStream)>> {
        let Some((stored, content)) = self.inner.open(tenant, id, now).await? else {
            return Ok(None);
        };
        if !envelope::is_sealed_text(&stored.sha256) {
            return Ok(Some((stored, content)));
        }
        let keys = MasterKeys::clone(&self.seal.keys);
        let opener = SegmentOpener::new(keys, &place(tenant, CONTENT, id.as_str()));
        Ok(Some((self.told(tenant, stored)?, opening(opener, content))))
    }

    async fn delete(&self, tenant: &Tenant, id: &UploadId) -> StoreResult<bool> {
        self.inner.delete(tenant, id).await
    }

    async fn set_digest(&self, tenant: &Tenant, id: &UploadId, digest: &str) -> StoreResult<bool> {
        self.inner.set_digest(tenant, id, digest).await
    }

    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64> {
        self.inner.erase_learner(tenant, learner).await
    }

    async fn sweep(&self, now: Timestamp, limit: usize) -> StoreResult<u64> {
        self.inner.sweep(now, limit).await
    }
}

impl SealedBlobs {
    /// The content's own size and digest.
    fn told(&self, tenant: &Tenant, stored: BlobInfo) -> StoreResult<BlobInfo> {
        if !envelope::is_sealed_text(&stored.sha256) {
            return Ok(stored);
        }
        let place = place(tenant, FACTS, stored.id.as_str());
        let json = self.seal.open_text(STORE, &place, stored.sha256)?;
        let Facts { size, sha256 } =
            serde_json::from_str(&json).map_err(|e| StoreError::corrupt(STORE, e))?;
        Ok(BlobInfo { size, sha256, ..stored })
    }
}

/// How large a content of at most `limit` bytes is when it is sealed.
fn sealed_limit(limit: u64) -> u64 {
    let segments = limit / SEGMENT_BYTES as u64 + 1;
    limit.saturating_add(segments * TAG_BYTES as u64 + HEADER_BYTES)
}

fn broken(error: OpenError) -> io::Error {
    io::Error::other(error)
}

fn sealing(
    sealer: SegmentSealer,
    content: BlobStream,
    measure: Arc<Mutex<Measure>>,
    limit: u64,
) -> BlobStream {
    let state = Some((sealer, content, measure));
    let pieces = futures::stream::try_unfold(state, move |state| async move {
        let Some((mut sealer, mut content, measure)) = state else { return Ok(None) };
        match content.next().await {
            Some(Ok(some)) => {
                let within =
                    measure.lock().unwrap_or_else(PoisonError::into_inner).add(&some, limit);
                if !within {
                    return Err(io::Error::other("larger than it may be"));
                }
                let sealed = sealer.push(&some).map_err(broken)?;
                Ok(Some((Bytes::from(sealed), Some((sealer, content, measure)))))
            }
            Some(Err(error)) => Err(error),
            None => Ok(Some((Bytes::from(sealer.finish().map_err(broken)?), None))),
        }
    });
    pieces.boxed()
}

fn opening(opener: SegmentOpener, content: BlobStream) -> BlobStream {
    let pieces = futures::stream::try_unfold(Some((opener, content)), |state| async move {
        let Some((mut opener, mut content)) = state else { return Ok(None) };
        match content.next().await {
            Some(Ok(some)) => {
                let opened = opener.push(&some).map_err(broken)?;
                Ok(Some((Bytes::from(opened), Some((opener, content)))))
            }
            Some(Err(error)) => Err(error),
            None => Ok(Some((Bytes::from(opener.finish().map_err(broken)?), None))),
        }
    });
    pieces.boxed()
}

impl Measure {
    /// False when the content is larger than it may be.
    fn add(&mut self, some: &[u8], limit: u64) -> bool {
        self.size += some.len() as u64;
        self.digest.update(some);
        self.too_large = self.size > limit;
        !self.too_large
    }
}
