//! The queue seam: job records, lanes with leases, and the fleet's liveness. Two implementations, `redis` and
//! `embedded`, held to the same promises by `tests/conformance`.

pub mod budgets;
pub mod deliveries;
pub mod embedded;
pub mod fleet;
pub mod jobs;
pub mod lanes;
pub mod redis;

pub use budgets::{Budget, Budgets, Taken, Usage};
pub use deliveries::{Added, Deliveries, LentDelivery, NewDelivery, Sent};
pub use fleet::{Fleet, LoadedModel, MemoryReport, ModelState, RefusedModel, WorkerReport};
pub use jobs::{
    Backlog, Cancel, Changes, Finish, Hold, IdempotencyClaim, IdempotencyOutcome, JobWatch, Jobs,
    Lookup, Progress, Started, Success, Unwritten,
};
pub use lanes::{Delivery, LaneStats, Lanes, Pushed, Recovered, Settlement};
