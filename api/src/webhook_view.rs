//! Endpoints of webhooks as their owners see them.

use crate::{
    error::{ApiError, ApiResult},
    extract::{Caller, PathId},
    members::Members,
    state::App,
};
use lexilingo_shared::{
    error_code::ErrorCode,
    id::EndpointId,
    queue::NewDelivery,
    time::Timestamp,
    webhook::{Disabled, Endpoint, EventId, EventType},
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// An endpoint.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhook {
    pub id: EndpointId,
    pub url: String,
    /// What it hears of; empty means everything.
    #[schema(value_type = Vec<String>, example = json!(["analysis.succeeded"]))]
    pub events: BTreeSet<EventType>,
    pub enabled: bool,
    /// `gone` (it answered 410), `failing` (for five days) or `by_owner`.
    #[schema(required = true, value_type = Option<String>)]
    pub disabled_reason: Option<Disabled>,
    /// Since when every attempt has failed.
    #[schema(required = true)]
    pub failing_since: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl From<Endpoint> for Webhook {
    fn from(endpoint: Endpoint) -> Self {
        Webhook {
            enabled: endpoint.is_enabled(),
            id: endpoint.id,
            url: endpoint.url,
            events: endpoint.events,
            disabled_reason: endpoint.disabled,
            failing_since: endpoint.failing_since,
            created_at: endpoint.created_at,
        }
    }
}

/// The member `events`: types of events, each once. Absent means everything.
pub fn events_of(members: &mut Members) -> Option<BTreeSet<EventType>> {
    let list = members.take("events")?;
    let known: Vec<&str> = subjects().map(EventType::as_str).collect();
    let types: Option<BTreeSet<EventType>> = list.as_array().and_then(|items| {
        let kind =
            |item: &Value| item.as_str()?.parse().ok().filter(|kind: &EventType| kind.is_subject());
        items.iter().map(kind).collect()
    });
    if types.is_none() {
        members.fault("events", format!("must be a list of {}", known.join(", ")));
    }
    types
}

fn subjects() -> impl Iterator<Item = EventType> {
    EventType::ALL.iter().copied().filter(|kind| kind.is_subject())
}

impl App {
    /// The caller's endpoint of this id.
    pub async fn endpoint(&self, caller: &Caller, id: &PathId) -> ApiResult<Endpoint> {
        let id: EndpointId = id.parse(ErrorCode::WebhookNotFound)?;
        let found = self.endpoints.find(caller.tenant(), &id, self.now()).await?;
        found.ok_or_else(|| ApiError::bare(ErrorCode::WebhookNotFound))
    }

    /// The same, if it takes events.
    pub async fn enabled_endpoint(&self, caller: &Caller, id: &PathId) -> ApiResult<Endpoint> {
        let endpoint = self.endpoint(caller, id).await?;
        if endpoint.is_enabled() {
            Ok(endpoint)
        } else {
            Err(ApiError::bare(ErrorCode::WebhookDisabled))
        }
    }
}

/// An event for one endpoint.
pub fn delivery(
    caller: &Caller,
    endpoint: &Endpoint,
    event: EventId,
    kind: EventType,
    body: String,
) -> NewDelivery {
    let (endpoint, tenant) = (endpoint.id.clone(), caller.tenant().clone());
    NewDelivery { endpoint, tenant, event, kind, body }
}
