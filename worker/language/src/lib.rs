//! What is known about a learner's English from the text alone. Pure: no IO, no clock, no randomness.

pub mod analysis;
pub mod fluency;
pub mod intent;
pub mod knowledge;
pub mod learner;
pub mod measures;
pub mod rules;
pub mod vocabulary;
