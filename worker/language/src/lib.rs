//! What is known about a learner's English from the text alone. Pure: no IO, no clock, no randomness.

pub mod analysis;
pub mod confidence;
pub mod confusions;
pub mod counts;
pub mod fluency;
pub mod hash;
pub mod intent;
pub mod knowledge;
pub mod learner;
pub mod measures;
pub mod rules;
pub mod suggestion;
pub mod tagger;
pub mod vietnamese;
pub mod vocabulary;
