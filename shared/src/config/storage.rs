//! Where things are kept, and for how long.

use super::{env::Env, secret::SecretUrl};
use crate::sealing::MasterKeys;
use std::{path::PathBuf, time::Duration};

/// One machine without servers, or the fleet's servers.
#[derive(Debug, Clone, PartialEq)]
pub enum Backend {
    Embedded { data_dir: PathBuf },
    Fleet { redis: SecretUrl, cache_redis: SecretUrl, mongodb: SecretUrl, database: String },
}

/// How long records are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Retention {
    /// `RETENTION_DAYS_JOBS`: job records and results.
    pub jobs: Duration,
    /// `RETENTION_DAYS_SESSIONS`: after the last turn.
    pub sessions: Duration,
    /// `RETENTION_DAYS_PROFILES`: after the last use.
    pub profiles: Duration,
    /// `RETENTION_DAYS_INTERACTIONS`: log lines and the texts beside them.
    pub interactions: Duration,
    /// `RETENTION_DAYS_UPLOADS`.
    pub uploads: Duration,
    /// `RETENTION_DAYS_AUDIT`: the log of what administrators did.
    pub audit: Duration,
    /// `RETENTION_DAYS_WEBHOOKS`: the log of webhooks' attempts.
    pub webhooks: Duration,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Storage {
    pub backend: Backend,
    /// `LEXILINGO_NAMESPACE`: first part of every Redis key, so that several fleets can share a server.
    pub namespace: String,
    pub retention: Retention,
    /// `DATA_ENCRYPTION_KEYS`: what learners' text is sealed with, the newest first; none leaves it as it is.
    pub encryption: MasterKeys,
}

impl Storage {
    pub fn read(env: &mut Env<'_>) -> Self {
        let redis = env.text("REDIS_URL");
        let mongodb = env.text("MONGODB_URI");
        let data_dir = PathBuf::from(env.text("LEXILINGO_DATA_DIR").unwrap_or("data".to_owned()));
        let backend = match (redis, mongodb) {
            (Some(redis), Some(mongodb)) => {
                check_scheme(env, "REDIS_URL", &redis, &REDIS_SCHEMES);
                check_scheme(env, "MONGODB_URI", &mongodb, &["mongodb://", "mongodb+srv://"]);
                let cache = env.text("CACHE_REDIS_URL").unwrap_or_else(|| redis.clone());
                check_scheme(env, "CACHE_REDIS_URL", &cache, &REDIS_SCHEMES);
                let database = env.text("MONGODB_DATABASE").unwrap_or("lexilingo".to_owned());
                Backend::Fleet {
                    redis: SecretUrl::new(redis),
                    cache_redis: SecretUrl::new(cache),
                    mongodb: SecretUrl::new(mongodb),
                    database,
                }
            }
            (None, None) => Backend::Embedded { data_dir },
            (Some(_), None) => {
                env.fault(
                    "MONGODB_URI",
                    "must be set when REDIS_URL is (or unset both to run on embedded storage)",
                );
                Backend::Embedded { data_dir }
            }
            (None, Some(_)) => {
                env.fault(
                    "REDIS_URL",
                    "must be set when MONGODB_URI is (or unset both to run on embedded storage)",
                );
                Backend::Embedded { data_dir }
            }
        };
        let namespace = env.text("LEXILINGO_NAMESPACE").unwrap_or("lexi".to_owned());
        if !namespace.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            env.fault("LEXILINGO_NAMESPACE", "may only hold letters, digits, - and _");
        }
        Storage { backend, namespace, retention: Retention::read(env), encryption: encryption(env) }
    }
}

/// The name of the variable, which errors of stores name too.
pub const ENCRYPTION: &str = "DATA_ENCRYPTION_KEYS";

fn encryption(env: &mut Env<'_>) -> MasterKeys {
    let text = env.text(ENCRYPTION).unwrap_or_default();
    MasterKeys::parse(&text).unwrap_or_else(|problem| {
        let form = "ID:BASE64 of 32 bytes, the newest first, e.g. 2026:$(openssl rand -base64 32)";
        env.fault(ENCRYPTION, format!("{problem}; expected {form}"));
        MasterKeys::default()
    })
}

impl Retention {
    fn read(env: &mut Env<'_>) -> Self {
        let mut days = |name, default: u64| {
            Duration::from_secs(env.number(name, default, 1, 3650) * 24 * 60 * 60)
        };
        Retention {
            jobs: days("RETENTION_DAYS_JOBS", 7),
            sessions: days("RETENTION_DAYS_SESSIONS", 1),
            profiles: days("RETENTION_DAYS_PROFILES", 30),
            interactions: days("RETENTION_DAYS_INTERACTIONS", 90),
            uploads: days("RETENTION_DAYS_UPLOADS", 1),
            audit: days("RETENTION_DAYS_AUDIT", 365),
            webhooks: days("RETENTION_DAYS_WEBHOOKS", 30),
        }
    }
}

/// This build of the Redis client has no TLS: `rediss://` would be taken and then fail at the first use.
const REDIS_SCHEMES: [&str; 2] = ["redis://", "unix://"];

fn check_scheme(env: &mut Env<'_>, name: &str, url: &str, schemes: &[&str]) {
    if !schemes.iter().any(|scheme| url.starts_with(scheme)) {
        env.fault(name, format!("must start with {}", schemes.join(" or ")));
    }
}
