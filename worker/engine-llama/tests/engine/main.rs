//! The program and the model under it, on tiny models with random weights.

mod completions;
mod program;
mod reference;
