//! `DELETE /api/v1/learners/{id}`: everything of a learner goes, in every store.

use super::learner;
use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    problem_set::problem_set,
    state::{App, AppState},
};
use axum::{Json, extract::State};
use lexilingo_shared::{error_code::ErrorCode, id::Tenant, time::Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;
use tracing::Instrument;
use utoipa::ToSchema;

pub const PATH: &str = learner::PATH;

problem_set!(ErasureProblems: LearnerNotFound);

/// What was removed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erased {
    /// Documents by collection.
    pub documents: BTreeMap<String, u64>,
    pub jobs: u64,
    pub cache: u64,
    pub blobs: u64,
}

impl Erased {
    fn is_nothing(&self) -> bool {
        self.documents.is_empty() && self.jobs + self.cache + self.blobs == 0
    }
}

/// The receipt of an erasure.
#[derive(Debug, Serialize, ToSchema)]
pub struct Receipt {
    pub learner: String,
    pub erased: Erased,
    pub at: Timestamp,
}

/// Erase a learner.
///
/// Removes jobs (running ones are canceled), documents, cached answers and blobs. Repeating it is safe and counts what
/// came since; where nothing is left it answers 404, as for a learner who was never there.
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
    let tenant = caller.tenant().clone();
    let at = app.now();
    let work = {
        let learner = learner.clone();
        async move { erase(&app, &tenant, &learner, at).await }.in_current_span()
    };
    // A client that goes away must not leave half of it behind.
    let erased = tokio::spawn(work).await;
    let erased = erased.map_err(|error| ApiError::internal(format!("erasing: {error}")))??;
    if erased.is_nothing() {
        return Err(ApiError::bare(ErrorCode::LearnerNotFound));
    }
    Ok(Json(Receipt { learner, erased, at }))
}

/// Jobs first: a worker that loses its job writes nothing more of the learner, or takes it back.
async fn erase(app: &App, tenant: &Tenant, learner: &str, now: Timestamp) -> ApiResult<Erased> {
    let stores = &app.stores;
    // So that the receipt counts what the learner has seen.
    app.documents_are_written().await?;
    let jobs = stores.jobs.erase_learner(tenant, learner, now).await?;
    let documents = stores.documents.erase_learner(tenant, learner).await?;
    let cache = stores.cache.erase_learner(tenant, learner).await?;
    let blobs = stores.blobs.erase_learner(tenant, learner).await?;
    let documents =
        documents.into_iter().map(|(collection, n)| (collection.as_str().to_owned(), n)).collect();
    Ok(Erased { documents, jobs, cache, blobs })
}
