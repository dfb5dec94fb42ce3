//! What a tutor makes of findings: scores, strategy, reply, Vietnamese. Pure.

pub mod answer;
pub mod attempt;
pub mod exercise;
pub mod lesson;
mod quotation;
pub mod reply;
pub mod score;
pub mod strategy;
pub mod variation;
pub mod vietnamese_hint;
mod wording;
