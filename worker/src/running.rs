//! The deliveries that a worker works on now.

use lexilingo_shared::{id::JobId, queue::Delivery};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

#[derive(Debug, Default)]
pub struct Running(Mutex<HashMap<JobId, Delivery>>);

impl Running {
    pub fn begin(&self, delivery: &Delivery) {
        self.deliveries().insert(delivery.entry.clone(), delivery.clone());
    }

    pub fn end(&self, delivery: &Delivery) {
        self.deliveries().remove(&delivery.entry);
    }

    pub fn count(&self) -> u32 {
        u32::try_from(self.deliveries().len()).unwrap_or(u32::MAX)
    }

    /// What was begun and not ended.
    pub fn left(&self) -> Vec<Delivery> {
        self.deliveries().values().cloned().collect()
    }

    fn deliveries(&self) -> MutexGuard<'_, HashMap<JobId, Delivery>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
