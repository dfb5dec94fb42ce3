//! Opens the stores that the configuration names.

use crate::{
    config::{Backend, Storage},
    queue::{Fleet, Lanes, redis::RedisQueue},
    store::{Documents, Stores, embedded::Embedded, mongo::Mongo, redis::RedisCache},
    store_error::{StoreError, StoreResult},
};
use std::sync::Arc;

/// Every store, embedded or on the fleet's servers.
pub async fn open(storage: &Storage) -> StoreResult<Stores> {
    match &storage.backend {
        Backend::Embedded { data_dir } => Ok(Embedded::open(data_dir)?.stores()),
        Backend::Fleet { redis, cache_redis, mongodb, database } => {
            let connecting = async {
                let queue = RedisQueue::connect(redis.expose(), &storage.namespace).await?;
                let queue = Arc::new(queue);
                let cache = RedisCache::connect(cache_redis.expose(), &storage.namespace).await?;
                let mongo = Mongo::connect(mongodb.expose(), Some(database)).await?;
                Ok(Stores {
                    jobs: queue.clone(),
                    lanes: queue.clone(),
                    fleet: queue.clone(),
                    budgets: queue.clone(),
                    deliveries: queue,
                    cache: Arc::new(cache),
                    documents: Arc::new(mongo.documents()),
                    blobs: Arc::new(mongo.blobs()),
                })
            };
            // Drivers quote the address that they could not use, password and all.
            let secrets = [redis, cache_redis, mongodb];
            connecting.await.map_err(|e: StoreError| e.scrubbed(&secrets))
        }
    }
}

/// The documents alone, for what needs no queue.
pub async fn open_documents(storage: &Storage) -> StoreResult<Arc<dyn Documents>> {
    match &storage.backend {
        Backend::Embedded { data_dir } => Ok(Embedded::open(data_dir)?.stores().documents),
        Backend::Fleet { mongodb, database, .. } => {
            let mongo = Mongo::connect(mongodb.expose(), Some(database)).await;
            let mongo = mongo.map_err(|error| error.scrubbed(&[mongodb]))?;
            Ok(Arc::new(mongo.documents()))
        }
    }
}

/// A second connection to the fleet's queue, for heartbeats alone. Embedded storage has one writer and no second
/// opening.
pub async fn open_queue(
    storage: &Storage,
) -> StoreResult<Option<(Arc<dyn Lanes>, Arc<dyn Fleet>)>> {
    match &storage.backend {
        Backend::Embedded { .. } => Ok(None),
        Backend::Fleet { redis, .. } => {
            let queue = Arc::new(RedisQueue::connect(redis.expose(), &storage.namespace).await?);
            Ok(Some((queue.clone(), queue)))
        }
    }
}
