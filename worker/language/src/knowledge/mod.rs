//! What there is to learn, and how one thing rests on another.

pub mod concept;
mod evidence;
mod graph;
mod path;
mod uses;

pub use concept::Concept;
pub use evidence::{Evidence, evidence};
pub use graph::KnowledgeGraph;
pub use path::{next_concept, weakest_prerequisite};
