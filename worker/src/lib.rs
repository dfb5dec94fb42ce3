//! The worker: takes jobs from lanes, runs the five phases, writes what comes of it.

pub mod agreement;
pub mod allocation;
pub mod analyze_once;
pub mod boot;
pub mod cache_entry;
pub mod catalogue;
pub mod consumer;
pub mod counters;
pub mod degradation;
pub mod document_writer;
pub mod effects;
pub mod engine;
pub mod engines;
#[cfg(test)]
mod fixtures;
pub mod heartbeat;
pub mod input;
pub mod jobs;
pub mod ledger;
pub mod memory;
pub mod metrics;
pub mod ops;
pub mod outcome;
pub mod phases;
pub mod pipeline;
pub mod plan;
pub mod proc_memory;
pub mod running;
pub mod services;
pub mod task;
pub mod text_shape;
pub mod tutor;
pub mod webhook;

pub use analyze_once::analyze_once;
pub use boot::run;
pub use catalogue::Catalogue;
