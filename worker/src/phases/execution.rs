//! Phase 3: the exact cache, then engines in parallel under their timeouts, then the conditional tasks whose condition
//! the findings meet. An engine that fails leaves a gap, never an error of the whole.

use crate::{
    agreement,
    allocation::Allocation,
    cache_entry::CachedAnalysis,
    engine::{CancelFlag, EngineCall, EngineError, EngineInput, EngineReport},
    engines::pool::{Lease, Loans, Pool},
    plan::{EngineStep, Plan},
    tutor::vietnamese_hint,
};
use lexilingo_shared::{
    analysis::Grammar,
    model::ModelName,
    result::VietnameseReason,
    store::{Cache, CacheKey},
    time::Timestamp,
};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;
use tracing::{Instrument, debug, info_span, warn};

/// What one engine did.
#[derive(Debug, Clone, PartialEq)]
pub struct EngineOutcome {
    pub engine: ModelName,
    pub answer: Result<EngineReport, EngineError>,
    pub elapsed: Duration,
}

/// Everything that was found out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Findings {
    pub outcomes: Vec<EngineOutcome>,
    pub cached: Option<CachedAnalysis>,
    /// Why Vietnamese was called for, if it was.
    pub vietnamese_reason: Option<VietnameseReason>,
    /// Versions of the engines that answered.
    pub versions: BTreeMap<ModelName, String>,
}

/// What a run needs besides plan and allocation.
pub struct Context<'a> {
    pub pool: &'a Arc<Pool>,
    pub cache: &'a dyn Cache,
    /// Where the answer would lie; `None` turns the cache off.
    pub key: Option<&'a CacheKey>,
    pub deadline: Instant,
    pub now: Timestamp,
    pub cancel: &'a CancelFlag,
    pub partial: Option<mpsc::Sender<EngineReport>>,
}

/// Runs the plan on `text`, which has no blanks around it.
pub async fn execute(
    plan: &Plan,
    allocation: &Allocation,
    text: &str,
    context: &Context<'_>,
) -> Findings {
    if let Some(cached) = look_up(context, text).await {
        let errors = cached.analysis.grammar.had().map_or(0, |grammar| grammar.errors.len());
        let vietnamese_reason = vietnamese_hint::reason(plan, errors, cached.confidence);
        return Findings { cached: Some(cached), vietnamese_reason, ..Findings::default() };
    }
    let loans = context.pool.fulfil(allocation).await;
    let input = |tasks: &[_], findings: Option<&Grammar>| EngineInput {
        text: text.to_owned(),
        level: plan.learner_level,
        tasks: tasks.to_vec(),
        findings: findings.map(|grammar| grammar.errors.clone()).unwrap_or_default(),
    };
    let runs = plan.engines.iter().map(|step| run(step, input(&step.tasks, None), &loans, context));
    let mut outcomes = futures::future::join_all(runs).await;
    for outcome in &mut outcomes {
        refuse_inconsistent(outcome, text);
    }
    let grammar = agreed_grammar(&outcomes, text);
    let errors = grammar.as_ref().map_or(0, |grammar| grammar.errors.len());
    let sure = confidence(&outcomes, grammar.as_ref().map(|grammar| grammar.corrected.as_str()));
    let vietnamese_reason = vietnamese_hint::reason(plan, errors, sure);
    if let (Some(step), Some(_)) = (&plan.vietnamese_engine, vietnamese_reason) {
        let input = input(&step.tasks, grammar.as_ref());
        outcomes.push(run(step, input, &loans, context).await);
    }
    let versions = outcomes
        .iter()
        .filter(|outcome| outcome.answer.is_ok())
        .filter_map(|o| Some((o.engine, context.pool.version(o.engine)?.to_owned())))
        .collect();
    Findings { outcomes, cached: None, vietnamese_reason, versions }
}

/// What the engines say of the grammar, merged. The rules win ties: their confidences are calibrated.
pub fn agreed_grammar(outcomes: &[EngineOutcome], text: &str) -> Option<Grammar> {
    let mut reports: Vec<&EngineReport> = by_preference(outcomes).collect();
    reports.reverse();
    let lists: Vec<&Grammar> = reports.iter().filter_map(|r| r.grammar.as_ref()).collect();
    agreement::merge(text, &lists)
}

/// The reports there are, best engine first.
pub fn by_preference(outcomes: &[EngineOutcome]) -> impl Iterator<Item = &EngineReport> {
    let rank = |engine| match engine {
        ModelName::Qwen => 0,
        ModelName::Remote => 1,
        ModelName::Hubert => 2,
        ModelName::Rules => 9,
        _ => 5,
    };
    let mut sorted: Vec<&EngineOutcome> = outcomes.iter().collect();
    sorted.sort_by_key(|outcome| rank(outcome.engine));
    sorted.into_iter().filter_map(|outcome| outcome.answer.as_ref().ok())
}

/// Probability that the merged text is acceptable, as the engines say.
pub fn confidence(outcomes: &[EngineOutcome], corrected: Option<&str>) -> f64 {
    let engines: Vec<_> = by_preference(outcomes)
        .filter_map(|report| Some((report.grammar.as_ref(), report.confidence?)))
        .collect();
    agreement::confidence(corrected, &engines)
}

async fn look_up(context: &Context<'_>, text: &str) -> Option<CachedAnalysis> {
    let key = context.key?;
    match context.cache.get(key, context.now).await {
        Ok(bytes) => {
            let cached: CachedAnalysis = serde_json::from_slice(&bytes?).ok()?;
            // The key is over the normalised text; spans are only true for the very same one.
            (cached.text == text).then_some(cached)
        }
        Err(e) => {
            debug!(error = %e, "cache cannot be read");
            None
        }
    }
}

async fn run(
    step: &EngineStep,
    input: EngineInput,
    loans: &Loans,
    context: &Context<'_>,
) -> EngineOutcome {
    let begun = Instant::now();
    let answer = match loans.leases.get(&step.engine) {
        Some(lease) => call(step, input, lease, context).await,
        None => {
            let reason = loans.skipped.get(&step.engine).cloned();
            let reason = reason.unwrap_or_else(|| "it was not allocated".to_owned());
            Err(EngineError::Unavailable(reason))
        }
    };
    if let Err(e) = &answer {
        warn!(engine = step.engine.as_str(), kind = e.kind(), error = %e, "engine gave no answer");
    }
    EngineOutcome { engine: step.engine, answer, elapsed: begun.elapsed() }
}

async fn call(
    step: &EngineStep,
    input: EngineInput,
    lease: &Lease,
    context: &Context<'_>,
) -> Result<EngineReport, EngineError> {
    let left = context.deadline.saturating_duration_since(Instant::now());
    let timeout = left.min(Duration::from_millis(step.timeout_ms));
    let call = EngineCall {
        input,
        timeout,
        cancel: context.cancel.child(),
        partial: context.partial.clone(),
    };
    let span = info_span!("engine", engine = step.engine.as_str());
    lease.handle().run(call).instrument(span).await
}

/// Edits that do not give the corrected text are worse than none.
fn refuse_inconsistent(outcome: &mut EngineOutcome, text: &str) {
    let inconsistent = outcome
        .answer
        .as_ref()
        .is_ok_and(|report| report.grammar.as_ref().is_some_and(|g| !g.is_consistent(text)));
    if inconsistent {
        let detail = "its edits do not give its corrected text".to_owned();
        warn!(engine = outcome.engine.as_str(), "engine's edits do not give its corrected text");
        outcome.answer = Err(EngineError::Failed(detail));
    }
}
