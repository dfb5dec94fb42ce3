//! The result cache on Redis, apart from the queue's: here the server may evict.

mod cache;

pub use cache::RedisCache;
