//! `POST /api/v1/uploads`: a file, streamed to the blob store.

use super::upload::Upload;
use crate::{
    access::admission::Charge,
    error::{ApiError, ApiResult},
    extract::{
        Caller, Query,
        body::{refuse_declared_size, too_large, with_patience},
    },
    members::refusal,
    problem_set::problem_set,
    state::{App, AppState},
};
use axum::{
    Json,
    extract::{FromRequest, Multipart, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{SinkExt, StreamExt, channel::mpsc};
use lexilingo_shared::{
    error_code::ErrorCode,
    request::{FieldError, MAX_ID_BYTES},
    store::{BlobInfo, BlobStream, NewBlob, PutBlob},
};
use std::io;
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/uploads";

/// Largest file, in bytes.
const MAX_UPLOAD_BYTES: u64 = 20 * 1024 * 1024;
/// What multipart puts around a file, at most.
const MULTIPART_ROOM: u64 = 64 * 1024;
const MAX_MEDIA_TYPE_BYTES: usize = 127;

problem_set!(UploadsProblems:
    MalformedHeader, BodyTooLarge, UnsupportedMediaType, ValidationFailed, RateLimitExceeded,
    ShuttingDown,
);

/// The file itself.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct FileBytes(#[allow(dead_code)] Vec<u8>);

#[derive(ToSchema)]
#[allow(dead_code)]
pub struct UploadForm {
    file: FileBytes,
}

/// Upload a file.
///
/// The body is the file itself, or a form (`multipart/form-data`) whose field `file` is the file.
#[utoipa::path(
    post,
    path = PATH,
    operation_id = "uploadFile",
    tag = "uploads",
    request_body(
        description = "At most 20 MiB.",
        content((FileBytes = "application/octet-stream"), (UploadForm = "multipart/form-data")),
    ),
    params(("user_id" = Option<String>, Query, description = "Whose file it is, so that erasing the learner finds it.")),
    responses(
        (status = 201, description = "Stored.", body = Upload, headers(
            ("Location" = String, description = "Path of the upload."),
        )),
        UploadsProblems,
    ),
)]
pub async fn post(
    State(app): State<AppState>,
    caller: Caller,
    mut query: Query,
    request: Request,
) -> ApiResult<Response> {
    let learner = query.members.id("user_id", MAX_ID_BYTES);
    let faults = query.members.into_faults();
    if !faults.is_empty() {
        return Err(refusal(faults));
    }
    app.admit(&caller, Charge::Upload).await?;
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let media_type = media_type.map(str::to_owned).unwrap_or_default();
    let now = app.now();
    let blob = |media_type: &str| -> ApiResult<NewBlob> {
        Ok(NewBlob {
            id: app.new_upload_id(),
            tenant: caller.tenant().clone(),
            learner,
            media_type: checked_media_type(media_type)?,
            created_at: now,
            expires_at: now.plus(app.config.storage.retention.uploads),
        })
    };
    let is_form = media_type.to_ascii_lowercase().starts_with("multipart/form-data");
    let info = if is_form {
        refuse_declared_size(request.headers(), MAX_UPLOAD_BYTES + MULTIPART_ROOM)?;
        store_field(&app, request, blob).await?
    } else {
        refuse_declared_size(request.headers(), MAX_UPLOAD_BYTES)?;
        let chunks = with_patience(request.into_body().into_data_stream());
        store(&app, &blob(&media_type)?, Box::pin(chunks)).await?
    };
    if info.size == 0 {
        app.stores.blobs.delete(caller.tenant(), &info.id).await?;
        return Err(ApiError::new(ErrorCode::ValidationFailed, "The file is empty.")
            .with_errors(vec![FieldError::new("", "must not be empty")]));
    }
    let location = [(header::LOCATION, format!("{PATH}/{}", info.id))];
    Ok((StatusCode::CREATED, location, Json(Upload::from(info))).into_response())
}

async fn store(app: &App, blob: &NewBlob, content: BlobStream) -> ApiResult<BlobInfo> {
    app.stores.blobs.put(blob, content, MAX_UPLOAD_BYTES).await.map_err(|error| match error {
        PutBlob::TooLarge { limit } => too_large(limit),
        PutBlob::Interrupted(error) if error.kind() == io::ErrorKind::TimedOut => {
            ApiError::bare(ErrorCode::RequestTimeout)
        }
        PutBlob::Interrupted(_) => broken_form(),
        PutBlob::Store(error) => error.into(),
    })
}

/// Stores the field `file` of a form. The field borrows the form, so its chunks go through a channel to the store.
async fn store_field(
    app: &AppState,
    request: Request,
    blob: impl FnOnce(&str) -> ApiResult<NewBlob>,
) -> ApiResult<BlobInfo> {
    let form = Multipart::from_request(request, app).await;
    let mut form = form.map_err(|_| broken_form())?;
    while let Some(field) = form.next_field().await.map_err(|_| broken_form())? {
        if field.name() != Some("file") {
            continue;
        }
        let blob = blob(field.content_type().unwrap_or("application/octet-stream"))?;
        let (mut sender, receiver) = mpsc::channel::<io::Result<Bytes>>(4);
        let pump = async move {
            let mut chunks = Box::pin(with_patience(field));
            while let Some(chunk) = chunks.next().await {
                // The store stops listening when the file is too large.
                if sender.send(chunk).await.is_err() {
                    break;
                }
            }
        };
        let (stored, ()) = tokio::join!(store(app, &blob, receiver.boxed()), pump);
        return stored;
    }
    Err(ApiError::new(ErrorCode::ValidationFailed, "The form has no field `file`.")
        .with_errors(vec![FieldError::new("/file", "is required")]))
}

fn broken_form() -> ApiError {
    ApiError::new(ErrorCode::ValidationFailed, "The upload broke off or is not a well-formed form.")
}

/// `type/subtype`, parameters left out, in lower case.
fn checked_media_type(text: &str) -> ApiResult<String> {
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let token = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c))
    };
    let fine = essence.split_once('/').is_some_and(|(kind, name)| token(kind) && token(name));
    if fine && essence.len() <= MAX_MEDIA_TYPE_BYTES {
        Ok(essence)
    } else {
        Err(ApiError::new(
            ErrorCode::UnsupportedMediaType,
            "The Content-Type of the file must be a media type such as audio/wav.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_two_tokens() {
        assert_eq!(checked_media_type("Audio/WAV; rate=16000").unwrap(), "audio/wav");
        for bad in ["", "audio", "audio/", "a b/c", "audio/wav/x\"", &"a/".repeat(80)] {
            assert!(checked_media_type(bad).is_err(), "{bad}");
        }
    }
}
