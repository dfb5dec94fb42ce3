//! The models that this program can load.

use crate::engine::Entry;
use lexilingo_shared::model::{ModelName, ModelSet};
use std::collections::BTreeMap;

/// Entries by model; the shipped ones, or scripted ones in tests.
#[derive(Clone, Default)]
pub struct Catalogue(BTreeMap<ModelName, Entry>);

impl Catalogue {
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        Catalogue(entries.into_iter().map(|entry| (entry.name, entry)).collect())
    }

    /// Adds an entry, in place of one of the same name.
    pub fn with(mut self, entry: Entry) -> Self {
        self.0.insert(entry.name, entry);
        self
    }

    pub fn get(&self, model: ModelName) -> Option<&Entry> {
        self.0.get(&model)
    }

    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.0.values()
    }

    /// Those of `models` that this program has no engine for.
    pub fn lacking(&self, models: &ModelSet) -> Vec<ModelName> {
        models.iter().filter(|model| !self.0.contains_key(model)).collect()
    }
}
