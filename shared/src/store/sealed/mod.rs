//! Stores behind which learners' text lies sealed: every value goes through here on its way in and out, and nobody above
//! knows of it. Values from before sealing was turned on are read as they are.

mod blobs;
mod cache;
mod documents;
mod jobs;
pub mod key_check;

use crate::{
    id::Tenant,
    sealing::{MasterKeys, Place, envelope},
    store::{Documents, Stores},
    store_error::{StoreError, StoreResult},
};
use std::sync::Arc;

/// The same stores behind the seal of these keys. Without any key nothing is sealed, and what was sealed before says
/// which key it lacks.
pub fn sealed(stores: Stores, keys: &MasterKeys) -> Stores {
    let seal = Seal { keys: Arc::new(keys.clone()) };
    Stores {
        jobs: Arc::new(jobs::SealedJobs { inner: stores.jobs, seal: seal.clone() }),
        cache: Arc::new(cache::SealedCache { inner: stores.cache, seal: seal.clone() }),
        documents: sealed_documents(stores.documents, keys),
        blobs: Arc::new(blobs::SealedBlobs { inner: stores.blobs, seal }),
        ..stores
    }
}

pub fn sealed_documents(documents: Arc<dyn Documents>, keys: &MasterKeys) -> Arc<dyn Documents> {
    let seal = Seal { keys: Arc::new(keys.clone()) };
    Arc::new(documents::SealedDocuments { inner: documents, seal })
}

/// Draws the nonces.
#[derive(Clone)]
struct Seal {
    keys: Arc<MasterKeys>,
}

impl Seal {
    fn text(&self, place: &Place, value: &str) -> String {
        match self.keys.newest() {
            Some(key) => envelope::seal_text(key, place, rand::random(), value),
            None => value.to_owned(),
        }
    }

    fn open_text(&self, store: &'static str, place: &Place, stored: String) -> StoreResult<String> {
        if !envelope::is_sealed_text(&stored) {
            return Ok(stored);
        }
        let opened = envelope::open_text(&self.keys, place, &stored);
        opened.map_err(|error| StoreError::corrupt(store, error))
    }

    /// For what must be JSON where it is stored: sealed it is a string.
    fn json(&self, place: &Place, value: &str) -> String {
        match self.keys.newest() {
            Some(key) => {
                format!("\"{}\"", envelope::seal_text(key, place, rand::random(), value))
            }
            None => value.to_owned(),
        }
    }

    fn open_json(&self, store: &'static str, place: &Place, stored: String) -> StoreResult<String> {
        let quoted = stored.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match quoted.filter(|text| envelope::is_sealed_text(text)) {
            Some(text) => self.open_text(store, place, text.to_owned()),
            None => Ok(stored),
        }
    }
}

fn place<'a>(tenant: &'a Tenant, what: &'a str, record: &'a str) -> Place<'a> {
    Place { tenant: tenant.as_str(), what, record }
}
