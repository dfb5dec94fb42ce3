//! Endpoints of webhooks, and the log of the attempts to reach them, as documents of their tenant.

use super::documents::{Collection, Document, DocumentKey, Documents, Listing, NewDocument, Put};
use crate::{
    id::{EndpointId, Tenant},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
    webhook::{Endpoint, EventId, EventType, endpoint::MOST_ENDPOINTS},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{sync::Arc, time::Duration};

const STORE: &str = "webhooks";
/// Endpoints are kept until they are removed.
const FOR_EVER: Timestamp = Timestamp::from_millis(253_402_300_799_000);
/// How long an attempt stays in the log.
const LOGGED_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// Tries of a change while others change the same endpoint.
const TRIES: usize = 10;

/// One attempt to deliver an event, as the log has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub event: EventId,
    pub kind: EventType,
    /// From 1.
    pub attempt: u32,
    pub at: Timestamp,
    pub duration_ms: u64,
    pub outcome: AttemptOutcome,
    /// The receiver's HTTP status, if it answered.
    pub status: Option<u16>,
    /// Why it failed, in our words.
    pub error: Option<String>,
    pub next_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    Delivered,
    /// It will be tried again.
    Failed,
    /// It was the last attempt.
    GivenUp,
}

#[derive(Clone)]
pub struct EndpointRegistry {
    documents: Arc<dyn Documents>,
}

impl EndpointRegistry {
    pub fn new(documents: Arc<dyn Documents>) -> Self {
        EndpointRegistry { documents }
    }

    pub async fn add(&self, tenant: &Tenant, new: &Endpoint, now: Timestamp) -> StoreResult<()> {
        let put = self.documents.put(&place(tenant, &new.id), &stored(new)?, 0, now).await?;
        match put {
            Put::Stored => Ok(()),
            Put::Conflict => Err(StoreError::corrupt(STORE, "an endpoint's id is taken")),
        }
    }

    pub async fn find(
        &self,
        tenant: &Tenant,
        id: &EndpointId,
        now: Timestamp,
    ) -> StoreResult<Option<Endpoint>> {
        let found = self.documents.get(&place(tenant, id), now).await?;
        found.map(|document| read(&document)).transpose()
    }

    /// All endpoints of a tenant, the oldest first.
    pub async fn list(&self, tenant: &Tenant, now: Timestamp) -> StoreResult<Vec<Endpoint>> {
        let listing = Listing::new(Collection::WebhookEndpoints, tenant, MOST_ENDPOINTS);
        let found = self.documents.list(&listing, now).await?;
        found.iter().map(|(_, document)| read(document)).collect()
    }

    /// Changes an endpoint as it is stored; `None` when there is none.
    pub async fn change(
        &self,
        tenant: &Tenant,
        id: &EndpointId,
        now: Timestamp,
        change: impl Fn(&mut Endpoint) + Send,
    ) -> StoreResult<Option<Endpoint>> {
        let key = place(tenant, id);
        for _ in 0..TRIES {
            let Some(found) = self.documents.get(&key, now).await? else { return Ok(None) };
            let mut endpoint: Endpoint = read(&found)?;
            change(&mut endpoint);
            let put = self.documents.put(&key, &stored(&endpoint)?, found.version, now).await?;
            if put == Put::Stored {
                return Ok(Some(endpoint));
            }
        }
        Err(StoreError::unavailable(STORE, "others change the same endpoint all the time"))
    }

    /// False when there was none.
    pub async fn remove(&self, tenant: &Tenant, id: &EndpointId) -> StoreResult<bool> {
        self.documents.delete(&place(tenant, id)).await
    }

    /// Adds to the log. The event and its attempt are the name, so that noting it twice is noting it once.
    pub async fn log(
        &self,
        tenant: &Tenant,
        endpoint: &EndpointId,
        attempt: &Attempt,
    ) -> StoreResult<()> {
        let Attempt { at, event, attempt: number, .. } = attempt;
        // Times have thirteen digits until the year 2286: in order of names is in order of time.
        let id = format!("{endpoint}/{:013}-{event}-{number}", at.as_millis());
        let key = DocumentKey::new(Collection::WebhookAttempts, tenant, id);
        let document = NewDocument { expires_at: at.plus(LOGGED_FOR), ..stored(attempt)? };
        self.documents.insert(&[(key, document)]).await.map(drop)
    }

    /// The newest attempts, older than `before` if that is given: ids to go on from, and what they were.
    pub async fn attempts(
        &self,
        tenant: &Tenant,
        endpoint: &EndpointId,
        before: Option<&str>,
        limit: usize,
        now: Timestamp,
    ) -> StoreResult<Vec<(String, Attempt)>> {
        let prefix = format!("{endpoint}/");
        let listing = Listing {
            after: before.map(|id| format!("{prefix}{id}")),
            prefix: prefix.clone(),
            backwards: true,
            ..Listing::new(Collection::WebhookAttempts, tenant, limit)
        };
        let found = self.documents.list(&listing, now).await?;
        let attempt = |(id, document): &(String, Document)| {
            Ok((id.strip_prefix(&prefix).unwrap_or(id).to_owned(), read(document)?))
        };
        found.iter().map(attempt).collect()
    }
}

fn place(tenant: &Tenant, id: &EndpointId) -> DocumentKey {
    DocumentKey::new(Collection::WebhookEndpoints, tenant, id.as_str())
}

fn stored(value: &impl Serialize) -> StoreResult<NewDocument> {
    match serde_json::to_value(value) {
        Ok(Value::Object(body)) => Ok(NewDocument { learner: None, expires_at: FOR_EVER, body }),
        _ => Err(StoreError::corrupt(STORE, "what has no JSON form")),
    }
}

fn read<T: DeserializeOwned>(document: &Document) -> StoreResult<T> {
    serde_json::from_value(Value::Object(document.body.clone()))
        .map_err(|error| StoreError::corrupt(STORE, error))
}
