//! The queue seam on Redis 7 or later. The lanes keep apalis-redis's layout; the scripts are our own, because what
//! ships with it loses wake-ups, wedges on many due entries and grows without bound.

mod budgets;
mod connection;
mod deliveries;
mod fleet;
mod idempotency;
mod jobs;
mod keys;
mod lanes;
mod lease_token;
mod outbox;
mod record;
mod redis_queue;
mod scripts;
mod signals;
mod unwritten;

pub use redis_queue::RedisQueue;

pub(crate) use connection::{Connection, Patience, fault};
pub(crate) use keys::Keys;
