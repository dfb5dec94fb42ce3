//! `GET /api/v1/admin/audit`: what administrators did.

use crate::{
    error::ApiResult,
    extract::{Caller, Query},
    members::refusal,
    problem_set::problem_set,
    state::AppState,
};
use axum::{Json, extract::State};
use lexilingo_shared::{
    audit::{AuditAction, AuditEntry},
    time::Timestamp,
};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub const PATH: &str = "/api/v1/admin/audit";

/// Entries of one page.
const PAGE: usize = 100;
const MAX_CURSOR_BYTES: usize = 64;

problem_set!(AuditProblems: ValidationFailed);

/// One action.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLine {
    pub at: Timestamp,
    /// `key.created`, `key.rotated`, `key.revoked`, `webhook.created`, `webhook.changed`, `webhook.rotated`,
    /// `webhook.removed` or `learner.erased`.
    #[schema(value_type = String)]
    pub action: AuditAction,
    /// `key:<prefix>`, `operator` (by the command line) or `local` (a service without keys).
    pub actor: String,
    /// A key's prefix, an endpoint's id, or the `learner_mark` of an erasure's receipt.
    pub object: String,
    pub detail: Map<String, Value>,
}

impl From<AuditEntry> for AuditLine {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { at, action, actor, object, detail } = entry;
        AuditLine { at, action, actor, object, detail }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AuditPage {
    /// The newest first.
    pub data: Vec<AuditLine>,
    /// `before` of the next page; null on the last one.
    #[schema(required = true)]
    pub next: Option<String>,
}

/// Read the audit log.
///
/// What was done to the tenant's keys, webhooks and learners, by whom. Entries stay for RETENTION_DAYS_AUDIT.
#[utoipa::path(
    get,
    path = PATH,
    operation_id = "readAuditLog",
    tag = "operations",
    params(("before" = Option<String>, Query, description = "`next` of the page before.")),
    responses((status = 200, description = "A page of it.", body = AuditPage), AuditProblems),
)]
pub async fn get(
    State(app): State<AppState>,
    caller: Caller,
    mut query: Query,
) -> ApiResult<Json<AuditPage>> {
    let before = query.members.id("before", MAX_CURSOR_BYTES);
    let faults = query.members.into_faults();
    if !faults.is_empty() {
        return Err(refusal(faults));
    }
    let page = app.audit.newest(caller.tenant(), before.as_deref(), PAGE, app.now()).await?;
    let next = page.last().filter(|_| page.len() == PAGE).map(|(name, _)| name.clone());
    let data = page.into_iter().map(|(_, entry)| entry.into()).collect();
    Ok(Json(AuditPage { data, next }))
}
