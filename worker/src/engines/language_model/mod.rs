//! Language models as engines: wherever a model runs (a process of its own, a server elsewhere), what it is told and how
//! its words become findings is the same.

pub mod explainer;
#[cfg(test)]
mod fixture;
pub mod reply;
pub mod text_model;
pub mod tutor;
