//! What is known of a learner, from the texts seen so far. Pure: the clock is an argument.

mod level;
mod mastery;

pub use level::{Estimate, History, estimate};
pub use mastery::{Mastery, due};
