//! Phase 4: reports → the result object, with what is missing named. Pure.

use crate::{
    cache_entry::CachedAnalysis,
    degradation,
    engine::EngineReport,
    memory::session,
    phases::execution::{self, Findings},
    plan::Plan,
    task::Task,
    tutor::{
        answer,
        attempt::Attempt,
        exercise::{Exercise, Posed},
        lesson::{Lesson, Material},
        reply, score,
        strategy::{self, History},
        variation::Variation,
        vietnamese_hint,
    },
};
use lexilingo_language::{intent::Intent, knowledge::Evidence};
use lexilingo_shared::{
    analysis::{Analysis, Trait},
    id::JobId,
    request::AnalyzeRequest,
    result::{AnalysisResult, Manifest, Metadata, NextAction, NextActionReason, Strategy},
    time::Timestamp,
};
use std::{collections::BTreeMap, time::Duration};

/// What the result's metadata tells besides the findings.
pub struct Circumstances<'a> {
    pub job: &'a JobId,
    pub rule_pack: &'a str,
    pub now: Timestamp,
    pub elapsed: Duration,
    /// The learner's mastery by concept; empty where there is no profile.
    pub mastery: &'a BTreeMap<String, f64>,
}

/// The result, and what the exact cache may keep of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub result: AnalysisResult,
    /// Present for a full answer that did not come from the cache.
    pub cacheable: Option<CachedAnalysis>,
    /// What the text shows of each concept; empty where the knowledge graph is switched off.
    pub evidence: Vec<Evidence>,
    /// The exercise that the reply gives.
    pub exercise: Option<Posed>,
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
        None => {
            let analysis = merge(plan, findings, core);
            let corrected = analysis.grammar.had().map(|grammar| grammar.corrected.as_str());
            let confidence = execution::confidence(&findings.outcomes, corrected);
            (analysis, confidence)
        }
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
    let evidence = match &findings.cached {
        Some(cached) => cached.evidence.clone(),
        None => execution::by_preference(&findings.outcomes)
            .find_map(|report| report.evidence.clone())
            .unwrap_or_default(),
    };
    let cacheable = (findings.cached.is_none() && degradation.level == 0).then(|| CachedAnalysis {
        text: core.to_owned(),
        analysis: analysis.clone(),
        confidence,
        vietnamese: engine_vietnamese.clone(),
        evidence: evidence.clone(),
        models: models.clone(),
    });
    let mut evidence = if plan.knowledge_graph { evidence } else { Vec::new() };

    let analysis = surrounded(analysis, &request.text);
    let score = score::score(&analysis);
    let no_errors = Vec::new();
    let errors = analysis.grammar.had().map_or(&no_errors, |grammar| &grammar.errors);
    let judged = plan.tasks.contains(&Task::Grammar);
    let fluency = analysis.fluency.had().copied();
    let apologise = degradation.level == 3;
    let history = History { turns: &plan.context, mastery: circumstances.mastery };
    let answer = answer::answer(plan, &history).filter(|_| !apologise);
    let attempt = attempt(core, plan).filter(|_| !apologise);
    let strategy = match (&attempt, plan.intent) {
        (Some(attempt), _) if attempt.is_right => Strategy::Praise,
        (Some(_), _) => Strategy::ErrorCorrection,
        (None, Intent::Practice) if answer.is_some() => Strategy::Drill,
        // An answer is a step on the learner's way. Where nothing was judged, there is nothing to praise.
        _ if answer.is_some() || apologise || !judged => Strategy::Scaffolding,
        _ => strategy::choose(errors, fluency, &history),
    };
    use {NextAction as Next, NextActionReason as Why};
    let (next_action, next_action_reason) = match (&attempt, &answer) {
        _ if apologise => (Next::Retry, Why::AnalysisFailed),
        (Some(attempt), _) if attempt.is_right => (Next::ContinueConversation, Why::ExerciseSolved),
        (Some(_), _) => (Next::ProvideCorrection, Why::ExerciseMissed),
        (None, Some(_)) => (Next::ContinueConversation, Why::QuestionAnswered),
        (None, None) if !judged => (Next::ProvideHint, Why::NoEnglish),
        (None, None) => strategy::next_action(strategy, errors, &score),
    };
    let turn = session::number(&plan.context);
    let variation = Variation::of(core, &request.session_id, turn);
    let lesson = (judged && attempt.is_none()).then(|| {
        Lesson::of(&Material {
            text: &request.text,
            errors,
            evidence: &evidence,
            strategy,
            history,
            variation: &variation,
            graph: plan.knowledge_graph,
        })
    });
    let engine_reply = execution::by_preference(&findings.outcomes)
        .find_map(|report| report.reply.clone())
        .filter(|reply| reply::WORDS.contains(&reply.split_whitespace().count()));
    let reply = match (&attempt, engine_reply, &answer, &lesson) {
        _ if apologise => reply::apology(),
        (Some(attempt), ..) => attempt.reply(&variation),
        (None, Some(reply), ..) => reply,
        (None, None, Some(answer), _) => answer.english.clone(),
        (None, None, None, Some(lesson)) => reply::reply(core, lesson, &variation),
        (None, None, None, None) => reply::in_english(core),
    };
    let vietnamese_reason = findings.vietnamese_reason.filter(|_| !apologise);
    let taught = answer.as_ref().map(|answer| answer.exercise);
    let exercise = taught.unwrap_or_else(|| lesson.as_ref().and_then(|lesson| lesson.exercise));
    let vietnamese_hint = vietnamese_reason.map(|reason| {
        let tried = attempt.as_ref().map(Attempt::vietnamese);
        tried
            .or(engine_vietnamese)
            .or_else(|| answer.map(|answer| answer.vietnamese))
            .unwrap_or_else(|| vietnamese_hint::hint(errors, lesson.as_ref(), reason))
    });
    let exercise = exercise.filter(|_| !apologise).map(Exercise::to_posed);
    evidence.extend(attempt.map(|attempt| attempt.evidence()));
    let result = AnalysisResult {
        text: request.text.clone(),
        score,
        strategy,
        next_action,
        next_action_reason,
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
    Aggregate { result, cacheable, evidence, exercise }
}

/// The text as an answer to the exercise that the last reply gave. A question is none.
fn attempt(text: &str, plan: &Plan) -> Option<Attempt> {
    let posed = plan.context.last()?.exercise.as_ref()?;
    if !plan.knowledge_graph || plan.intent != Intent::FixGrammar {
        return None;
    }
    Attempt::of(text, Exercise::posed(posed)?)
}

/// Engines that answered this request.
fn models_used(findings: &Findings) -> Vec<String> {
    let answered = findings.outcomes.iter().filter(|outcome| outcome.answer.is_ok());
    answered.map(|outcome| outcome.engine.to_string()).collect()
}

/// Every trait from the best engine that has it; grammar from all of them.
fn merge(plan: &Plan, findings: &Findings, text: &str) -> Analysis {
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
    let grammar = if plan.tasks.contains(&Task::Grammar) {
        Trait::asked(execution::agreed_grammar(&findings.outcomes, text))
    } else {
        Trait::NotAsked
    };
    // An engine that looked and found no word to judge has answered; there is just no level.
    let nothing_to_judge = vocabulary.is_missing() && profile.had().is_some();
    Analysis {
        fluency: take(plan, findings, Task::Fluency, |r| r.fluency.map(|f| f.clamp(0.0, 1.0))),
        grammar,
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
