//! Who asks.

use crate::{api_key::KeyPrefix, id::Tenant};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// What a principal may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Submit texts and speech.
    Analyze,
    /// Grade in bulk.
    Grade,
    /// Read what the tenant's submissions became.
    Read,
    /// Erase learners, register webhooks, look at the fleet.
    Admin,
}

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::Analyze, Scope::Grade, Scope::Read, Scope::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Analyze => "analyze",
            Scope::Grade => "grade",
            Scope::Read => "read",
            Scope::Admin => "admin",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or(UnknownScope)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scope is analyze, grade, read or admin")]
pub struct UnknownScope;

/// What a key may use up where the configuration's own limits are not meant; 0 is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnLimits {
    /// Submissions of one class in a minute.
    pub per_minute: Option<u64>,
    /// Submissions in a day.
    pub per_day: Option<u64>,
}

/// A key that somebody proved to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenKey {
    pub prefix: KeyPrefix,
    pub limits: OwnLimits,
}

/// The tenant on whose behalf a request is made, and what it may do there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    pub tenant: Tenant,
    pub scopes: BTreeSet<Scope>,
    /// None for the one user of a service without keys.
    pub key: Option<ProvenKey>,
}

impl Principal {
    /// The one user of a service without keys: tenant `local`, every scope.
    pub fn local() -> Self {
        Principal { tenant: Tenant::local(), scopes: Scope::ALL.into(), key: None }
    }

    pub fn may_any(&self, scopes: &[Scope]) -> bool {
        scopes.iter().any(|scope| self.scopes.contains(scope))
    }
}
