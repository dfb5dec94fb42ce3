//! Who asks.

use crate::id::Tenant;
use std::collections::BTreeSet;

/// What a principal may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    Analyze,
    Grade,
    Read,
    Admin,
}

/// The tenant on whose behalf a request is made, and what it may do there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    pub tenant: Tenant,
    pub scopes: BTreeSet<Scope>,
}

impl Principal {
    /// The one user of a service without keys: tenant `local`, every scope.
    pub fn local() -> Self {
        let scopes = [Scope::Analyze, Scope::Grade, Scope::Read, Scope::Admin];
        Principal { tenant: Tenant::local(), scopes: scopes.into() }
    }
}
