//! Blobs: uploads and long inputs, streamed in and out, never whole in memory.

use crate::{
    id::{Tenant, UploadId},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};

/// Chunks of a blob; an error ends it.
pub type BlobStream = BoxStream<'static, Result<Bytes, std::io::Error>>;

#[derive(Debug, Clone)]
pub struct NewBlob {
    pub id: UploadId,
    pub tenant: Tenant,
    pub learner: Option<String>,
    pub media_type: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobInfo {
    pub id: UploadId,
    /// Bytes.
    pub size: u64,
    /// Hex, unless `set_digest` put something else in its place.
    pub sha256: String,
    pub media_type: String,
    pub expires_at: Timestamp,
}

/// Why a blob was not stored; nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum PutBlob {
    #[error("larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the upload broke off: {0}")]
    Interrupted(std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[async_trait]
pub trait Blobs: Send + Sync + 'static {
    /// Stores the stream if it has at most `limit` bytes. Durable when it returns.
    async fn put(
        &self,
        blob: &NewBlob,
        content: BlobStream,
        limit: u64,
    ) -> Result<BlobInfo, PutBlob>;

    /// What is known of a blob of this tenant, unless it has expired.
    async fn info(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<BlobInfo>>;

    async fn open(
        &self,
        tenant: &Tenant,
        id: &UploadId,
        now: Timestamp,
    ) -> StoreResult<Option<(BlobInfo, BlobStream)>>;

    async fn delete(&self, tenant: &Tenant, id: &UploadId) -> StoreResult<bool>;

    /// Puts `digest` in the place of the stored content's; for a layer that changes contents on their way in. False when
    /// there is no such blob.
    async fn set_digest(&self, tenant: &Tenant, id: &UploadId, digest: &str) -> StoreResult<bool>;

    /// Removes every blob of the learner; returns how many.
    async fn erase_learner(&self, tenant: &Tenant, learner: &str) -> StoreResult<u64>;

    /// Removes up to `limit` expired blobs; returns how many.
    async fn sweep(&self, now: Timestamp, limit: usize) -> StoreResult<u64>;
}
