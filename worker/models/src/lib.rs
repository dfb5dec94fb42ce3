//! Model files: what is known of them, what lies in a model's folder, and small real ones that tests and a demonstration use.

pub mod folder;
pub mod known;
pub mod manifest;
pub mod tiny;
