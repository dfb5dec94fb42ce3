//! How much of a full answer an answer is: levels 0 to 3, what is missing, and why. Pure.

use crate::{phases::execution::Findings, plan::Plan, task::Task};
use lexilingo_shared::{
    analysis::Analysis, model::ModelName, request::AnalyzeRequest, result::Degradation,
};

/// 0 full; 1 a trait is missing; 2 the rules answered for a failed engine; 3 nothing that was asked for could be had.
pub fn judge(
    request: &AnalyzeRequest,
    plan: &Plan,
    findings: &Findings,
    analysis: &Analysis,
) -> Degradation {
    if findings.cached.is_some() {
        return Degradation::none();
    }
    let asked = [
        (Task::Grammar, analysis.grammar.is_missing(), analysis.grammar.had().is_some()),
        (Task::Fluency, analysis.fluency.is_missing(), analysis.fluency.had().is_some()),
        (Task::Vocabulary, analysis.vocabulary.is_missing(), analysis.vocabulary.had().is_some()),
        (
            Task::Pronunciation,
            analysis.pronunciation.is_missing(),
            analysis.pronunciation.had().is_some(),
        ),
    ];
    let mut missing: Vec<String> =
        asked.iter().filter(|(_, gone, _)| *gone).map(|(t, ..)| t.as_str().to_owned()).collect();
    let any_had = asked.iter().any(|(_, _, had)| *had);
    let mut reasons: Vec<String> = findings
        .outcomes
        .iter()
        .filter_map(|o| Some(format!("{} {}", o.engine, o.answer.as_ref().err()?)))
        .collect();
    if request.text.trim().is_empty() {
        missing.insert(0, "transcript".to_owned());
        reasons.push("no engine of this fleet can transcribe speech".to_owned());
    }
    let no_step = |task: Task| !plan.engines.iter().any(|step| step.tasks.contains(&task));
    if analysis.pronunciation.is_missing() && no_step(Task::Pronunciation) {
        reasons.push("no engine of this fleet can score pronunciation".to_owned());
    }
    let engine_failed = findings.outcomes.iter().any(|o| o.answer.is_err());
    let cut_short: Vec<ModelName> = findings
        .outcomes
        .iter()
        .filter(|o| o.answer.as_ref().is_ok_and(|report| report.cut_short))
        .map(|o| o.engine)
        .collect();
    reasons.extend(cut_short.iter().map(|engine| format!("{engine} had no time for all of it")));
    let rules_answered =
        findings.outcomes.iter().any(|o| o.engine == ModelName::Rules && o.answer.is_ok());
    // The rules stand in where an engine that shares their tasks, or explains them, has failed.
    let stood_in = rules_answered
        && findings
            .outcomes
            .iter()
            .any(|o| o.answer.is_err() && !matches!(o.engine, ModelName::Hubert | ModelName::Gop));
    let level = match (any_had, missing.is_empty()) {
        (false, false) => 3,
        _ if stood_in => 2,
        (_, false) => 1,
        // Another engine covered everything that the failed one could do.
        (_, true) if engine_failed || !cut_short.is_empty() => 1,
        (_, true) => 0,
    };
    let reason = (level > 0).then(|| reasons.join("; ")).filter(|reason| !reason.is_empty());
    Degradation { level, missing, reason }
}
