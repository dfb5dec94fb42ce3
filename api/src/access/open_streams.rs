//! Event streams that each key has open: one client must not take all that there are.

use lexilingo_shared::api_key::KeyPrefix;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Debug)]
pub struct OpenStreams {
    by_key: Mutex<HashMap<KeyPrefix, usize>>,
    most: usize,
}

/// Counts as long as it lives.
#[derive(Debug)]
pub struct OpenStream {
    all: Arc<OpenStreams>,
    key: KeyPrefix,
}

impl OpenStreams {
    /// At most so many for one key.
    pub fn new(most: usize) -> Arc<OpenStreams> {
        Arc::new(OpenStreams { by_key: Mutex::default(), most })
    }

    /// One more stream of the key; `None` when it has as many as it may.
    pub fn open(self: &Arc<Self>, key: &KeyPrefix) -> Option<OpenStream> {
        let mut by_key = self.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        let open = by_key.entry(key.clone()).or_default();
        if *open >= self.most {
            return None;
        }
        *open += 1;
        Some(OpenStream { all: self.clone(), key: key.clone() })
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        let mut by_key = self.all.by_key.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = by_key.get_mut(&self.key) {
            *open -= 1;
            if *open == 0 {
                by_key.remove(&self.key);
            }
        }
    }
}
