//! Inserts that come while another is on its way go to the server together: every command waits for the journal, and
//! one wait serves many documents as well as one.

use super::connection::{DUPLICATE, fault};
use crate::store_error::StoreResult;
use mongodb::{
    Collection,
    bson::Document,
    error::{Error, ErrorKind},
};
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot;

/// Documents in one insert command: below the server's 48 MB even when each is half a megabyte.
const CHUNK: usize = 64;

/// Inserts into one collection.
#[derive(Debug)]
pub struct GatheredInserts {
    collection: Collection<Document>,
    waiting: Mutex<Vec<Waiting>>,
    /// Held by the caller that writes for all who wait.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    documents: Vec<Document>,
    reply: oneshot::Sender<StoreResult<u64>>,
}

impl GatheredInserts {
    pub fn new(collection: Collection<Document>) -> Self {
        GatheredInserts {
            collection,
            waiting: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
        }
    }

    /// Inserts those whose ids are free; returns how many. A fault is told to all who travelled together.
    pub async fn insert(&self, documents: Vec<Document>) -> StoreResult<u64> {
        loop {
            let (reply, mut answer) = oneshot::channel();
            self.lock().push(Waiting { documents: documents.clone(), reply });
            let turn = tokio::select! {
                biased;
                answer = &mut answer => match answer {
                    Ok(answer) => return answer,
                    // Whoever carried them was dropped on the way. They may be there by now, which is no fault.
                    Err(_dropped) => continue,
                },
                turn = self.turn.lock() => turn,
            };
            let together = std::mem::take(&mut *self.lock());
            self.write(together).await;
            drop(turn);
            if let Ok(answer) = answer.await {
                return answer;
            }
        }
    }

    async fn write(&self, together: Vec<Waiting>) {
        let owners: Vec<usize> = together
            .iter()
            .enumerate()
            .flat_map(|(owner, waiting)| std::iter::repeat_n(owner, waiting.documents.len()))
            .collect();
        let documents: Vec<&Document> =
            together.iter().flat_map(|waiting| &waiting.documents).collect();
        let mut inserted = vec![0_u64; together.len()];
        let mut failed: Vec<Option<Error>> = vec![None; together.len()];
        for (chunk, owners) in documents.chunks(CHUNK).zip(owners.chunks(CHUNK)) {
            let outcome = self.collection.insert_many(chunk.iter().copied()).ordered(false).await;
            let there_before = match outcome.map_err(|error| known_before(&error).ok_or(error)) {
                Ok(_) => Vec::new(),
                Err(Ok(there_before)) => there_before,
                Err(Err(error)) => {
                    owners.iter().for_each(|owner| failed[*owner] = Some(error.clone()));
                    continue;
                }
            };
            for (index, owner) in owners.iter().enumerate() {
                inserted[*owner] += u64::from(!there_before.contains(&index));
            }
        }
        for ((waiting, inserted), failed) in together.into_iter().zip(inserted).zip(failed) {
            // Nobody listens any more when the caller was dropped.
            let _ = waiting.reply.send(failed.map_or(Ok(inserted), |error| Err(fault(error))));
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Positions of the documents that were there before; `None` for any other fault.
fn known_before(error: &Error) -> Option<Vec<usize>> {
    let ErrorKind::InsertMany(insert) = error.kind.as_ref() else { return None };
    let errors = || insert.write_errors.iter().flatten();
    let only_known =
        insert.write_concern_error.is_none() && errors().all(|write| write.code == DUPLICATE);
    only_known.then(|| errors().map(|write| write.index).collect())
}
