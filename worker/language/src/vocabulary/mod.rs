//! What words a learner uses, by CEFR level.

pub mod lemma;
pub mod levels;
mod profile;
mod reading;
mod suggestion;
mod upper;

pub use profile::{Vocabulary, profile};
pub use reading::{Reading, reading};
pub use suggestion::{Suggestion, suggestions};
