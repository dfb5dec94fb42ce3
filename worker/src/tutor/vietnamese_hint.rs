//! When and what the tutor says in Vietnamese.

use crate::plan::{Condition, ConditionalTask, Plan};
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

/// The vetted hint: the explanations of the first errors, or what to do where there is none.
pub fn hint(errors: &[GrammarError], judged: bool, reason: VietnameseReason) -> String {
    if !errors.is_empty() {
        let explanations: Vec<&str> =
            errors.iter().take(EXPLAINED).map(|error| error.explanation_vi.as_str()).collect();
        return explanations.join(" ");
    }
    match reason {
        _ if !judged => {
            "Mình chưa thấy câu tiếng Anh nào để xem. Hãy thử viết điều bạn muốn nói bằng tiếng Anh, mình sẽ giúp bạn sửa từng chỗ."
        }
        VietnameseReason::VietnameseInput => {
            "Phần tiếng Anh của bạn không có lỗi. Hãy thử viết nốt phần tiếng Việt bằng tiếng Anh nhé."
        }
        _ => "Câu của bạn đúng ngữ pháp. Hãy tiếp tục nhé.",
    }
    .to_owned()
}
