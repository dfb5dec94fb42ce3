//! Real servers for tests: each on a port of its own, ended by its own process id.

pub mod mongo;
pub mod redis;

mod port;

pub use mongo::MongoServer;
pub use redis::RedisServer;
