//! Documents: JSON objects by collection, tenant and id, changed by compare-and-swap on their version. Narrow on
//! purpose: no query language is emulated.

use crate::{id::Tenant, store_error::StoreResult, time::Timestamp};
use async_trait::async_trait;
use serde_json::{Map, Value};

macro_rules! collections {
    ($($variant:ident = $name:literal;)+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Collection { $($variant),+ }

        impl Collection {
            pub const ALL: &'static [Collection] = &[$(Collection::$variant),+];

            /// The collection's name in MongoDB and in erasure receipts.
            pub fn as_str(self) -> &'static str {
                match self { $(Collection::$variant => $name),+ }
            }
        }
    };
}

collections! {
    Sessions = "sessions";
    Profiles = "profiles";
    Interactions = "ai_interactions";
    Texts = "ai_texts";
    Feedback = "feedback";
    ApiKeys = "api_keys";
    WebhookEndpoints = "webhook_endpoints";
    WebhookAttempts = "webhook_attempts";
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentKey {
    pub collection: Collection,
    pub tenant: Tenant,
    pub id: String,
}

impl DocumentKey {
    pub fn new(collection: Collection, tenant: &Tenant, id: impl Into<String>) -> Self {
        DocumentKey { collection, tenant: tenant.clone(), id: id.into() }
    }
}

/// A document to write. `body` may not hold the reserved members `_id`, `tenant`, `learner`, `version`, `expires_at`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDocument {
    /// The learner whose data it is.
    pub learner: Option<String>,
    pub expires_at: Timestamp,
    pub body: Map<String, Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    pub learner: Option<String>,
    pub expires_at: Timestamp,
    /// Counts from 1.
    pub version: u64,
    pub body: Map<String, Value>,
}

/// One document to be written if the stored version is `expected`; 0 means that there must be none (an expired one
/// counts as none).
#[derive(Debug, Clone)]
pub struct Write {
    pub key: DocumentKey,
    pub document: NewDocument,
    pub expected: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    Stored,
    /// A document has another version by now: read again.
    Conflict,
}

/// Which of a tenant's documents to list, in the order of their ids.
#[derive(Debug, Clone)]
pub struct Listing {
    pub collection: Collection,
    pub tenant: Tenant,
    /// Only ids that begin with this.
    pub prefix: String,
    /// Only what comes after this id in the order of the listing.
    pub after: Option<String>,
    /// Last ids first.
    pub backwards: bool,
    /// At most so many.
    pub limit: usize,
}

impl Listing {
    /// All of a tenant's documents in a collection, first ids first.
    pub fn new(collection: Collection, tenant: &Tenant, limit: usize) -> Self {
        let (prefix, after) = (String::new(), None);
        Listing { collection, tenant: tenant.clone(), prefix, after, backwards: false, limit }
    }
}

#[async_trait]
pub trait Documents: Send + Sync + 'static {
    /// The documents in the order of the keys, `None` for those that are not there or have expired.
    async fn get_all(
        &self,
        keys: &[DocumentKey],
        now: Timestamp,
    ) -> StoreResult<Vec<Option<Document>>>;

    /// Writes those whose stored version is the expected one. `Conflict` says that at least one was not, and not which:
    /// read all again. Keys are named once.
    async fn put_all(&self, writes: &[Write], now: Timestamp) -> StoreResult<Put>;

    /// The document, unless it has expired.
    async fn get(&self, key: &DocumentKey, now: Timestamp) -> StoreResult<Option<Document>> {
        let mut found = self.get_all(std::slice::from_ref(key), now).await?;
        Ok(found.pop().flatten())
    }

    /// Writes one document if the stored version is `expected`, see `Write`.
    async fn put(
        &self,
        key: &DocumentKey,
        document: &NewDocument,
        expected: u64,
        now: Timestamp,
    ) -> StoreResult<Put> {
        let write = Write { key: key.clone(), document: document.clone(), expected };
        self.put_all(&[write], now).await
    }

    /// Inserts those whose key is not there yet; returns how many were new. Durable when it returns.
    async fn insert(&self, documents: &[(DocumentKey, NewDocument)]) -> StoreResult<u64>;

    /// Ids and documents, those left out that have expired.
    async fn list(&self, listing: &Listing, now: Timestamp)
    -> StoreResult<Vec<(String, Document)>>;

    async fn delete(&self, key: &DocumentKey) -> StoreResult<bool>;

    /// Removes every document of the learner in every collection; counts by collection, zeros left out.
    async fn erase_learner(
        &self,
        tenant: &Tenant,
        learner: &str,
    ) -> StoreResult<Vec<(Collection, u64)>>;

    /// A cheap round trip to the server.
    async fn ping(&self) -> StoreResult<()>;
}
