//! At what level a learner stands, from the texts seen so far. Pure. What is known of each concept is
//! `lexilingo_shared::mastery`, because the api shows it.

mod level;

pub use level::{Estimate, History, estimate};
