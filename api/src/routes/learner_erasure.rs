//! `DELETE /api/v1/learners/{id}`: everything of a learner goes, in every store.

use super::learner;
use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::{App, AppState},
};
use axum::{Json, extract::State};
use lexilingo_shared::{
    audit::{AuditAction, learner_mark},
    error_code::ErrorCode,
    id::{JobId, Tenant},
    store::Collection,
    time::Timestamp,
    webhook::{EventId, EventType},
};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tracing::Instrument;
use utoipa::ToSchema;

pub const PATH: &str = learner::PATH;

problem_set!(ErasureProblems: LearnerNotFound);

/// What was removed from each store; everything is named, also where there was nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erased {
    /// Documents by collection.
    pub documents: BTreeMap<&'static str, u64>,
    /// Jobs with their requests, results, events and turns.
    pub jobs: u64,
    /// Cached answers.
    pub cache: u64,
    /// Uploads and long requests.
    pub blobs: u64,
    /// Events for webhooks that told of these jobs' ends, sent or not.
    pub webhook_events: u64,
}

impl Erased {
    fn is_nothing(&self) -> bool {
        self.documents.values().sum::<u64>() + self.jobs + self.cache + self.blobs == 0
    }
}

/// The receipt of an erasure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    pub learner: String,
    /// What stands for the learner in the audit log: a digest, which names nobody.
    pub learner_mark: String,
    pub erased: Erased,
    pub at: Timestamp,
}

/// Erase a learner.
///
/// Removes jobs (running ones are canceled), documents, cached answers, blobs and what webhooks were still to tell of the
/// jobs. Repeating it is safe and counts what came since; where nothing is left it answers 404, as for a learner who was
/// never there.
#[utoipa::path(
    delete,
    path = PATH,
    operation_id = "eraseLearner",
    tag = "learners",
    params(("id" = String, Path, description = "The user_id of the learner's requests.")),
    responses((status = 200, description = "The receipt.", body = Receipt), ErasureProblems),
)]
pub async fn delete(
    State(app): State<AppState>,
    caller: Caller,
    id: PathId,
) -> ApiResult<Json<Receipt>> {
    let learner = id.name(ErrorCode::LearnerNotFound)?;
    // A client that goes away must not leave half of it behind, nor an erasure that nobody noted.
    let work = async move {
        let (tenant, at) = (caller.tenant(), app.now());
        let erased = erase(&app, tenant, &learner, at).await?;
        if erased.is_nothing() {
            return Err(ApiError::bare(ErrorCode::LearnerNotFound));
        }
        let learner_mark = learner_mark(tenant, &learner);
        let detail = object(&erased)?;
        app.note(&caller, AuditAction::LearnerErased, &*learner_mark, detail).await;
        Ok(Receipt { learner, learner_mark, erased, at })
    };
    let receipt = tokio::spawn(work.in_current_span()).await;
    receipt.map_err(|error| ApiError::internal(format!("erasing: {error}")))?.map(Json)
}

/// Jobs first: a worker that loses its job writes nothing more of the learner, or takes it back.
async fn erase(app: &App, tenant: &Tenant, learner: &str, now: Timestamp) -> ApiResult<Erased> {
    let stores = &app.stores;
    // So that the receipt counts what the learner has seen.
    app.documents_are_written().await?;
    let jobs = stores.jobs.erase_learner(tenant, learner, now).await?;
    let webhook_events = forget_events(app, tenant, &jobs, now).await?;
    let mut documents: BTreeMap<&'static str, u64> =
        Collection::OF_LEARNERS.iter().map(|collection| (collection.as_str(), 0)).collect();
    for (collection, count) in stores.documents.erase_learner(tenant, learner).await? {
        documents.insert(collection.as_str(), count);
    }
    let cache = stores.cache.erase_learner(tenant, learner).await?;
    let blobs = stores.blobs.erase_learner(tenant, learner).await?;
    Ok(Erased { documents, jobs: jobs.len() as u64, cache, blobs, webhook_events })
}

/// What the tenant's endpoints were still to be told of these jobs. That one was canceled is told: it is how their
/// receivers learn that it is no more.
async fn forget_events(
    app: &App,
    tenant: &Tenant,
    jobs: &[JobId],
    now: Timestamp,
) -> ApiResult<u64> {
    let mut forgotten = 0;
    for endpoint in app.endpoints.list(tenant, now).await? {
        let told = EventType::ALL.iter().filter(|kind| **kind != EventType::Canceled);
        let events: Vec<EventId> =
            told.flat_map(|kind| jobs.iter().map(|job| EventId::of_job(job, *kind))).collect();
        forgotten += app.stores.deliveries.drop_events(&endpoint.id, &events).await?;
    }
    Ok(forgotten)
}

fn object(erased: &Erased) -> ApiResult<Map<String, Value>> {
    match serde_json::to_value(erased) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(ApiError::internal("a receipt has no JSON form")),
    }
}
