//! Model files: what lies in a model's folder, and small real ones that tests and a demonstration use.

pub mod folder;
pub mod manifest;
pub mod tiny;
