//! The test harness: what the test binaries share.

pub mod conformance;
pub mod scripted;
pub mod servers;
