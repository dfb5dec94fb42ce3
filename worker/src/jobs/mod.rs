//! One file for each kind of job.

pub mod analyze;
