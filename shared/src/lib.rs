//! What the api and the workers of LexiLingo fleet agree on.

pub mod analysis;
pub mod errant;
pub mod level;
