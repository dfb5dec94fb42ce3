//! The outbox: one stream per shard, written by the scripts that end jobs, read oldest first.

use super::{
    record,
    redis_queue::{RedisQueue, STORE},
};
use crate::{
    id::{SHARDS, Tenant},
    job::OutboxEntry,
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use redis::streams::StreamRangeReply;
use std::collections::{BTreeMap, HashMap};

impl RedisQueue {
    pub(super) async fn oldest_outbox(&self, limit: usize) -> StoreResult<Vec<OutboxEntry>> {
        let mut commands = redis::pipe();
        for shard in 0..SHARDS {
            commands.xrange_count(self.keys.outbox(shard), "-", "+", limit);
        }
        let streams: Vec<StreamRangeReply> = self.connection.pipeline(&commands).await?;
        let mut entries = Vec::new();
        for (shard, stream) in (0..SHARDS).zip(streams) {
            for entry in stream.ids {
                let fields = entry.map.iter().filter_map(|(name, value)| {
                    Some((name.as_str(), redis::from_redis_value_ref(value).ok()?))
                });
                entries.push(read(shard, &entry.id, &fields.collect())?);
            }
        }
        // Ids of streams begin with the server's time. The sort is stable, so a stream keeps its order.
        entries.sort_by_key(|entry| (entry.at, milliseconds(&entry.cursor)));
        entries.truncate(limit);
        Ok(entries)
    }

    pub(super) async fn acknowledge_outbox(&self, entries: &[OutboxEntry]) -> StoreResult<()> {
        let mut by_shard: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
        for entry in entries {
            let (shard, id) = split(&entry.cursor)
                .ok_or_else(|| StoreError::corrupt(STORE, "a cursor of the outbox"))?;
            by_shard.entry(shard).or_default().push(id);
        }
        if by_shard.is_empty() {
            return Ok(());
        }
        let mut commands = redis::pipe();
        for (shard, ids) in by_shard {
            commands.xdel(self.keys.outbox(shard), &ids).ignore();
        }
        self.connection.pipeline(&commands).await
    }
}

fn read(shard: u8, id: &str, fields: &HashMap<&str, String>) -> StoreResult<OutboxEntry> {
    let bad = || StoreError::corrupt(STORE, "an entry of the outbox");
    let field = |name| fields.get(name).ok_or_else(bad);
    Ok(OutboxEntry {
        cursor: format!("{shard}/{id}"),
        job: field("job")?.parse().map_err(|_| bad())?,
        tenant: Tenant::new(field("tenant")?).map_err(|_| bad())?,
        kind: record::read_kind(field("kind")?)?,
        at: Timestamp::from_millis(field("at")?.parse().map_err(|_| bad())?),
    })
}

/// Shard and stream id of a cursor.
fn split(cursor: &str) -> Option<(u8, &str)> {
    let (shard, id) = cursor.split_once('/')?;
    let shard = shard.parse().ok().filter(|shard| *shard < SHARDS)?;
    Some((shard, id))
}

fn milliseconds(cursor: &str) -> u64 {
    let time = split(cursor).and_then(|(_, id)| id.split('-').next());
    time.and_then(|time| time.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_names_shard_and_position() {
        assert_eq!(split("15/1795397895123-0"), Some((15, "1795397895123-0")));
        assert_eq!(milliseconds("15/1795397895123-0"), 1_795_397_895_123);
        assert!(split("16/1-0").is_none() && split("1-0").is_none());
    }
}
