//! The test harness: what the test binaries share.

pub mod conformance;
