//! One multiplexed connection that mends itself, and what its failures mean.

use crate::store_error::{StoreError, StoreResult};
use redis::{
    Client, ErrorKind, FromRedisValue, Pipeline, RedisError, ScriptInvocation, ServerErrorKind,
    aio::{ConnectionManager, ConnectionManagerConfig},
};
use std::time::Duration;

/// How long a store is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one answer.
    pub response: Duration,
    /// For one attempt to connect.
    pub connect: Duration,
    /// Attempts to connect before a call fails, and attempts of a call whose connection broke.
    pub attempts: usize,
}

impl Patience {
    /// For what must not be lost.
    pub const QUEUE: Patience = Patience {
        response: Duration::from_secs(10),
        connect: Duration::from_secs(3),
        attempts: 4,
    };
    /// For what can be done without.
    pub const CACHE: Patience = Patience {
        response: Duration::from_secs(1),
        connect: Duration::from_millis(500),
        attempts: 1,
    };
}

#[derive(Clone)]
pub struct Connection {
    manager: ConnectionManager,
    store: &'static str,
    patience: Patience,
}

impl Connection {
    /// Checks the URL; the server is reached at the first call, so that services may start in any order.
    pub fn open(client: Client, store: &'static str, patience: Patience) -> StoreResult<Self> {
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(Some(patience.response))
            .set_connection_timeout(Some(patience.connect))
            .set_number_of_retries(patience.attempts)
            .set_min_delay(Duration::from_millis(50))
            .set_max_delay(Duration::from_secs(1));
        let manager = ConnectionManager::new_lazy_with_config(client, config)
            .map_err(|error| fault(store, &error))?;
        Ok(Connection { manager, store, patience })
    }

    /// Runs a script. It is run again when the connection broke, so it has to bear being run twice.
    pub async fn script<T: FromRedisValue>(
        &self,
        invocation: &ScriptInvocation<'_>,
    ) -> StoreResult<T> {
        let mut attempt = 1;
        loop {
            match self.script_once(invocation).await {
                Err(failed) if failed.may_pass(self, attempt).await => attempt += 1,
                other => return other.map_err(|failed| failed.0),
            }
        }
    }

    /// Runs a script once. After a failure it may have been run all the same.
    pub async fn script_once<T: FromRedisValue>(
        &self,
        invocation: &ScriptInvocation<'_>,
    ) -> Result<T, Failed> {
        let answer = invocation.invoke_async(&mut self.manager.clone()).await;
        answer.map_err(|error| Failed(fault(self.store, &error), is_passing(&error)))
    }

    /// Sends commands that bear being sent twice.
    pub async fn pipeline<T: FromRedisValue>(&self, commands: &Pipeline) -> StoreResult<T> {
        let mut attempt = 1;
        loop {
            match self.pipeline_once(commands).await {
                Err(failed) if failed.may_pass(self, attempt).await => attempt += 1,
                other => return other.map_err(|failed| failed.0),
            }
        }
    }

    /// Sends commands that must not be repeated, such as sums.
    pub async fn pipeline_once<T: FromRedisValue>(&self, commands: &Pipeline) -> Result<T, Failed> {
        let answer = commands.query_async(&mut self.manager.clone()).await;
        answer.map_err(|error| Failed(fault(self.store, &error), is_passing(&error)))
    }
}

/// One failed call, and whether its reason is one that passes.
#[derive(Debug)]
pub struct Failed(StoreError, bool);

impl Failed {
    /// Whether to try again after this many attempts; pauses first.
    pub async fn may_pass(&self, connection: &Connection, attempts: usize) -> bool {
        let again = self.1 && attempts < connection.patience.attempts;
        if again {
            let factor = u32::try_from(attempts).unwrap_or(1);
            tokio::time::sleep(Duration::from_millis(50) * factor * factor).await;
        }
        again
    }
}

impl From<Failed> for StoreError {
    fn from(failed: Failed) -> StoreError {
        failed.0
    }
}

/// What a failed call means to whoever asked.
pub fn fault(store: &'static str, error: &RedisError) -> StoreError {
    if error.code() == Some("OOM") {
        return StoreError::Full { store };
    }
    match error.kind() {
        ErrorKind::UnexpectedReturnType | ErrorKind::Parse => StoreError::corrupt(store, error),
        _ if error.code() == Some("WRONGTYPE") => StoreError::corrupt(store, error),
        _ => StoreError::unavailable(store, error),
    }
}

/// A lost connection is being remade and a starting server will have read its file soon. A late answer is not
/// repeated: whoever waited has waited long enough.
fn is_passing(error: &RedisError) -> bool {
    !error.is_timeout()
        && (error.is_connection_dropped()
            || error.is_io_error()
            || error.kind() == ErrorKind::Server(ServerErrorKind::BusyLoading))
}
