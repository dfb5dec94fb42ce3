//! `GET /api/v1/jobs/{id}/events`: the job's history as it happens, by server-sent events.

use crate::{
    access::OpenStream,
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::AppState,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, StreamExt, stream};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::{JobId, Tenant},
    job::{EventKind, JobEvent},
    queue::JobWatch,
};
use serde_json::{Map, Value};
use std::{convert::Infallible, time::Duration};
use tokio::sync::OwnedSemaphorePermit;

pub const PATH: &str = "/api/v1/jobs/{id}/events";

/// Silence after which a comment shows that the stream lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// What clients are told to wait before they connect again.
const RECONNECT: Duration = Duration::from_secs(2);
/// The history is read again after this long even when nobody woke the stream.
const SAFETY_READ: Duration = Duration::from_secs(2);

problem_set!(EventProblems: MalformedHeader, JobNotFound, ResultExpired, TooManyStreams, ShuttingDown);

/// Follow a job.
///
/// Each event has its number as `id`, `job.<kind>` as `event`, and a JSON object with `job_id` and `at` as data. The
/// stream ends after the final event.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "followJob",
    tag = "jobs",
    params(
        ("id" = JobId, Path, description = "The job's id."),
        ("Last-Event-ID" = Option<String>, Header, description = "The number of the last event that was seen.", pattern = "^[0-9]+$"),
    ),
    responses(
        (status = 200, description = "The events after Last-Event-ID, past and coming.", content_type = "text/event-stream", body = String, headers(
            ("X-Accel-Buffering" = String, description = "`no`."),
        )),
        (status = 204, description = "The job has ended and there is no later event: do not connect again."),
        EventProblems,
    ),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let id: JobId = id.parse(ErrorCode::JobNotFound)?;
    let after = last_event_id(&headers)?;
    if app.shutdown.is_cancelled() {
        return Err(ApiError::bare(ErrorCode::ShuttingDown));
    }
    let permit = app.limits.streams.clone().try_acquire_owned();
    let permit = permit.map_err(|_| ApiError::bare(ErrorCode::TooManyStreams))?;
    let own = match &caller.principal.key {
        Some(key) => {
            let own = app.limits.streams_of_keys.open(&key.prefix);
            Some(own.ok_or_else(|| ApiError::bare(ErrorCode::TooManyStreams))?)
        }
        None => None,
    };
    let watch = app.stores.jobs.watch(&id).await?;
    let record = app.job(caller.tenant(), &id).await?;
    if record.status.is_final() && after > 0 {
        let left = app.stores.jobs.events(caller.tenant(), &id, after).await?;
        if left.is_none_or(|events| events.is_empty()) {
            // A browser connects again after every end of a stream; only this answer makes it stop.
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
    }
    let tenant = caller.tenant().clone();
    let follower = Follower { app, tenant, id, after, watch, _places: (permit, own) };
    let first = stream::iter([Ok(Event::default().retry(RECONNECT))]);
    let events = Sse::new(first.chain(follow(follower)))
        .keep_alive(KeepAlive::new().interval(HEARTBEAT).text("hb"));
    let about = [
        (header::HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((about, events).into_response())
}

/// One open stream.
struct Follower {
    app: AppState,
    tenant: Tenant,
    id: JobId,
    after: u64,
    watch: JobWatch,
    _places: (OwnedSemaphorePermit, Option<OpenStream>),
}

impl Follower {
    /// The next events; none when the stream is to end.
    async fn next(&mut self) -> Option<Vec<JobEvent>> {
        loop {
            // The state is read before the history: when it says "ended", the history is whole.
            let ended = match self.app.job(&self.tenant, &self.id).await {
                Ok(record) => record.status.is_final(),
                Err(error) => {
                    tracing::debug!(code = %error.code, "an event stream lost its job");
                    return None;
                }
            };
            let events = self.app.stores.jobs.events(&self.tenant, &self.id, self.after).await;
            let events = events.ok().flatten()?;
            if let Some(last) = events.last() {
                self.after = last.seq;
                return Some(events);
            }
            if ended || self.app.shutdown.is_cancelled() {
                return None;
            }
            let shutdown = self.app.shutdown.clone();
            tokio::select! {
                () = self.watch.changed(SAFETY_READ) => {}
                () = shutdown.cancelled() => {}
            }
        }
    }
}

fn follow(follower: Follower) -> impl Stream<Item = Result<Event, Infallible>> {
    let batches = stream::unfold(Some(follower), |follower| async move {
        let mut follower = follower?;
        let events = follower.next().await?;
        let is_last = events.iter().any(|event| is_final(event.kind));
        let shown: Vec<_> = events.iter().map(|event| Ok(shown(&follower.id, event))).collect();
        Some((shown, (!is_last).then_some(follower)))
    });
    batches.flat_map(stream::iter)
}

fn is_final(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Succeeded | EventKind::Failed | EventKind::Canceled | EventKind::Expired
    )
}

fn shown(id: &JobId, event: &JobEvent) -> Event {
    let own: Map<String, Value> = serde_json::from_str(&event.data).unwrap_or_default();
    let mut data = Map::from_iter([
        ("job_id".to_owned(), Value::from(id.as_str())),
        ("at".to_owned(), Value::from(event.at.rfc3339())),
    ]);
    data.extend(own);
    Event::default()
        .id(event.seq.to_string())
        .event(format!("job.{}", event.kind.as_str()))
        .data(Value::Object(data).to_string())
}

fn last_event_id(headers: &HeaderMap) -> ApiResult<u64> {
    let Some(value) = headers.get("last-event-id") else { return Ok(0) };
    let digits = value.to_str().ok().filter(|text| text.bytes().all(|c| c.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or_else(|| {
        ApiError::new(ErrorCode::MalformedHeader, "Last-Event-ID must be the number of an event.")
    })
}
