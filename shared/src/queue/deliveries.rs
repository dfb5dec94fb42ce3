//! Deliveries of webhooks: which event is to be sent where, when, and by whom. Apart from the lanes, because every
//! endpoint has a pace of its own: each may have a few sendings at once and no more, so that one that hangs holds up
//! nobody else.

use crate::{
    id::{EndpointId, Tenant},
    store_error::StoreResult,
    time::Timestamp,
    webhook::{EventId, EventType},
};
use async_trait::async_trait;
use std::time::Duration;

/// Sendings to one endpoint at once while it answers well.
pub const AT_ONCE: u32 = 8;
/// The same for one whose last sending failed.
pub const AT_ONCE_FAILING: u32 = 1;
/// A sending whose worker has said nothing for so long is given to another one. Longer than any sending may take.
pub const LEASED_FOR: Duration = Duration::from_secs(60);
/// How long it is remembered that an event was sent, so that reading its announcement again sends nothing.
pub const REMEMBERED_FOR: Duration = Duration::from_secs(3600);
/// Events that may wait for one endpoint; further ones are not taken.
pub const MOST_WAITING: u64 = 100_000;

/// An event for an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    pub endpoint: EndpointId,
    pub tenant: Tenant,
    pub event: EventId,
    pub kind: EventType,
    /// The body as it is signed and sent.
    pub body: String,
}

/// One attempt, lent to a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LentDelivery {
    pub delivery: NewDelivery,
    /// Number of this attempt, from 1. It also tells a late worker's settlement from that of the next one.
    pub attempt: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Delivered, or given up.
    Over,
    /// To be tried again then.
    Again(Timestamp),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Added {
    pub added: u64,
    /// Known before: waiting, or sent within `REMEMBERED_FOR`.
    pub known: u64,
    /// Not taken, because too many wait for their endpoint.
    pub refused: u64,
}

#[async_trait]
pub trait Deliveries: Send + Sync + 'static {
    /// Adds those that are not known, due at once. With `again` an event that was sent is sent anew, from the first
    /// attempt on; one that waits is due at once.
    async fn add(
        &self,
        deliveries: &[NewDelivery],
        again: bool,
        now: Timestamp,
    ) -> StoreResult<Added>;

    /// Lends up to `limit` attempts that are due, those due longest first, of each endpoint as many as it may have at
    /// once. What was lent to a worker that is gone comes back first.
    async fn lend(&self, limit: usize, now: Timestamp) -> StoreResult<Vec<LentDelivery>>;

    /// Notes how an attempt ended, and how many its endpoint may have at once from now on. An attempt that has been lent
    /// to another worker meanwhile changes nothing.
    async fn settle(
        &self,
        lent: &LentDelivery,
        sent: Sent,
        at_once: u32,
        now: Timestamp,
    ) -> StoreResult<()>;

    /// Forgets whatever waits for an endpoint; returns how many.
    async fn drop_endpoint(&self, endpoint: &EndpointId) -> StoreResult<u64>;

    /// Whether `reader` is the one that reads the outbox for the next `span`: one at a time does.
    async fn leads(&self, reader: &str, span: Duration, now: Timestamp) -> StoreResult<bool>;
}
