//! What a lease is recognised by when its answer did not arrive.
//!
//! Such a lease's entry may be held by this worker without anyone here knowing: it would stay so for as long as the worker
//! lives. So each lease carries a token, and a token whose answer is missing is used again by the next lease, which
//! then gets the same entry.

use crate::{id::WorkerId, lane::Lane};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The tokens in doubt: their answers are missing.
#[derive(Debug, Default)]
pub struct LeaseTokens(Mutex<HashMap<(Lane, WorkerId), Vec<String>>>);

/// A token in use; unless it is `resolved`, it falls back into doubt, also when the call is abandoned half-way.
#[derive(Debug)]
pub struct LeaseToken<'a> {
    all: &'a LeaseTokens,
    lane: Lane,
    worker: WorkerId,
    text: Option<String>,
    /// Whether an earlier call may have leased something under it.
    pub used_before: bool,
}

impl LeaseTokens {
    pub fn token(&self, lane: Lane, worker: &WorkerId) -> LeaseToken<'_> {
        let key = (lane, worker.clone());
        let mut doubtful = self.lock();
        let old = doubtful.get_mut(&key).and_then(Vec::pop);
        if doubtful.get(&key).is_some_and(Vec::is_empty) {
            doubtful.remove(&key);
        }
        LeaseToken {
            all: self,
            lane,
            worker: key.1,
            used_before: old.is_some(),
            text: Some(old.unwrap_or_else(|| format!("{:032x}", rand::random::<u128>()))),
        }
    }

    /// The worker's entries have all been given back.
    pub fn forget(&self, lane: Lane, worker: &WorkerId) {
        self.lock().remove(&(lane, worker.clone()));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Lane, WorkerId), Vec<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LeaseToken<'_> {
    pub fn as_str(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The answer has arrived.
    pub fn resolved(mut self) {
        self.text = None;
    }
}

impl Drop for LeaseToken<'_> {
    fn drop(&mut self) {
        if let Some(text) = self.text.take() {
            let key = (self.lane, self.worker.clone());
            self.all.lock().entry(key).or_default().push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lane::{Capability, Class},
        time::Timestamp,
    };

    #[test]
    fn only_a_token_without_an_answer_is_used_again() {
        let tokens = LeaseTokens::default();
        let lane = Lane::new(Capability::Text, Class::Bulk);
        let worker = WorkerId::new(Timestamp::from_millis(1), 1);

        tokens.token(lane, &worker).resolved();
        let second = tokens.token(lane, &worker);
        assert!(!second.used_before);
        let text = second.as_str().to_owned();
        drop(second);

        let third = tokens.token(lane, &worker);
        assert!(third.used_before);
        assert_eq!(third.as_str(), text);
        assert!(!tokens.token(lane, &worker).used_before);
    }
}
