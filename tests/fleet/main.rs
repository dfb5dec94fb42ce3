//! The promises of the whole product, kept by real processes: a file for each subject.

mod access;
mod analyze_text;
mod bad_input;
mod cache;
mod configuration;
mod crash_recovery;
mod degraded;
mod fleet_health;
mod jobs;
mod language_tool;
mod learners;
mod privacy;
mod webhook_schedule;
mod webhooks;
