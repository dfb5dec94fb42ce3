//! The queue seam on the embedded database (`store::embedded`), with wake-ups inside the process.

mod budgets;
mod deliveries;
mod delivery;
mod erasure;
mod events;
mod fleet;
mod idempotency;
mod jobs;
mod lanes;
mod outbox;
mod record;

pub(crate) mod ending;
pub(crate) mod entry;
pub(crate) mod signals;
mod unwritten;

pub use budgets::EmbeddedBudgets;
pub use deliveries::EmbeddedDeliveries;
pub use fleet::EmbeddedFleet;
pub use jobs::EmbeddedJobs;
pub use lanes::EmbeddedLanes;
