//! What a learner asks of the tutor, and the answer from the knowledge graph.

pub mod answer;
mod names;
mod phrases;
mod recognise;

pub use recognise::{Asked, Intent, Topic, recognise};
