//! The Lua scripts. Each touches keys of one hash tag, and each bears being run twice.

use redis::Script;
use std::sync::LazyLock;

macro_rules! scripts {
    ($($name:ident = $($part:expr),+;)+) => {
        $(pub static $name: LazyLock<Script> = LazyLock::new(|| Script::new(concat!($($part),+)));)+
    };
}

// Only what takes in new work is refused by a full server. The rest ends work and so makes room.
scripts! {
    PUSH = include_str!("lua/push.lua");
    LEASE = include_str!("lua/lease.lua");
    SETTLE = include_str!("lua/settle.lua");
    RELEASE = include_str!("lua/release.lua");
    DROP_OLD_DEAD = include_str!("lua/drop_old_dead.lua");
    STATS = include_str!("lua/stats.lua");
    CREATE = include_str!("lua/job.lua"), include_str!("lua/create.lua");
    FORGET = include_str!("lua/job.lua"), include_str!("lua/forget.lua");
    GET = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/get.lua");
    EVENTS = include_str!("lua/job.lua"), include_str!("lua/events.lua");
    CANCEL = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/cancel.lua");
    START = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/start.lua");
    ADVANCE = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/advance.lua");
    FINISH = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/finish.lua");
    EXPIRE = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/expire.lua");
    ERASE = "#!lua flags=allow-oom\n", include_str!("lua/job.lua"), include_str!("lua/erase.lua");
    CLAIM_KEY = include_str!("lua/claim_key.lua");
    SETTLE_KEY = "#!lua flags=allow-oom\n", include_str!("lua/settle_key.lua");
    LIVING = "#!lua flags=allow-oom\n", include_str!("lua/living.lua");
}
