//! Names of things: jobs, uploads, workers, tenants.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ulid::Ulid;

/// The text is not an id of the kind that was asked for.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a valid identifier")]
pub struct MalformedId;

macro_rules! prefixed_ulid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub const PREFIX: &'static str = $prefix;

            /// A new id; ids made later sort later. `random` carries 80 bits of randomness.
            pub fn new(now: Timestamp, random: u128) -> Self {
                let millis = u64::try_from(now.as_millis()).unwrap_or(0);
                $name(format!("{}{}", $prefix, Ulid::from_parts(millis, random)))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// When it was made.
            pub fn created_at(&self) -> Timestamp {
                let millis = Ulid::from_string(&self.0[$prefix.len()..])
                    .map(|ulid| ulid.timestamp_ms())
                    .unwrap_or(0);
                Timestamp::from_millis(i64::try_from(millis).unwrap_or(i64::MAX))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = MalformedId;

            fn from_str(s: &str) -> Result<Self, MalformedId> {
                let rest = s.strip_prefix($prefix).ok_or(MalformedId)?;
                let ulid = Ulid::from_string(rest).map_err(|_| MalformedId)?;
                // Only the canonical spelling names a thing, so that one thing has one name.
                if ulid.to_string() == rest { Ok($name(s.to_owned())) } else { Err(MalformedId) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedId;

            fn try_from(s: String) -> Result<Self, MalformedId> {
                s.parse()
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "[0-7][0-9A-HJKMNP-TV-Z]{25}$")))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {}

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }
    };
}

prefixed_ulid!(
    /// A job, e.g. `job_01JD3ZQ9E5T7W8X9Y0ABCDEFGH`.
    JobId, "job_"
);
prefixed_ulid!(
    /// An uploaded file.
    UploadId, "upl_"
);
prefixed_ulid!(
    /// One boot of one worker process: never used twice, so that a dead worker's heartbeat cannot be kept alive by its
    /// successor.
    WorkerId, "wrk_"
);

prefixed_ulid!(
    /// An endpoint of webhooks.
    EndpointId, "wh_"
);

/// Parts that jobs are spread over. Changing it orphans every stored job.
pub const SHARDS: u8 = 16;

impl JobId {
    /// An id in the shard of its session, so that what a session's jobs share can lie beside each of them. `random` is
    /// asked again until that is so, sixteen times on average.
    pub fn of_session(
        now: Timestamp,
        tenant: &Tenant,
        session: &str,
        mut random: impl FnMut() -> u128,
    ) -> Self {
        let shard = shard_of(&format!("{tenant}/{session}"));
        for _ in 0..1000 {
            let id = JobId::new(now, random());
            if id.shard() == shard {
                return id;
            }
        }
        // Only a broken source of randomness gets here; a job elsewhere merely knows nothing of its session.
        JobId::new(now, random())
    }

    /// The part that the job lies in.
    pub fn shard(&self) -> u8 {
        shard_of(&self.0)
    }
}

/// FNV-1a, because it is the same in every release.
pub fn shard_of(name: &str) -> u8 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash % u64::from(SHARDS)) as u8
}

/// Whose data something is. It is part of every key, document, envelope and cache key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tenant(String);

impl Tenant {
    /// The only tenant of an embedded, single-user service.
    pub fn local() -> Self {
        Tenant("local".to_owned())
    }

    /// What belongs to the fleet and not to one of its tenants. No tenant can be named so.
    pub fn fleet() -> Self {
        Tenant("~fleet".to_owned())
    }

    /// 1 to 64 of `a-z 0-9 - _`: safe inside keys and file names.
    pub fn new(name: &str) -> Result<Self, MalformedId> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if (1..=64).contains(&name.len()) && name.chars().all(fine) {
            Ok(Tenant(name.to_owned()))
        } else {
            Err(MalformedId)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_id_reads_back_and_knows_when_it_was_made() {
        let now = Timestamp::from_millis(1_795_397_895_123);
        let id = JobId::new(now, 7);
        assert_eq!(id.as_str().parse::<JobId>().as_ref(), Ok(&id));
        assert_eq!(id.created_at(), now);
    }

    #[test]
    fn a_sessions_jobs_share_a_shard_and_sessions_spread_over_all() {
        let tenant = Tenant::local();
        let mut n = 0;
        let mut random = || {
            n += 1;
            n
        };
        let mut seen = std::collections::BTreeSet::new();
        for session in 0..400 {
            let session = format!("s{session}");
            let now = Timestamp::from_millis(1);
            let first = JobId::of_session(now, &tenant, &session, &mut random);
            let second = JobId::of_session(now, &tenant, &session, &mut random);
            assert!(first != second && first.shard() == second.shard());
            seen.insert(first.shard());
        }
        assert_eq!(seen.len(), usize::from(SHARDS));
        let stuck = JobId::of_session(Timestamp::from_millis(1), &tenant, "s", || 7);
        assert_eq!(stuck, JobId::new(Timestamp::from_millis(1), 7));
    }

    #[test]
    fn ids_of_other_kinds_and_odd_spellings_are_refused() {
        let id = JobId::new(Timestamp::from_millis(1), u128::MAX);
        assert!(id.as_str().parse::<UploadId>().is_err());
        assert!(id.as_str().to_lowercase().parse::<JobId>().is_err());
        assert!("job_../../etc".parse::<JobId>().is_err());
    }

    #[test]
    fn a_tenants_name_cannot_break_out_of_a_key() {
        assert!(Tenant::new("school-7").is_ok());
        for bad in ["", "a:b", "a/b", "{a}", "A", &"a".repeat(65)] {
            assert!(Tenant::new(bad).is_err(), "{bad}");
        }
    }
}
