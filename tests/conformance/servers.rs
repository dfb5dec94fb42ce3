//! Stores on real servers: a Redis for each check, one MongoDB for all with a database for each.

use lexilingo_shared::{
    queue::redis::RedisQueue,
    store::{Stores, mongo::Mongo, redis::RedisCache},
};
use lexilingo_tests::{
    conformance::subject::Subject,
    servers::{MongoServer, RedisServer},
};
use std::sync::{Arc, Weak};
use tokio::sync::Mutex;

/// A server that nobody uses any more is ended, so that none outlives the tests.
static MONGO: Mutex<Weak<MongoServer>> = Mutex::const_new(Weak::new());

/// `None` for promises that need MongoDB where there is none.
pub async fn on_servers(promises: &str) -> Option<Subject> {
    let redis = RedisServer::start().await.unwrap();
    let server = match promises {
        "documents" | "blobs" => Some(mongo().await?),
        _ => None,
    };
    // A client connects at its first call, and the other promises make none.
    let uri = server.as_ref().map_or("mongodb://127.0.0.1:1/".to_owned(), |server| server.uri());
    let database = format!("conformance-{:x}", rand::random::<u64>());
    if server.is_some() {
        lexilingo_migrations::run(&uri, Some(&database)).await.unwrap();
    }
    let mongo = Mongo::connect(&uri, Some(&database)).await.unwrap();
    let queue = Arc::new(RedisQueue::connect(&redis.url(), "conformance").await.unwrap());
    let cache = RedisCache::connect(&redis.url(), "conformance").await.unwrap();
    let stores = Stores {
        jobs: queue.clone(),
        lanes: queue.clone(),
        fleet: queue,
        cache: Arc::new(cache),
        documents: Arc::new(mongo.documents()),
        blobs: Arc::new(mongo.blobs()),
    };
    Some(Subject::new(stores, (redis, server)))
}

async fn mongo() -> Option<Arc<MongoServer>> {
    let mut running = MONGO.lock().await;
    if let Some(server) = running.upgrade() {
        return Some(server);
    }
    let server = Arc::new(MongoServer::start().await.unwrap()?);
    *running = Arc::downgrade(&server);
    Some(server)
}
