//! One MongoDB and one Redis for all the tests of a binary; each test has a database or namespace of its own.

use super::{MongoServer, RedisServer};
use tokio::sync::OnceCell;

static MONGO: OnceCell<MongoServer> = OnceCell::const_new();
static REDIS: OnceCell<RedisServer> = OnceCell::const_new();

/// Panics when the server cannot be started: a test that needs it cannot pass without it.
pub async fn mongo() -> &'static MongoServer {
    MONGO.get_or_init(async || MongoServer::start().await.expect("MongoDB starts")).await
}

pub async fn redis() -> &'static RedisServer {
    REDIS.get_or_init(async || RedisServer::durable().await.expect("Redis starts")).await
}

/// A name that no other test has, for a database or a namespace.
pub fn fresh_name() -> String {
    format!("t{:x}", rand::random::<u64>())
}
