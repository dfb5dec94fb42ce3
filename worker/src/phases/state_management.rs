//! Phase 5: session turn, learner profile, interaction log, cache, and the end of the job with its events. Every write
//! is keyed by the job and guarded by the delivery's fence, so that a job that runs twice leaves one trace.

use crate::{
    effects::{self, Effects, LastRead},
    phases::aggregation::Aggregate,
    plan::Plan,
    spool::Spool,
};
use lexilingo_shared::{
    config::{Orchestrator, Retention},
    id::Tenant,
    queue::{Delivery, Finish, Hold},
    request::AnalyzeRequest,
    status::Stage,
    store::{CacheKey, Stores},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, time::Duration};
use tracing::warn;

/// Longest time that documents may keep an answer waiting; after it they are written behind.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the writes need to know.
pub struct Context<'a> {
    pub stores: &'a Stores,
    pub spool: &'a Spool,
    pub settings: &'a Orchestrator,
    pub retention: &'a Retention,
    pub tenant: &'a Tenant,
    pub delivery: &'a Delivery,
    pub key: Option<&'a CacheKey>,
    /// The session as phase 1 saw it, if it could be read.
    pub session: Option<LastRead>,
    pub now: Timestamp,
}

/// Writes everything and ends the job. `Held` means that this delivery ended it.
pub async fn commit(
    request: &AnalyzeRequest,
    plan: &Plan,
    aggregate: &Aggregate,
    stage_ms: &BTreeMap<&'static str, f64>,
    context: &Context<'_>,
) -> StoreResult<Hold> {
    let jobs = &context.stores.jobs;
    let hold = jobs.seal(context.delivery).await?;
    if hold != Hold::Held {
        return Ok(hold);
    }
    let effects = Effects {
        tenant: context.tenant.clone(),
        request: request.clone(),
        result: aggregate.result.clone(),
        log: log(request, plan, aggregate, stage_ms, context),
        fence: context.delivery.fence,
        now: context.now,
    };
    tokio::join!(write_documents(&effects, context), remember(request, aggregate, context));
    let result =
        serde_json::to_string(&aggregate.result).map_err(|e| StoreError::corrupt("result", e))?;
    let hold = jobs.finish(context.delivery, &Finish::Succeeded { result }, context.now).await?;
    if hold != Hold::Held {
        effects::undo_if_erased(&effects, context.stores).await?;
    }
    Ok(hold)
}

/// Documents that cannot be written now do not keep the learner waiting: they are written behind, in order.
async fn write_documents(effects: &Effects, context: &Context<'_>) {
    if context.spool.is_behind() {
        context.spool.push(effects.clone());
        return;
    }
    let documents = context.stores.documents.as_ref();
    let writing = effects::write(effects, context.session.clone(), documents, context.retention);
    let reason = match tokio::time::timeout(PATIENCE, writing).await {
        Ok(Ok(())) => return,
        Ok(Err(e)) => e.to_string(),
        Err(_) => "documents took too long".to_owned(),
    };
    warn!(reason, "documents are written behind");
    context.spool.push(effects.clone());
}

/// Puts a full answer into the cache; on a hit, notes that it also serves this learner.
async fn remember(request: &AnalyzeRequest, aggregate: &Aggregate, context: &Context<'_>) {
    let Some(key) = context.key else { return };
    let (cache, keep) = (&context.stores.cache, context.settings.response_cache_ttl);
    let learner = request.user_id.as_deref();
    let written = match (&aggregate.cacheable, learner) {
        (Some(entry), _) => match serde_json::to_vec(entry) {
            Ok(bytes) => cache.put(key, &bytes, learner, keep, context.now).await,
            Err(_) => Ok(()),
        },
        (None, Some(learner)) if aggregate.result.metadata.cached => {
            cache.attribute(key, learner, keep).await
        }
        _ => Ok(()),
    };
    if let Err(e) = written {
        warn!(error = %e, "cache cannot be written");
    }
}

/// The interaction's line in the log: everything but the text.
fn log(
    request: &AnalyzeRequest,
    plan: &Plan,
    aggregate: &Aggregate,
    stage_ms: &BTreeMap<&'static str, f64>,
    context: &Context<'_>,
) -> Map<String, Value> {
    let result = &aggregate.result;
    let edits: Vec<Value> = result
        .analysis
        .grammar
        .had()
        .map(|grammar| {
            grammar.errors.iter().map(|e| json!({"errant": e.errant, "rule": e.rule})).collect()
        })
        .unwrap_or_default();
    let line = json!({
        "job_id": result.metadata.job_id,
        "user_id": request.user_id,
        "session_id": request.session_id,
        "input_type": request.input_type,
        "level": plan.learner_level,
        "scores": result.score,
        "edits": edits,
        "strategy": result.strategy,
        "models_used": result.metadata.models_used,
        "cached": result.metadata.cached,
        "degradation": result.metadata.degradation,
        "processing_time_ms": result.metadata.processing_time_ms,
        "stage_ms": stage_ms,
        "last_stage": Stage::StateManagement,
        "created_at": context.now,
    });
    match line {
        Value::Object(line) => line,
        _ => Map::new(),
    }
}
