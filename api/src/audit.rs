//! Noting what administrators do.

use crate::{extract::Caller, state::App};
use lexilingo_shared::audit::{self, AuditAction, AuditEntry};
use serde_json::{Map, Value};

impl App {
    /// Notes what the caller has done. A log that cannot be written undoes nothing; it is told in the service's own log.
    pub async fn note(
        &self,
        caller: &Caller,
        action: AuditAction,
        object: impl Into<String>,
        detail: Map<String, Value>,
    ) {
        let key = caller.principal.key.as_ref().map(|key| &key.prefix);
        let (at, actor, object) = (self.now(), audit::actor(key), object.into());
        let entry = AuditEntry { at, action, actor, object, detail };
        if let Err(error) = self.audit.note(caller.tenant(), &entry, rand::random()).await {
            tracing::error!(%error, ?action, object = entry.object, "the audit log was not written");
        }
    }
}
