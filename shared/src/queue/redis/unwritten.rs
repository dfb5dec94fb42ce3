//! Successes whose documents are still to be written.

use super::{
    jobs::read_input,
    record::{self, RECORD, Values},
    redis_queue::{RedisQueue, STORE},
};
use crate::{
    id::{JobId, SHARDS},
    queue::jobs::{Backlog, Jobs, Unwritten},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};

pub async fn oldest(
    queue: &RedisQueue,
    until: Timestamp,
    limit: usize,
) -> StoreResult<Vec<Unwritten>> {
    let mut read = redis::pipe();
    for shard in 0..SHARDS {
        let key = queue.keys.unwritten(shard);
        let most = isize::try_from(limit).unwrap_or(isize::MAX);
        read.zrangebyscore_limit_withscores(key, "-inf", before(until), 0, most);
    }
    let shards: Vec<Vec<(String, i64)>> = queue.connection.pipeline(&read).await?;
    let mut ids: Vec<(i64, JobId)> = Vec::new();
    for (id, ended) in shards.into_iter().flatten() {
        ids.push((ended, id.parse().map_err(|_| StoreError::corrupt(STORE, "a job id"))?));
    }
    ids.sort();
    ids.truncate(limit);
    let mut read = redis::pipe();
    for (_, id) in &ids {
        read.hmget(queue.keys.job(id), &RECORD);
        read.hmget(queue.keys.job(id), &["interaction", "input"]);
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut parts = queue.connection.pipeline::<Vec<redis::Value>>(&read).await?.into_iter();
    let (mut found, mut without) = (Vec::new(), Vec::new());
    for (_, id) in ids {
        let values: Values = part(parts.next())?;
        let (interaction, input): (Option<String>, Option<String>) = part(parts.next())?;
        let (Some(interaction), Some(input)) = (interaction, input) else {
            without.push(id);
            continue;
        };
        let record = Box::new(record::read(&id, values)?);
        found.push(Unwritten { record, input: read_input(&input)?, interaction });
    }
    if !without.is_empty() {
        // What has gone meanwhile, by time or erasure, leaves nothing to write.
        queue.written(&without).await?;
    }
    Ok(found)
}

pub async fn backlog(queue: &RedisQueue, until: Timestamp) -> StoreResult<Backlog> {
    let mut read = redis::pipe();
    for shard in 0..SHARDS {
        read.zcount(queue.keys.unwritten(shard), "-inf", before(until));
        read.get(queue.keys.given_up(shard));
    }
    let counts: Vec<Option<u64>> = queue.connection.pipeline(&read).await?;
    let sum = |from: usize| counts.iter().skip(from).step_by(2).flatten().sum();
    Ok(Backlog { waiting: sum(0), given_up: sum(1) })
}

fn before(until: Timestamp) -> String {
    format!("({}", until.as_millis())
}

fn part<T: redis::FromRedisValue>(value: Option<redis::Value>) -> StoreResult<T> {
    redis::from_redis_value(value.unwrap_or(redis::Value::Nil))
        .map_err(|error| StoreError::corrupt(STORE, error))
}
