//! Real servers for tests: each on a port of its own, ended by its own process id.

pub mod guardian;
pub mod mongo;
pub mod port;
pub mod redis;
pub mod shared;

pub use mongo::MongoServer;
pub use redis::RedisServer;
