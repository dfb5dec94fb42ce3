//! Reading a body within bounds of size, time and memory.

use crate::{
    error::{ApiError, ApiResult},
    state::App,
};
use axum::{
    body::{Body, BodyDataStream},
    http::{HeaderMap, header},
};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt};
use lexilingo_shared::error_code::ErrorCode;
use std::{io, time::Duration};

/// Time that a whole JSON body may take.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Time that an upload may be silent.
const CHUNK_TIME: Duration = Duration::from_secs(15);
/// Bodies above this count as large, and only a few of them are read at once.
const LARGE: usize = 256 * 1024;

/// The whole body, if it has at most `limit` bytes.
pub async fn read_whole(
    app: &App,
    headers: &HeaderMap,
    body: Body,
    limit: u64,
) -> ApiResult<Bytes> {
    refuse_declared_size(headers, limit)?;
    match tokio::time::timeout(BODY_TIME, collect(app, body.into_data_stream(), limit)).await {
        Ok(read) => read,
        Err(_) => Err(too_slow()),
    }
}

/// Refuses before anything is read when the client itself says that it is too much.
pub fn refuse_declared_size(headers: &HeaderMap, limit: u64) -> ApiResult<()> {
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    match declared.and_then(|text| text.parse::<u64>().ok()) {
        Some(size) if size > limit => Err(too_large(limit)),
        _ => Ok(()),
    }
}

pub fn too_large(limit: u64) -> ApiError {
    ApiError::new(ErrorCode::BodyTooLarge, format!("The body may have at most {limit} bytes."))
}

fn too_slow() -> ApiError {
    ApiError::bare(ErrorCode::RequestTimeout)
}

/// A stream that ends with an error when it is silent for too long.
pub fn with_patience<S, E>(chunks: S) -> impl Stream<Item = io::Result<Bytes>> + Send
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
    E: std::fmt::Display,
{
    futures::stream::unfold(Some(chunks), |chunks| async move {
        let mut chunks = chunks?;
        match tokio::time::timeout(CHUNK_TIME, chunks.next()).await {
            Ok(None) => None,
            Ok(Some(Ok(chunk))) => Some((Ok(chunk), Some(chunks))),
            Ok(Some(Err(error))) => Some((Err(io::Error::other(error.to_string())), None)),
            Err(_) => Some((Err(io::Error::from(io::ErrorKind::TimedOut)), None)),
        }
    })
}

async fn collect(app: &App, mut chunks: BodyDataStream, limit: u64) -> ApiResult<Bytes> {
    let mut whole = BytesMut::new();
    let mut large = None;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| {
            ApiError::new(ErrorCode::MalformedJson, "The body broke off before its end.")
        })?;
        if (whole.len() + chunk.len()) as u64 > limit {
            return Err(too_large(limit));
        }
        if large.is_none() && whole.len() + chunk.len() > LARGE {
            let permit = app.limits.large_bodies.clone().try_acquire_owned();
            large = Some(permit.map_err(|_| ApiError::bare(ErrorCode::Overloaded))?);
        }
        whole.extend_from_slice(&chunk);
    }
    Ok(whole.freeze())
}
