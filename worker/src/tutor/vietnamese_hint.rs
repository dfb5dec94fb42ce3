//! When and what the tutor says in Vietnamese.

use crate::{
    plan::{Condition, ConditionalTask, Plan},
    tutor::lesson::Lesson,
};
use lexilingo_language::vietnamese::{
    DRILL, NO_ENGLISH, NO_ERROR, NO_ERROR_IN_ENGLISH, Phrase, USED_RIGHTLY, filled,
};
use lexilingo_shared::{analysis::GrammarError, result::VietnameseReason};

/// Below this confidence a Vietnamese speaker gets Vietnamese too.
const LOW_CONFIDENCE: f64 = 0.8;
/// Errors that a hint explains at most.
const EXPLAINED: usize = 3;

/// The first condition of the plan that the findings meet.
pub fn reason(plan: &Plan, errors: usize, confidence: f64) -> Option<VietnameseReason> {
    let conditions = plan.conditional_tasks.iter().find_map(|task| match task {
        ConditionalTask::VietnameseExplanation { conditions } => Some(conditions),
        ConditionalTask::Upgrade { .. } => None,
    })?;
    conditions.iter().find_map(|condition| match condition {
        Condition::Requested => Some(VietnameseReason::Requested),
        Condition::VietnameseInput => Some(VietnameseReason::VietnameseInput),
        Condition::AnyError if errors > 0 => Some(VietnameseReason::BasicLevel),
        Condition::LowConfidence if confidence < LOW_CONFIDENCE => {
            Some(VietnameseReason::LowConfidence)
        }
        _ => None,
    })
}

/// The vetted hint: the explanations of the first errors with the exercise of a drill, or what was right and what to do
/// next where there is no error. `lesson` is None where there was no English to judge.
pub fn hint(
    errors: &[GrammarError],
    lesson: Option<&Lesson<'_>>,
    reason: VietnameseReason,
) -> String {
    let mut parts: Vec<String> =
        errors.iter().take(EXPLAINED).map(|error| error.explanation_vi.clone()).collect();
    if let Some(exercise) = lesson.and_then(|lesson| lesson.exercise) {
        let task = exercise.task().instruction().vietnamese;
        let values = [("task", task), ("question", exercise.question())];
        parts.push(filled(DRILL.vietnamese, &values));
    }
    if errors.is_empty() {
        if let Some(found) = lesson.and_then(|lesson| lesson.right_use.as_ref()) {
            let values = [("quote", found.quote.as_str()), ("title", &found.concept.title.vi)];
            parts.push(filled(USED_RIGHTLY.vietnamese, &values));
        }
        parts.push(without_errors(lesson.is_some(), reason).vietnamese.to_owned());
    }
    parts.join(" ")
}

fn without_errors(judged: bool, reason: VietnameseReason) -> Phrase {
    match reason {
        _ if !judged => NO_ENGLISH,
        VietnameseReason::VietnameseInput => NO_ERROR_IN_ENGLISH,
        _ => NO_ERROR,
    }
}
