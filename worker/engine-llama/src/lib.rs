//! Language models in GGUF files, run by llama.cpp, in a process of their own: llama.cpp ends its process on some faults,
//! and only a process's end surely gives its memory back.
#![cfg(feature = "llama")]

pub mod calls;
pub mod constraint;
pub mod language_model;
pub mod options;
pub mod prefix_cache;
pub mod prompt_tokens;
pub mod scheduler;
pub mod sequence;
pub mod token_choice;
