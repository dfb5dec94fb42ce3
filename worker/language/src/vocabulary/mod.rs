//! What words a learner uses, by CEFR level.

pub mod lemma;
pub mod levels;
mod profile;

pub use profile::{Vocabulary, profile};
