//! The other storage seams: result cache, documents, blobs; each for the fleet (Redis, MongoDB) and embedded.

pub mod blobs;
pub mod cache;
pub mod documents;
pub mod embedded;
pub mod endpoint_registry;
pub mod key_registry;
pub mod mongo;
pub mod open;
pub mod probe;
pub mod redis;

pub use blobs::{BlobInfo, BlobStream, Blobs, NewBlob, PutBlob};
pub use cache::{Cache, CacheKey};
pub use documents::{
    Collection, Document, DocumentKey, Documents, Listing, NewDocument, Put, Write,
};
pub use endpoint_registry::{Attempt, AttemptOutcome, EndpointRegistry};
pub use key_registry::KeyRegistry;
pub use open::{open, open_documents, open_queue};

use crate::queue::{Budgets, Deliveries, Fleet, Jobs, Lanes};
use std::sync::Arc;

/// Every store that api and worker use, behind its seam.
#[derive(Clone)]
pub struct Stores {
    pub jobs: Arc<dyn Jobs>,
    pub lanes: Arc<dyn Lanes>,
    pub fleet: Arc<dyn Fleet>,
    pub budgets: Arc<dyn Budgets>,
    pub deliveries: Arc<dyn Deliveries>,
    pub cache: Arc<dyn Cache>,
    pub documents: Arc<dyn Documents>,
    pub blobs: Arc<dyn Blobs>,
}
