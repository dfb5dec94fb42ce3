//! When and what the tutor says in Vietnamese.

use crate::{
    plan::{Condition, ConditionalTask, Plan},
    tutor::lesson::Lesson,
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
        let (_, instruction) = exercise.task().instruction();
        parts.push(format!(
            "Bạn đã gặp lỗi này nhiều lần, nên hãy luyện tập thêm. {instruction}: {}",
            exercise.question()
        ));
    }
    if errors.is_empty() {
        if let Some(found) = lesson.and_then(|lesson| lesson.right_use.as_ref()) {
            let (quote, title) = (&found.quote, &found.concept.title.vi);
            parts.push(format!("Bạn đã dùng đúng “{quote}” ({title})."));
        }
        parts.push(without_errors(lesson.is_some(), reason).to_owned());
    }
    parts.join(" ")
}

fn without_errors(judged: bool, reason: VietnameseReason) -> &'static str {
    match reason {
        _ if !judged => {
            "Mình chưa thấy câu tiếng Anh nào để xem. Hãy thử viết điều bạn muốn nói bằng tiếng Anh, mình sẽ giúp bạn sửa từng chỗ."
        }
        VietnameseReason::VietnameseInput => {
            "Mình không thấy lỗi nào trong phần tiếng Anh của bạn. Hãy thử viết nốt phần tiếng Việt bằng tiếng Anh nhé."
        }
        _ => "Mình không thấy lỗi nào trong câu của bạn. Hãy tiếp tục nhé.",
    }
}
