//! What words a learner uses, by CEFR level.

pub mod levels;
