//! The test harness: what the test binaries share.

pub mod client;
pub mod conformance;
pub mod contract;
pub mod fleet;
pub mod keys;
pub mod program;
pub mod receiver;
pub mod scripted;
pub mod servers;
pub mod wait;
