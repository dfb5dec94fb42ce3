//! The outbox: one sorted set per shard, written by the scripts that end jobs, read oldest first.

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
use std::collections::BTreeMap;

/// Entries of a shard that wait to be told; past it the oldest are forgotten.
const MOST: isize = 10_000;

impl RedisQueue {
    pub(super) async fn oldest_outbox(&self, limit: usize) -> StoreResult<Vec<OutboxEntry>> {
        let last = isize::try_from(limit).unwrap_or(isize::MAX).saturating_sub(1);
        let mut commands = redis::pipe();
        for shard in 0..SHARDS {
            commands.zremrangebyrank(self.keys.announced(shard), 0, -MOST - 1).ignore();
            commands.zrange_withscores(self.keys.announced(shard), 0, last);
        }
        let shards: Vec<Vec<(String, i64)>> = self.connection.pipeline(&commands).await?;
        let mut entries = Vec::new();
        for (shard, announced) in (0..SHARDS).zip(shards) {
            for (member, at) in announced {
                entries.push(read(shard, &member, at)?);
            }
        }
        entries.sort_by_key(|entry| entry.at);
        entries.truncate(limit);
        Ok(entries)
    }

    pub(super) async fn acknowledge_outbox(&self, entries: &[OutboxEntry]) -> StoreResult<()> {
        let mut by_shard: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
        for entry in entries {
            let (shard, member) = split(&entry.cursor)
                .ok_or_else(|| StoreError::corrupt(STORE, "a cursor of the outbox"))?;
            by_shard.entry(shard).or_default().push(member);
        }
        if by_shard.is_empty() {
            return Ok(());
        }
        let mut commands = redis::pipe();
        for (shard, members) in by_shard {
            commands.zrem(self.keys.announced(shard), &members).ignore();
        }
        self.connection.pipeline(&commands).await
    }
}

/// A member is kind, tenant and job, each ended by a line feed but the last.
fn read(shard: u8, member: &str, at: i64) -> StoreResult<OutboxEntry> {
    let bad = || StoreError::corrupt(STORE, "an entry of the outbox");
    let mut parts = member.splitn(3, '\n');
    let mut part = || parts.next().ok_or_else(bad);
    Ok(OutboxEntry {
        kind: record::read_kind(part()?)?,
        tenant: Tenant::new(part()?).map_err(|_| bad())?,
        job: part()?.parse().map_err(|_| bad())?,
        at: Timestamp::from_millis(at),
        cursor: format!("{shard}/{member}"),
    })
}

/// Shard and member of a cursor.
fn split(cursor: &str) -> Option<(u8, &str)> {
    let (shard, member) = cursor.split_once('/')?;
    let shard = shard.parse().ok().filter(|shard| *shard < SHARDS)?;
    Some((shard, member))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{id::JobId, job::EventKind};

    #[test]
    fn an_entry_reads_back_and_its_cursor_names_shard_and_member() {
        let job = JobId::new(Timestamp::from_millis(1), 1);
        let member = format!("failed\nschool\n{job}");
        let entry = read(15, &member, 7).unwrap();
        assert_eq!((entry.kind, &entry.job, entry.at.as_millis()), (EventKind::Failed, &job, 7));
        assert_eq!(split(&entry.cursor), Some((15, member.as_str())));
        assert!(split("16/a").is_none() && split("1-0").is_none());
        assert!(read(1, "failed\nschool", 7).is_err());
    }
}
