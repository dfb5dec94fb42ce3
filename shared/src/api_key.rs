//! API keys: `lx_<prefix>_<secret>`. The prefix names a key and may be shown; the secret is shown once, when the key is
//! made, and only its digest is kept.
//!
//! The digest is one SHA-256: a secret of 192 random bits cannot be guessed, so nothing is won by a slow hash, which
//! every request would have to wait for.

use crate::{
    id::Tenant,
    principal::{OwnLimits, Principal, ProvenKey, Scope},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeSet, fmt, str::FromStr, time::Duration};
use subtle::ConstantTimeEq;

const MARK: &str = "lx_";
/// Bytes of randomness in a prefix and in a secret; each is written as two hexadecimal digits.
const PREFIX_BYTES: usize = 6;
const SECRET_BYTES: usize = 24;
pub const RANDOM_BYTES: usize = PREFIX_BYTES + SECRET_BYTES;

/// Longest name of a key, in bytes.
pub const MAX_NAME_BYTES: usize = 100;

/// The text is not an API key, or not the prefix of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an API key")]
pub struct MalformedKey;

/// What names a key in lists and logs: twelve hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyPrefix(String);

impl KeyPrefix {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for KeyPrefix {
    type Err = MalformedKey;

    /// Takes `lx_<prefix>` too, as people copy it.
    fn from_str(text: &str) -> Result<Self, MalformedKey> {
        let digits = text.strip_prefix(MARK).unwrap_or(text);
        if is_hex(digits, PREFIX_BYTES) {
            Ok(KeyPrefix(digits.to_owned()))
        } else {
            Err(MalformedKey)
        }
    }
}

impl TryFrom<String> for KeyPrefix {
    type Error = MalformedKey;

    fn try_from(text: String) -> Result<Self, MalformedKey> {
        text.parse()
    }
}

impl From<KeyPrefix> for String {
    fn from(prefix: KeyPrefix) -> String {
        prefix.0
    }
}

/// A whole key. `Debug` shows its prefix only.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    prefix: KeyPrefix,
    secret: String,
}

impl ApiKey {
    pub fn new(random: [u8; RANDOM_BYTES]) -> Self {
        let (prefix, secret) = random.split_at(PREFIX_BYTES);
        ApiKey { prefix: KeyPrefix(hex::encode(prefix)), secret: hex::encode(secret) }
    }

    pub fn prefix(&self) -> &KeyPrefix {
        &self.prefix
    }

    /// The key as its owner sends it.
    pub fn expose(&self) -> String {
        format!("{MARK}{}_{}", self.prefix, self.secret)
    }

    /// What is kept of it.
    pub fn digest(&self) -> KeyDigest {
        KeyDigest(hex::encode(Sha256::digest(self.expose().as_bytes())))
    }
}

impl FromStr for ApiKey {
    type Err = MalformedKey;

    fn from_str(text: &str) -> Result<Self, MalformedKey> {
        let rest = text.strip_prefix(MARK).ok_or(MalformedKey)?;
        let (prefix, secret) = rest.split_once('_').ok_or(MalformedKey)?;
        if !is_hex(secret, SECRET_BYTES) {
            return Err(MalformedKey);
        }
        Ok(ApiKey { prefix: prefix.parse()?, secret: secret.to_owned() })
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MARK}{}_***", self.prefix)
    }
}

fn is_hex(text: &str, bytes: usize) -> bool {
    text.len() == 2 * bytes && text.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}

/// SHA-256 of a whole key, in hexadecimal digits.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyDigest(String);

impl KeyDigest {
    /// Takes the same time wherever they differ.
    pub fn matches(&self, other: &KeyDigest) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

/// What is kept of a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyRecord {
    pub prefix: KeyPrefix,
    #[serde(rename = "key_tenant")]
    pub tenant: Tenant,
    /// Whose or what for, in the operator's words.
    pub name: String,
    pub scopes: BTreeSet<Scope>,
    pub digest: KeyDigest,
    pub limits: OwnLimits,
    pub created_at: Timestamp,
    pub valid_until: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    /// To the minute.
    pub last_used_at: Option<Timestamp>,
}

/// What a new key is to be.
#[derive(Debug, Clone)]
pub struct NewKey {
    pub tenant: Tenant,
    pub name: String,
    pub scopes: BTreeSet<Scope>,
    pub limits: OwnLimits,
    pub valid_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    Active,
    Expired,
    Revoked,
}

impl KeyState {
    pub fn as_str(self) -> &'static str {
        match self {
            KeyState::Active => "active",
            KeyState::Expired => "expired",
            KeyState::Revoked => "revoked",
        }
    }
}

impl KeyRecord {
    pub fn new(key: &ApiKey, new: NewKey, now: Timestamp) -> Self {
        let NewKey { tenant, name, scopes, limits, valid_until } = new;
        KeyRecord {
            prefix: key.prefix.clone(),
            tenant,
            name,
            scopes,
            digest: key.digest(),
            limits,
            created_at: now,
            valid_until,
            revoked_at: None,
            last_used_at: None,
        }
    }

    pub fn state(&self, now: Timestamp) -> KeyState {
        if self.revoked_at.is_some_and(|at| at <= now) {
            KeyState::Revoked
        } else if self.valid_until.is_some_and(|until| until <= now) {
            KeyState::Expired
        } else {
            KeyState::Active
        }
    }

    /// The principal behind `key`, if it is this one and in use.
    pub fn principal(&self, key: &ApiKey, now: Timestamp) -> Option<Principal> {
        let proven = self.digest.matches(&key.digest()) && self.state(now) == KeyState::Active;
        proven.then(|| Principal {
            tenant: self.tenant.clone(),
            scopes: self.scopes.clone(),
            key: Some(ProvenKey { prefix: self.prefix.clone(), limits: self.limits }),
        })
    }

    /// The same key under a new secret. It ends when this one would have.
    pub fn successor(&self, key: &ApiKey, now: Timestamp) -> KeyRecord {
        let new = NewKey {
            tenant: self.tenant.clone(),
            name: self.name.clone(),
            scopes: self.scopes.clone(),
            limits: self.limits,
            valid_until: self.valid_until,
        };
        KeyRecord::new(key, new, now)
    }

    /// Ends at `now` plus `overlap`, if not earlier.
    pub fn retire(&mut self, overlap: Duration, now: Timestamp) {
        let end = now.plus(overlap);
        self.valid_until = Some(self.valid_until.map_or(end, |until| until.min(end)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(key: &ApiKey, valid_until: Option<i64>) -> KeyRecord {
        let new = NewKey {
            tenant: Tenant::local(),
            name: "tests".to_owned(),
            scopes: [Scope::Read].into(),
            limits: OwnLimits::default(),
            valid_until: valid_until.map(Timestamp::from_millis),
        };
        KeyRecord::new(key, new, Timestamp::from_millis(0))
    }

    proptest! {
        #[test]
        fn a_key_reads_back_and_its_secret_shows_nowhere(random: [u8; RANDOM_BYTES]) {
            let key = ApiKey::new(random);
            prop_assert_eq!(key.expose().parse::<ApiKey>().unwrap(), key.clone());
            let kept = serde_json::to_string(&record(&key, None)).unwrap();
            for shown in [format!("{key:?}"), kept] {
                prop_assert!(!shown.contains(&key.secret), "{}", shown);
                prop_assert!(shown.contains(key.prefix.as_str()), "{}", shown);
            }
        }

        #[test]
        fn only_the_key_itself_opens(random: [u8; RANDOM_BYTES], at in 0..RANDOM_BYTES, bit in 0..8u8) {
            let key = ApiKey::new(random);
            let mut other = random;
            other[at] ^= 1 << bit;
            let now = Timestamp::from_millis(1);
            prop_assert!(record(&key, None).principal(&key, now).is_some());
            prop_assert!(record(&key, None).principal(&ApiKey::new(other), now).is_none());
        }

        #[test]
        fn any_text_is_a_key_or_refused(text in "(lx_)?[0-9a-f_]{0,70}|.{0,20}") {
            if let Ok(key) = text.parse::<ApiKey>() {
                prop_assert_eq!(key.expose(), text);
            }
        }
    }

    #[test]
    fn a_key_ends_when_it_expires_or_is_revoked() {
        let key = ApiKey::new([7; RANDOM_BYTES]);
        let at = Timestamp::from_millis;
        let mut record = record(&key, Some(100));
        assert_eq!(
            (record.state(at(99)), record.state(at(100))),
            (KeyState::Active, KeyState::Expired)
        );
        assert!(record.principal(&key, at(100)).is_none());
        record.retire(Duration::from_millis(500), at(10));
        assert_eq!(record.valid_until, Some(at(100)), "never longer than before");
        record.retire(Duration::from_millis(20), at(10));
        assert_eq!(record.valid_until, Some(at(30)));
        record.revoked_at = Some(at(20));
        assert_eq!(record.state(at(20)), KeyState::Revoked);
    }
}
