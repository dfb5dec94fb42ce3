//! `GET /api/v1/uploads/{id}`: what is known of an uploaded file.

use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::AppState,
};
use axum::{Json, extract::State};
use lexilingo_shared::{error_code::ErrorCode, id::UploadId, store::BlobInfo, time::Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/uploads/{id}";

problem_set!(UploadProblems: UploadNotFound);

/// An uploaded file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Upload {
    pub id: UploadId,
    /// Bytes.
    pub size: u64,
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    pub media_type: String,
    pub expires_at: Timestamp,
}

impl From<BlobInfo> for Upload {
    fn from(info: BlobInfo) -> Self {
        let BlobInfo { id, size, sha256, media_type, expires_at } = info;
        Upload { id, size, sha256, media_type, expires_at }
    }
}

/// Read about an upload.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "getUpload",
    tag = "uploads",
    params(("id" = UploadId, Path, description = "The upload's id.")),
    responses((status = 200, description = "The upload.", body = Upload), UploadProblems),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<Json<Upload>> {
    let id: UploadId = id.parse(ErrorCode::UploadNotFound)?;
    let info = app.stores.blobs.info(caller.tenant(), &id, app.now()).await?;
    info.map(|info| Json(info.into())).ok_or_else(|| ApiError::bare(ErrorCode::UploadNotFound))
}
