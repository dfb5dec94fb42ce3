//! The queue seam on Redis 7 or later. The lanes keep apalis-redis's layout; the scripts are our own, because what
//! ships with it loses wake-ups, wedges on many due entries and grows without bound.

mod connection;
mod doubt;
mod fleet;
mod handle;
mod idempotency;
mod jobs;
mod keys;
mod lanes;
mod outbox;
mod record;
mod scripts;
mod signals;

pub use handle::RedisQueue;

pub(crate) use connection::{Connection, Patience, fault};
pub(crate) use keys::Keys;
