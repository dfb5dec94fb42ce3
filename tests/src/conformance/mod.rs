//! What every implementation of the storage seams promises, as checks that take any of them. `suite` lists them and
//! makes each a test of its own per backend.

pub mod subject;
pub mod successes;
pub mod suite;

pub mod blobs;
pub mod budgets;
pub mod cache;
pub mod deliveries;
pub mod deliveries_of_webhooks;
pub mod documents;
pub mod fleet;
pub mod history;
pub mod idempotency;
pub mod jobs;
pub mod keys;
pub mod lanes;
pub mod profiles;
