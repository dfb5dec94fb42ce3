//! Webhooks as Standard Webhooks has them (standard-webhooks/standard-webhooks, spec/standard-webhooks.md). Pure: what is
//! sent to whom, how it is signed, when it is tried again, and which addresses may be reached.

pub mod address;
pub mod endpoint;
pub mod event;
pub mod retry_after;
pub mod schedule;
pub mod secret;
pub mod target;

pub use endpoint::{Disabled, Endpoint};
pub use event::{EventId, EventType};
pub use secret::Secret;
pub use target::{Policy, Target};
