//! What a tutor makes of findings: scores, strategy, reply, Vietnamese. Pure.

pub mod answer;
pub mod reply;
pub mod score;
pub mod strategy;
pub mod vietnamese_hint;
