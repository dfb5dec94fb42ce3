//! Measures of an essay: how varied its words are, how it hangs together, how hard it is to read, how many errors it has.

pub mod cohesion;
pub mod complexity;
pub mod connectives;
pub mod diversity;
mod essay;
pub mod readability;

pub use essay::{ErrorRates, Measures, measure};
