//! The Lua scripts. Each touches keys of one hash tag, and each bears being run twice.

use super::record::RECORD;
use crate::{
    id::SHARDS,
    queue::jobs::{
        GONE_FOR, MOST_EVENTS, MOST_UNWRITTEN, PARTIALS_UNTIL_EVENT, PAST_FOR, PAST_TURNS,
    },
};
use redis::Script;
use std::sync::LazyLock;

macro_rules! scripts {
    ($($name:ident = $code:expr;)+) => {
        $(pub static $name: LazyLock<Script> =
            LazyLock::new(|| Script::new(AsRef::<str>::as_ref(&$code)));)+
    };
}

const ON_A_FULL_SERVER: &str = "#!lua flags=allow-oom\n";

/// A script about jobs: the limits that the stores share, what all of them begin with, and its own part.
fn about_jobs(flags: &str, own: &str) -> String {
    let limits = format!(
        "local MOST_EVENTS, PARTIALS_UNTIL_EVENT, GONE_FOR_MS = {MOST_EVENTS}, {PARTIALS_UNTIL_EVENT}, {}\n\
         local MOST_UNWRITTEN, PAST_TURNS, PAST_FOR_MS = {}, {PAST_TURNS}, {}\n\
         local RECORD = {{'{}'}}\n",
        GONE_FOR.as_millis(),
        MOST_UNWRITTEN / u64::from(SHARDS),
        PAST_FOR.as_millis(),
        RECORD.join("','"),
    );
    [flags, &limits, include_str!("lua/job.lua"), own].concat()
}

/// A script about deliveries: what all of them begin with, and its own part.
fn about_deliveries(flags: &str, own: &str) -> String {
    [flags, include_str!("lua/webhooks.lua"), own].concat()
}

// Only what takes in new work is refused by a full server. The rest ends work and so makes room.
scripts! {
    PUSH = include_str!("lua/push.lua");
    LEASE = include_str!("lua/lease.lua");
    SETTLE = include_str!("lua/settle.lua");
    RELEASE = include_str!("lua/release.lua");
    DROP_OLD_DEAD = include_str!("lua/drop_old_dead.lua");
    STATS = include_str!("lua/stats.lua");
    CREATE = about_jobs("", include_str!("lua/create.lua"));
    FORGET = about_jobs("", include_str!("lua/forget.lua"));
    GET = about_jobs(ON_A_FULL_SERVER, include_str!("lua/get.lua"));
    EVENTS = about_jobs("", include_str!("lua/events.lua"));
    CANCEL = about_jobs(ON_A_FULL_SERVER, include_str!("lua/cancel.lua"));
    START = about_jobs(ON_A_FULL_SERVER, include_str!("lua/start.lua"));
    ADVANCE = about_jobs(ON_A_FULL_SERVER, include_str!("lua/advance.lua"));
    FINISH = about_jobs(ON_A_FULL_SERVER, include_str!("lua/finish.lua"));
    WRITTEN = about_jobs(ON_A_FULL_SERVER, include_str!("lua/written.lua"));
    EXPIRE = about_jobs(ON_A_FULL_SERVER, include_str!("lua/expire.lua"));
    ERASE = about_jobs(ON_A_FULL_SERVER, include_str!("lua/erase.lua"));
    CLAIM_KEY = include_str!("lua/claim_key.lua");
    SETTLE_KEY = format!("{ON_A_FULL_SERVER}{}", include_str!("lua/settle_key.lua"));
    ADD_DELIVERIES = about_deliveries("", include_str!("lua/add_deliveries.lua"));
    LEND_DELIVERIES = about_deliveries(ON_A_FULL_SERVER, include_str!("lua/lend_deliveries.lua"));
    SETTLE_DELIVERY = about_deliveries(ON_A_FULL_SERVER, include_str!("lua/settle_delivery.lua"));
    DROP_DELIVERIES = about_deliveries(ON_A_FULL_SERVER, include_str!("lua/drop_deliveries.lua"));
    LEAD_DELIVERIES = about_deliveries(ON_A_FULL_SERVER, include_str!("lua/lead_deliveries.lua"));
    TAKE = include_str!("lua/take.lua");
    LIVING = format!("{ON_A_FULL_SERVER}{}", include_str!("lua/living.lua"));
}
