//! Phase 4: reports → the result object, with what is missing named. Pure.

use crate::{
    cache_entry::CachedAnalysis,
    degradation,
    engine::EngineReport,
    phases::execution::{self, Findings},
    plan::Plan,
    task::Task,
    tutor::{answer, reply, score, strategy, vietnamese_hint},
};
use lexilingo_shared::{
    analysis::{Analysis, Trait},
    id::JobId,
    request::AnalyzeRequest,
    result::{AnalysisResult, Manifest, Metadata, NextAction, Strategy},
    time::Timestamp,
};
use std::time::Duration;

/// What the result's metadata tells besides the findings.
pub struct Circumstances<'a> {
    pub job: &'a JobId,
    pub rule_pack: &'a str,
    pub now: Timestamp,
    pub elapsed: Duration,
}

/// The result, and what the exact cache may keep of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub result: AnalysisResult,
    /// Present for a full answer that did not come from the cache.
    pub cacheable: Option<CachedAnalysis>,
}

/// Puts the findings of a request together.
pub fn aggregate(
    request: &AnalyzeRequest,
    plan: &Plan,
    findings: &Findings,
    circumstances: &Circumstances<'_>,
) -> Aggregate {
    let core = request.text.trim();
    let (analysis, confidence) = match &findings.cached {
        Some(cached) => (cached.analysis.clone(), cached.confidence),
        None => (merge(plan, findings), execution::confidence(&findings.outcomes)),
    };
    let degradation = degradation::judge(request, plan, findings, &analysis);
    let engine_vietnamese = match &findings.cached {
        Some(cached) => cached.vietnamese.clone(),
        None => execution::by_preference(&findings.outcomes).find_map(|r| r.vietnamese.clone()),
    };
    let models = match &findings.cached {
        Some(cached) => cached.models.clone(),
        None => findings.versions.iter().map(|(m, v)| (m.to_string(), v.clone())).collect(),
    };
    let cacheable = (findings.cached.is_none() && degradation.level == 0).then(|| CachedAnalysis {
        text: core.to_owned(),
        analysis: analysis.clone(),
        confidence,
        vietnamese: engine_vietnamese.clone(),
        models: models.clone(),
    });

    let analysis = surrounded(analysis, &request.text);
    let score = score::score(&analysis);
    let no_errors = Vec::new();
    let errors = analysis.grammar.had().map_or(&no_errors, |grammar| &grammar.errors);
    let judged = plan.tasks.contains(&Task::Grammar);
    let fluency = analysis.fluency.had().copied();
    let apologise = degradation.level == 3;
    let strategy = if judged && !apologise {
        strategy::choose(errors, fluency, &plan.context)
    } else {
        // Nothing was judged, so there is nothing to praise.
        Strategy::Scaffolding
    };
    let next_action = match (apologise, judged) {
        (true, _) => NextAction::Retry,
        (false, true) => strategy::next_action(errors.len(), &score),
        (false, false) => NextAction::ProvideHint,
    };
    let about =
        reply::About { text: &request.text, errors, strategy, context: &plan.context, judged };
    let engine_reply = execution::by_preference(&findings.outcomes)
        .find_map(|report| report.reply.clone())
        .filter(|reply| reply::WORDS.contains(&reply.split_whitespace().count()));
    let answer = answer::answer(plan);
    let reply = if apologise {
        reply::apology()
    } else {
        engine_reply
            .or_else(|| answer.as_ref().map(|answer| answer.english.clone()))
            .unwrap_or_else(|| reply::reply(&about))
    };
    let vietnamese_reason = findings.vietnamese_reason.filter(|_| !apologise);
    let vietnamese_hint = vietnamese_reason.map(|reason| {
        engine_vietnamese
            .or_else(|| answer.map(|answer| answer.vietnamese))
            .unwrap_or_else(|| vietnamese_hint::hint(errors, judged, reason))
    });
    let result = AnalysisResult {
        text: request.text.clone(),
        score,
        strategy,
        next_action,
        confidence,
        reply,
        vietnamese_hint,
        vietnamese_reason,
        revision: 1,
        plan: request.explain_plan.then(|| serde_json::to_value(plan).unwrap_or_default()),
        metadata: Metadata {
            job_id: circumstances.job.clone(),
            processing_time_ms: (circumstances.elapsed.as_secs_f64() * 100_000.0).round() / 100.0,
            models_used: models_used(findings),
            cached: findings.cached.is_some(),
            timestamp: circumstances.now,
            degradation,
            manifest: Manifest { rule_pack: circumstances.rule_pack.to_owned(), models },
        },
        analysis,
    };
    Aggregate { result, cacheable }
}

/// Engines that answered this request.
fn models_used(findings: &Findings) -> Vec<String> {
    let answered = findings.outcomes.iter().filter(|outcome| outcome.answer.is_ok());
    answered.map(|outcome| outcome.engine.to_string()).collect()
}

/// Every trait from the best engine that has it.
fn merge(plan: &Plan, findings: &Findings) -> Analysis {
    fn take<T>(
        plan: &Plan,
        findings: &Findings,
        task: Task,
        of: impl Fn(&EngineReport) -> Option<T>,
    ) -> Trait<T> {
        if plan.tasks.contains(&task) {
            Trait::asked(execution::by_preference(&findings.outcomes).find_map(of))
        } else {
            Trait::NotAsked
        }
    }
    let vocabulary = take(plan, findings, Task::Vocabulary, |r| r.vocabulary);
    let profile = take(plan, findings, Task::Vocabulary, |r| r.vocabulary_profile.clone());
    // An engine that looked and found no word to judge has answered; there is just no level.
    let nothing_to_judge = vocabulary.is_missing() && profile.had().is_some();
    Analysis {
        fluency: take(plan, findings, Task::Fluency, |r| r.fluency.map(|f| f.clamp(0.0, 1.0))),
        grammar: take(plan, findings, Task::Grammar, |r| r.grammar.clone()),
        vocabulary: if nothing_to_judge { Trait::NotAsked } else { vocabulary },
        vocabulary_profile: profile,
        pronunciation: take(plan, findings, Task::Pronunciation, |r| r.pronunciation.clone()),
    }
}

/// The analysis for the text as it came, blanks around it included.
fn surrounded(mut analysis: Analysis, text: &str) -> Analysis {
    let core = text.trim();
    let start = text.len() - text.trim_start().len();
    let (prefix, suffix) = (&text[..start], &text[start + core.len()..]);
    analysis.grammar = analysis.grammar.map(|grammar| grammar.surrounded(prefix, suffix));
    analysis
}

#[cfg(test)]
mod tests;
