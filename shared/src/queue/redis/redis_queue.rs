//! The handle that all three parts of the queue seam stand on.

use super::{
    connection::{Connection, Patience, fault},
    keys::Keys,
    lease_token::LeaseTokens,
    signals::Signals,
};
use crate::{id::JobId, store_error::StoreResult, time::Timestamp};
use redis::{Client, Script, ScriptInvocation};
use std::sync::Arc;

/// The name that errors carry.
pub(super) const STORE: &str = "redis queue";

/// Job records, lanes and fleet on one Redis server. Clones share the connection and the subscription.
#[derive(Clone)]
pub struct RedisQueue {
    pub(super) connection: Connection,
    pub(super) keys: Arc<Keys>,
    pub(super) signals: Arc<Signals>,
    pub(super) lease_tokens: Arc<LeaseTokens>,
}

impl RedisQueue {
    /// Fails on a malformed URL only: the server is reached at the first call, see `Fleet::ping`. Every key starts with
    /// `namespace`. Must be called within a tokio runtime.
    pub async fn connect(url: &str, namespace: &str) -> StoreResult<RedisQueue> {
        let client = Client::open(url).map_err(|error| fault(STORE, &error))?;
        let connection = Connection::open(client.clone(), STORE, Patience::QUEUE)?;
        let keys = Arc::new(Keys::new(namespace));
        let signals = Signals::new(client, keys.clone());
        Ok(RedisQueue { connection, keys, signals, lease_tokens: Arc::default() })
    }

    /// A call of a script about jobs of one shard, with what all of them begin with.
    pub(super) fn on_shard<'a>(
        &self,
        script: &'a Script,
        shard: u8,
        now: Timestamp,
    ) -> ScriptInvocation<'a> {
        let mut call = script.key(self.keys.deadlines(shard));
        call.arg(self.keys.shard(shard)).arg(self.keys.changed()).arg(now.as_millis());
        call
    }

    /// A call of a script about one job.
    pub(super) fn on_job<'a>(
        &self,
        script: &'a Script,
        id: &JobId,
        now: Timestamp,
    ) -> ScriptInvocation<'a> {
        let mut call = self.on_shard(script, id.shard(), now);
        call.arg(id.as_str());
        call
    }
}

impl std::fmt::Debug for RedisQueue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisQueue").finish_non_exhaustive()
    }
}
