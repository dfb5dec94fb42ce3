//! Every Redis key and channel, spelled once on this side. Scripts are given prefixes where they find out only while they
//! run which key they need, and append to them: `lua/job.lua` the kind and id of a job's keys (`job:`, `events:`,
//! `gone:`, `learner:`, `past:`), `announced`, `unwritten` and `given_up` to a shard's prefix, the scripts of lanes an
//! entry to `LaneKeys::meta` and a worker to `LaneKeys::inflight`.
//!
//! A key that a script touches carries the hash tag of that script's other keys, so that the layout also works on a
//! cluster: one tag per lane, one per shard for jobs (`JobId::shard`), one for the fleet, one per
//! tenant for the cache, one per API key for its budgets,
//! one for deliveries of webhooks.

use crate::{
    id::{JobId, Tenant, WorkerId, shard_of},
    lane::Lane,
};
use apalis_redis::Config;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The keys of one lane, laid out as apalis-redis lays them out.
#[derive(Debug, Clone)]
pub struct LaneKeys {
    /// List of the ids that wait, despite apalis's name for it.
    pub active: String,
    /// Hash of envelopes by id.
    pub data: String,
    /// Prefix of one hash per entry: fence, crashes, and the reason of a dead one.
    pub meta: String,
    /// Sorted set of ids by the millisecond of their retry.
    pub scheduled: String,
    /// Sorted set of workers by the millisecond of their last sign of life.
    pub workers: String,
    /// Sorted set of ids by the millisecond of their death.
    pub dead: String,
    /// Prefix of one set per worker: the ids that it holds.
    pub inflight: String,
    /// Channel that tells of new work.
    pub wake: String,
}

#[derive(Debug, Clone, Copy)]
pub enum FleetKey {
    /// Hash of workers' reports by worker.
    Workers,
    /// Sorted set of workers by the millisecond of their last report.
    Beats,
    /// Hash of the fleet's counters.
    Counters,
    /// Sorted set of sessions' pseudonyms by the millisecond of their last turn.
    Sessions,
}

#[derive(Debug)]
pub struct Keys {
    namespace: String,
    lanes: HashMap<Lane, LaneKeys>,
}

impl Keys {
    pub fn new(namespace: &str) -> Self {
        let lanes = Lane::all().map(|lane| (lane, LaneKeys::new(namespace, lane))).collect();
        Keys { namespace: namespace.to_owned(), lanes }
    }

    pub fn lane(&self, lane: Lane) -> &LaneKeys {
        &self.lanes[&lane]
    }

    pub fn lanes(&self) -> impl Iterator<Item = (Lane, &LaneKeys)> {
        self.lanes.iter().map(|(lane, keys)| (*lane, keys))
    }

    /// Prefix of all keys of one shard of the jobs.
    pub fn shard(&self, shard: u8) -> String {
        format!("{}:{{p{shard:02}}}:", self.namespace)
    }

    /// Sorted set of a shard's jobs that have not ended, by the millisecond of their deadline.
    pub fn deadlines(&self, shard: u8) -> String {
        format!("{}deadlines", self.shard(shard))
    }

    /// Hash of a job's record; the scripts spell it too.
    pub fn job(&self, id: &JobId) -> String {
        format!("{}job:{id}", self.shard(id.shard()))
    }

    /// Sorted set of a shard's successes whose documents are still to be written, by the millisecond of their end.
    pub fn unwritten(&self, shard: u8) -> String {
        format!("{}unwritten", self.shard(shard))
    }

    /// Number of a shard's successes whose documents were given up.
    pub fn given_up(&self, shard: u8) -> String {
        format!("{}given_up", self.shard(shard))
    }

    /// Sorted set of the endings in a shard that have yet to be told to the outside, by their millisecond.
    pub fn announced(&self, shard: u8) -> String {
        format!("{}announced", self.shard(shard))
    }

    /// Channel that tells ids of jobs that changed.
    pub fn changed(&self) -> String {
        format!("{}:changed", self.namespace)
    }

    /// Hash of one use of an idempotency key.
    pub fn idempotency(&self, key: &str) -> String {
        format!("{}idempotency:{key}", self.shard(shard_of(key)))
    }

    pub fn fleet(&self, key: FleetKey) -> String {
        let name = match key {
            FleetKey::Workers => "workers",
            FleetKey::Beats => "beats",
            FleetKey::Counters => "counters",
            FleetKey::Sessions => "sessions",
        };
        format!("{}:{{fleet}}:{name}", self.namespace)
    }

    /// Hash of the uses of one of an owner's budgets.
    pub fn budget(&self, owner: &str, name: &str) -> String {
        format!("{}:{{budgets:{owner}}}:{name}", self.namespace)
    }

    /// Prefix of all keys of deliveries.
    pub fn webhooks(&self) -> String {
        format!("{}:{{webhooks}}:", self.namespace)
    }

    pub fn cached(&self, tenant: &Tenant, space: &str, digest: &str) -> String {
        format!("{}:cache:{{{tenant}}}:{space}:{digest}", self.namespace)
    }

    /// Sorted set of the cache keys that a learner caused, by the millisecond of their end.
    pub fn cached_for(&self, tenant: &Tenant, learner: &str) -> String {
        format!("{}:cache:{{{tenant}}}:learner:{}", self.namespace, pseudonym(learner))
    }
}

impl LaneKeys {
    fn new(namespace: &str, lane: Lane) -> Self {
        let config = Config::default().queue(format!("{namespace}:{{{lane}}}"));
        LaneKeys {
            active: config.active_jobs_list(),
            data: config.job_data_hash(),
            meta: format!("{}:", config.job_meta_hash()),
            scheduled: config.scheduled_jobs_set(),
            workers: config.workers_set(),
            dead: config.dead_jobs_set(),
            inflight: format!("{}:", config.inflight_jobs_set()),
            wake: format!("{namespace}:wake:{lane}"),
        }
    }

    /// Set of the ids that one worker holds.
    pub fn held_by(&self, worker: &WorkerId) -> String {
        format!("{}{worker}", self.inflight)
    }
}

/// What follows `past:` in the key of a session's last turns.
pub fn past_of(tenant: &Tenant, session: &str) -> String {
    format!("{tenant}:{}", pseudonym(session))
}

/// What follows `learner:` in the key of a shard's index of a learner's jobs.
pub fn learner_index(tenant: &Tenant, learner: &str) -> String {
    format!("{tenant}:{}", pseudonym(learner))
}

/// What stands for a name that a client chose: such names may tell who somebody is, and keys show up in logs.
pub fn pseudonym(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    hex::encode(&digest[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lane::{Capability, Class};

    #[test]
    fn a_lane_has_one_hash_tag_and_the_names_of_apalis() {
        let keys = Keys::new("lexi");
        let lane = keys.lane(Lane::new(Capability::Text, Class::Interactive));
        assert_eq!(lane.active, "lexi:{text:interactive}:active");
        assert_eq!(lane.meta, "lexi:{text:interactive}:meta:");
        assert_eq!(lane.inflight, "lexi:{text:interactive}:inflight:");
    }

    #[test]
    fn a_key_does_not_tell_who_the_learner_is() {
        let keys = Keys::new("lexi");
        assert!(!keys.cached_for(&Tenant::local(), "lan@example.org").contains("lan"));
    }
}
