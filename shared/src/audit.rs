//! What administrators did: one line an action, without a learner's name or words in it.

use crate::{api_key::KeyPrefix, digest, id::Tenant, time::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AuditAction {
    #[serde(rename = "key.created")]
    KeyCreated,
    #[serde(rename = "key.rotated")]
    KeyRotated,
    #[serde(rename = "key.revoked")]
    KeyRevoked,
    #[serde(rename = "webhook.created")]
    WebhookCreated,
    #[serde(rename = "webhook.changed")]
    WebhookChanged,
    #[serde(rename = "webhook.rotated")]
    WebhookRotated,
    #[serde(rename = "webhook.removed")]
    WebhookRemoved,
    #[serde(rename = "learner.erased")]
    LearnerErased,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub at: Timestamp,
    pub action: AuditAction,
    /// `key:<prefix>`, `operator` (who has the stores at hand) or `local` (the one user of a service without keys).
    pub actor: String,
    /// What it was done to: a key's prefix, an endpoint's id, a learner's mark.
    pub object: String,
    pub detail: Map<String, Value>,
}

/// Whoever runs `lexilingo` where the stores are.
pub const OPERATOR: &str = "operator";

pub fn actor(key: Option<&KeyPrefix>) -> String {
    key.map_or("local".to_owned(), |prefix| format!("key:{prefix}"))
}

/// What stands for a learner who was erased: whoever knows the id can tell that it is meant, and nobody else can tell
/// who it was. 128 bits of SHA-256.
pub fn learner_mark(tenant: &Tenant, learner: &str) -> String {
    let digest = digest::of_parts(&["learner", tenant.as_str(), learner]);
    digest.chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_learners_and_tenants_apart_and_names_nobody() {
        let (one, other) = (Tenant::local(), Tenant::new("school").unwrap());
        let mark = learner_mark(&one, "lan@example.org");
        assert_eq!((mark.len(), mark.contains("lan")), (32, false));
        assert_ne!(mark, learner_mark(&other, "lan@example.org"));
        assert_ne!(mark, learner_mark(&one, "minh@example.org"));
    }
}
