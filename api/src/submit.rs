//! Taking a job in: idempotency key, input, record, lane; or nothing at all.

use crate::{
    analyze_request::{Checked, InlineAudio},
    error::{ApiError, ApiResult},
    eta,
    members::{Fault, refusal},
    state::{App, AppState},
};
use bytes::Bytes;
use lexilingo_shared::{
    error_code::ErrorCode,
    id::{EndpointId, JobId, Tenant, UploadId},
    job::{INLINE_INPUT_BYTES, JobInput, JobRecord, NewJob},
    lane::{Capability, Lane},
    queue::{IdempotencyClaim, IdempotencyOutcome, JobWatch, Pushed},
    request::{AnalyzeRequest, FieldError},
    status::JobStatus,
    store::{NewBlob, PutBlob},
    time::Timestamp,
};
use std::time::Duration;
use tracing::Instrument;

/// Blobs that hold a job's input outlive its deadline by this, so that a worker that is late still finds them.
const INPUT_GRACE: Duration = Duration::from_secs(60 * 60);

/// A checked request on its way in.
#[derive(Debug)]
pub struct Submission {
    pub id: JobId,
    pub tenant: Tenant,
    pub checked: Checked,
    pub claim: Option<IdempotencyClaim>,
    /// Time until the job is given up.
    pub deadline: Duration,
    pub traceparent: Option<String>,
    /// Whether the caller waits for the end.
    pub watched: bool,
}

#[derive(Debug)]
pub enum Submitted {
    /// A new job; its record as it was written.
    New { record: Box<JobRecord>, watch: Option<JobWatch> },
    /// The idempotency key made this job before.
    Replayed(JobId),
}

/// Takes the job in even when the client goes away in the middle of it.
pub async fn submit(app: AppState, submission: Submission) -> ApiResult<Submitted> {
    let work = async move { take_in(&app, submission).await }.in_current_span();
    match tokio::spawn(work).await {
        Ok(outcome) => outcome,
        Err(error) => Err(ApiError::internal(format!("taking a job in: {error}"))),
    }
}

async fn take_in(app: &App, submission: Submission) -> ApiResult<Submitted> {
    if !submission.checked.faults.is_empty() {
        return Err(refuse(app, submission).await?);
    }
    let claim = submission.claim.clone();
    if let Some(claim) = &claim {
        match app.stores.jobs.claim_key(claim, app.now()).await? {
            IdempotencyOutcome::Fresh => {}
            IdempotencyOutcome::Replay(job) => return Ok(Submitted::Replayed(job)),
            IdempotencyOutcome::Mismatch => {
                return Err(ApiError::bare(ErrorCode::IdempotencyKeyReused));
            }
            IdempotencyOutcome::InProgress => {
                return Err(ApiError::bare(ErrorCode::IdempotencyInProgress));
            }
        }
    }
    let outcome = admit(app, submission).await;
    if let Some(claim) = &claim {
        // The job is in, or is not; a key that cannot be settled now frees itself after a minute.
        if let Err(error) = app.stores.jobs.settle_key(claim, outcome.is_ok(), app.now()).await {
            tracing::warn!(%error, "an idempotency key was not settled");
        }
    }
    outcome
}

/// The refusal of a faulty request, the fault that only a store can tell included.
async fn refuse(app: &App, submission: Submission) -> ApiResult<ApiError> {
    let Submission { tenant, checked, .. } = submission;
    let upload = missing_upload(app, &tenant, &checked.request).await?;
    let webhook = webhook(app, &tenant, &checked.request).await?.err();
    let mut faults = checked.faults;
    faults.extend(upload);
    faults.extend(webhook);
    Ok(refusal(faults))
}

async fn missing_upload(
    app: &App,
    tenant: &Tenant,
    request: &AnalyzeRequest,
) -> ApiResult<Option<Fault>> {
    let Some(id) = &request.upload_id else { return Ok(None) };
    let found = app.stores.blobs.info(tenant, id, app.now()).await?;
    let error = FieldError::new("/upload_id", "names no upload");
    Ok(found.is_none().then_some(Fault { code: ErrorCode::ValidationFailed, error }))
}

/// The endpoint that the request names by its address, if it names one.
async fn webhook(
    app: &App,
    tenant: &Tenant,
    request: &AnalyzeRequest,
) -> ApiResult<Result<Option<EndpointId>, Fault>> {
    let Some(url) = &request.webhook_url else { return Ok(Ok(None)) };
    let endpoints = app.endpoints.list(tenant, app.now()).await?;
    let named = endpoints.into_iter().find(|endpoint| endpoint.url == *url);
    Ok(named.map(|endpoint| Some(endpoint.id)).ok_or_else(|| {
        let detail = "must be the address of a registered endpoint";
        let error = FieldError::new("/webhook_url", detail);
        Fault { code: ErrorCode::WebhookNotRegistered, error }
    }))
}

async fn admit(app: &App, mut submission: Submission) -> ApiResult<Submitted> {
    let missing = missing_upload(app, &submission.tenant, &submission.checked.request).await?;
    if let Some(fault) = missing {
        return Err(refusal(vec![fault]));
    }
    let webhook = webhook(app, &submission.tenant, &submission.checked.request).await?;
    let webhook = webhook.map_err(|fault| refusal(vec![fault]))?;
    let now = app.now();
    let mut blobs = Vec::new();
    let outcome = match prepare(app, &mut submission, now, &mut blobs).await {
        Ok(job) => enter(app, NewJob { webhook, ..job }, submission.watched).await,
        Err(error) => Err(error),
    };
    if outcome.is_err() {
        for blob in &blobs {
            if let Err(error) = app.stores.blobs.delete(&submission.tenant, blob).await {
                tracing::warn!(%error, "the input of a refused job stays until it expires");
            }
        }
    }
    outcome
}

/// Stores what does not lie beside the record; `blobs` notes what was stored.
async fn prepare(
    app: &App,
    submission: &mut Submission,
    now: Timestamp,
    blobs: &mut Vec<UploadId>,
) -> ApiResult<NewJob> {
    let Submission { id, tenant, checked, deadline, traceparent, .. } = submission;
    let deadline_at = now.plus(*deadline);
    let blob = |media_type: &str| NewBlob {
        id: app.new_upload_id(),
        tenant: tenant.clone(),
        learner: checked.request.user_id.clone(),
        media_type: media_type.to_owned(),
        created_at: now,
        expires_at: deadline_at.plus(INPUT_GRACE),
    };
    if let Some(InlineAudio { content, media_type }) = checked.audio.take() {
        let new = blob(media_type);
        blobs.push(new.id.clone());
        checked.request.upload_id = Some(store(app, &new, content).await?);
    }
    let json = serde_json::to_string(&checked.request)
        .map_err(|error| ApiError::internal(error.to_string()))?;
    let input = if json.len() <= INLINE_INPUT_BYTES {
        JobInput::Inline(json)
    } else {
        let new = blob("application/json");
        blobs.push(new.id.clone());
        JobInput::Blob(store(app, &new, json.into()).await?)
    };
    Ok(NewJob {
        id: id.clone(),
        tenant: tenant.clone(),
        lane: Lane::new(Capability::Text, checked.class()),
        session_id: checked.request.session_id.clone(),
        user_id: checked.request.user_id.clone(),
        webhook: None,
        input,
        created_at: now,
        deadline_at,
        expires_at: now.plus(app.config.storage.retention.jobs),
        traceparent: traceparent.clone(),
    })
}

async fn store(app: &App, blob: &NewBlob, content: Bytes) -> ApiResult<UploadId> {
    let size = content.len() as u64;
    let stream = Box::pin(futures::stream::iter([Ok(content)]));
    match app.stores.blobs.put(blob, stream, size).await {
        Ok(info) => Ok(info.id),
        Err(PutBlob::Store(error)) => Err(error.into()),
        Err(error) => Err(ApiError::internal(error.to_string())),
    }
}

async fn enter(app: &App, job: NewJob, watched: bool) -> ApiResult<Submitted> {
    let jobs = &app.stores.jobs;
    // The watch stands before the entry does, so that no wake-up falls between the two. Record and entry are written at
    // the same time: a worker that finds an entry without its record waits for it (`Started::NotThere`).
    let entered = async {
        let watch = if watched { Some(jobs.watch(&job.id).await?) } else { None };
        let envelope = job.envelope();
        let most = app.config.service.queue_max_waiting;
        let (created, pushed) =
            tokio::join!(jobs.create(&job), app.stores.lanes.push(job.lane, &envelope, most));
        created?;
        Ok::<_, ApiError>((watch, pushed?))
    };
    let refused = match entered.await {
        Ok((watch, Pushed::Accepted)) => {
            app.metrics.submitted(job.lane.class);
            return Ok(Submitted::New { record: Box::new(record_of(job)), watch });
        }
        Ok((_, Pushed::Full { waiting })) => {
            tracing::warn!(lane = %job.lane, waiting, "the lane is full");
            let wait = app
                .fleet_view()
                .await
                .map_or(Duration::from_secs(5), |view| eta::retry_after(&view.eta(job.lane)));
            ApiError::bare(ErrorCode::QueueFull).with_retry_after(wait)
        }
        Err(error) => error,
    };
    if let Err(error) = jobs.forget(&job.tenant, &job.id).await {
        tracing::warn!(%error, "the record of a refused job stays until its deadline");
    }
    Err(refused)
}

/// The record as `create` wrote it.
fn record_of(job: NewJob) -> JobRecord {
    JobRecord {
        id: job.id,
        tenant: job.tenant,
        lane: job.lane,
        session_id: job.session_id,
        user_id: job.user_id,
        webhook: job.webhook,
        status: JobStatus::Queued,
        stage: None,
        created_at: job.created_at,
        deadline_at: job.deadline_at,
        expires_at: job.expires_at,
        started_at: None,
        finished_at: None,
        failures: 0,
        fence: 0,
        revision: 1,
        traceparent: job.traceparent,
        result: None,
        error: None,
    }
}
