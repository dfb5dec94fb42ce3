//! One file per address: handler, request, response and OpenAPI attribute.

pub mod analyze;
pub mod docs;
pub mod health;
pub mod job;
pub mod job_cancel;
pub mod job_events;
pub mod job_feedback;
pub mod language_tool_check;
pub mod language_tool_languages;
pub mod learner;
pub mod learner_erasure;
pub mod metrics;
pub mod openapi_json;
pub mod probes;
pub mod session;
pub mod stats;
pub mod upload;
pub mod uploads;
pub mod webhook;
pub mod webhook_attempts;
pub mod webhook_replay;
pub mod webhook_rotate;
pub mod webhook_test;
pub mod webhooks;
