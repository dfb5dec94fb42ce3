//! Phase 5: the cache, then the end of the job with its events, its result, the session's turn and the log's line in one
//! step that the delivery's fence guards. Session, profile and log follow as documents, keyed by the job.

use crate::{
    effects::Effects,
    memory::{session::KeptTurn, turn::EVIDENCE},
    phases::aggregation::Aggregate,
    plan::Plan,
};
use lexilingo_shared::{
    config::Orchestrator,
    id::Tenant,
    queue::{Delivery, Finish, Hold, Success},
    request::AnalyzeRequest,
    status::Stage,
    store::{CacheKey, Stores},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tracing::warn;

/// What the writes need to know.
pub struct Context<'a> {
    pub stores: &'a Stores,
    pub settings: &'a Orchestrator,
    pub tenant: &'a Tenant,
    pub delivery: &'a Delivery,
    pub key: Option<&'a CacheKey>,
    pub now: Timestamp,
}

/// Ends the job; answers what its documents are still to be made of, `None` when this delivery no longer held it.
pub async fn commit(
    request: AnalyzeRequest,
    plan: &Plan,
    aggregate: &Aggregate,
    stage_ms: &BTreeMap<&'static str, f64>,
    context: &Context<'_>,
) -> StoreResult<Option<Effects>> {
    // Whoever sees the answer may ask the same again, and then finds it in the cache.
    remember(&request, aggregate, context).await;
    let interaction = interaction(&request, plan, aggregate, stage_ms, context);
    let success = Success {
        result: json(&aggregate.result)?,
        turn: json(&KeptTurn::of(&request, aggregate, &plan.context))?,
        interaction: json(&interaction)?,
    };
    let jobs = &context.stores.jobs;
    let finish = Finish::Succeeded(success);
    let hold = jobs.finish(context.delivery, &finish, context.now).await?;
    Ok((hold == Hold::Held).then(|| Effects {
        tenant: context.tenant.clone(),
        request,
        result: aggregate.result.clone(),
        interaction,
        now: context.now,
    }))
}

fn json(value: &impl Serialize) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|e| StoreError::corrupt("result", e))
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
fn interaction(
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
    let mut evidence: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    for shown in &aggregate.evidence {
        let [right, wrong] = evidence.entry(&shown.concept).or_default();
        *right += shown.right;
        *wrong += shown.wrong;
    }
    let line = json!({
        "job_id": result.metadata.job_id,
        "user_id": request.user_id,
        "session_id": request.session_id,
        "input_type": request.input_type,
        "level": plan.learner_level,
        "scores": result.score,
        "intent": plan.intent,
        "edits": edits,
        EVIDENCE: evidence,
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
