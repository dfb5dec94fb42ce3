//! A job's request, wherever it lies.

use futures::StreamExt;
use lexilingo_shared::{
    id::Tenant,
    job::JobInput,
    request::AnalyzeRequest,
    store::Blobs,
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};

pub async fn read(
    blobs: &dyn Blobs,
    tenant: &Tenant,
    input: JobInput,
    now: Timestamp,
) -> StoreResult<AnalyzeRequest> {
    let json = match input {
        JobInput::Inline(json) => json.into_bytes(),
        JobInput::Blob(id) => {
            let Some((info, mut chunks)) = blobs.open(tenant, &id, now).await? else {
                return Err(StoreError::corrupt("blobs", "the input is gone"));
            };
            let mut bytes = Vec::with_capacity(usize::try_from(info.size).unwrap_or(0));
            while let Some(chunk) = chunks.next().await {
                bytes.extend_from_slice(&chunk.map_err(|e| StoreError::unavailable("blobs", e))?);
            }
            bytes
        }
    };
    // The parser's message could quote the learner, so it is not passed on.
    serde_json::from_slice(&json)
        .map_err(|_| StoreError::corrupt("jobs", "the input is not a request"))
}
