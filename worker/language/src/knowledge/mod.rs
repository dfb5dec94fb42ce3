//! What there is to learn, and how one thing rests on another.

pub mod concept;
pub mod evidence;
mod graph;
mod path;
mod uses;

pub use concept::Concept;
pub use graph::KnowledgeGraph;
pub use path::{MASTERED, next_concept, weakest_prerequisite};
