//! What a finished request leaves in the documents: session, profile, log. Written so that doing it twice leaves one
//! trace, and undone when the learner was erased while it was written.

use crate::memory::{learner, session, turn::Turn};
use lexilingo_shared::{
    config::Retention,
    id::Tenant,
    queue::Lookup,
    request::AnalyzeRequest,
    result::AnalysisResult,
    store::{Collection, Document, DocumentKey, Documents, NewDocument, Put, Stores},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde_json::{Map, Value, json};
use std::time::Duration;
use tracing::info;

/// Times that a document is read again because somebody else changed it.
const CONFLICTS: usize = 16;
/// How long a session stays from which an erased learner's turn was taken.
const ERASED_SESSION_KEEPS: Duration = Duration::from_secs(24 * 60 * 60);

/// Everything that phase 5 writes about one job besides its record.
#[derive(Debug, Clone)]
pub struct Effects {
    pub tenant: Tenant,
    pub request: AnalyzeRequest,
    pub result: AnalysisResult,
    /// The line for `ai_interactions`.
    pub log: Map<String, Value>,
    pub fence: u64,
    pub now: Timestamp,
}

/// A document as it was read a moment ago, `None` when it was not there. Writing on top of it spares reading it again.
pub type LastRead = Option<Document>;

/// Writes the session, the profile and the log of one finished job. May be repeated.
pub async fn write(
    effects: &Effects,
    session: Option<LastRead>,
    documents: &dyn Documents,
    retention: &Retention,
) -> StoreResult<()> {
    let (tenant, request, now) = (&effects.tenant, &effects.request, effects.now);
    let turn = Turn { request, result: &effects.result, fence: effects.fence, now };
    let log = insert_log(effects, documents, retention);
    let state = async {
        let key = DocumentKey::new(Collection::Sessions, tenant, request.session_id.as_str());
        let learner = request.user_id.clone();
        let keep = now.plus(retention.sessions);
        let mut new_session = false;
        update(documents, &key, session, learner.clone(), keep, now, |old| {
            new_session = old.is_none();
            Some(session::with_turn(old, &turn))
        })
        .await?;
        // Without a user_id no profile is read or written.
        if let Some(user) = &request.user_id {
            let key = DocumentKey::new(Collection::Profiles, tenant, user.as_str());
            let keep = now.plus(retention.profiles);
            let change =
                |old: Option<&Map<String, Value>>| learner::with_turn(old, &turn, new_session);
            update(documents, &key, None, learner, keep, now, change).await?;
        }
        Ok(())
    };
    let (logged, stated) = tokio::join!(log, state);
    logged.and(stated)
}

async fn insert_log(
    effects: &Effects,
    documents: &dyn Documents,
    retention: &Retention,
) -> StoreResult<()> {
    let job = effects.result.metadata.job_id.as_str();
    let expires_at = effects.now.plus(retention.interactions);
    let document =
        |body| NewDocument { learner: effects.request.user_id.clone(), expires_at, body };
    let mut text = Map::new();
    text.insert("job_id".to_owned(), json!(job));
    text.insert("text".to_owned(), json!(effects.result.text));
    let key = |collection| DocumentKey::new(collection, &effects.tenant, job);
    let entries = [
        (key(Collection::Interactions), document(effects.log.clone())),
        (key(Collection::Texts), document(text)),
    ];
    documents.insert(&entries).await.map(|_| ())
}

/// Compare-and-swap until it holds, first on `last_read`; `change` answers `None` when nothing is to be written.
async fn update(
    documents: &dyn Documents,
    key: &DocumentKey,
    mut last_read: Option<LastRead>,
    learner: Option<String>,
    expires_at: Timestamp,
    now: Timestamp,
    mut change: impl FnMut(Option<&Map<String, Value>>) -> Option<Map<String, Value>>,
) -> StoreResult<()> {
    for _ in 0..CONFLICTS {
        let old = match last_read.take() {
            Some(old) => old,
            None => documents.get(key, now).await?,
        };
        let Some(body) = change(old.as_ref().map(|document| &document.body)) else {
            return Ok(());
        };
        let learner = learner.clone().or_else(|| old.as_ref().and_then(|d| d.learner.clone()));
        let document = NewDocument { learner, expires_at, body };
        let version = old.map_or(0, |document| document.version);
        if documents.put(key, &document, version, now).await? == Put::Stored {
            return Ok(());
        }
    }
    Err(StoreError::unavailable("documents", "one document is changed too often"))
}

/// Writes what waited, unless the learner was erased meanwhile.
pub async fn write_behind(
    effects: &Effects,
    stores: &Stores,
    retention: &Retention,
) -> StoreResult<()> {
    if is_erased(effects, stores).await {
        return Ok(());
    }
    write(effects, None, stores.documents.as_ref(), retention).await?;
    undo_if_erased(effects, stores).await
}

/// Takes back what was just written if the job's record has gone: the learner was erased between the two, and the erasure
/// may have passed the documents before they were written.
pub async fn undo_if_erased(effects: &Effects, stores: &Stores) -> StoreResult<()> {
    let Some(learner) = &effects.request.user_id else { return Ok(()) };
    if !is_erased(effects, stores).await {
        return Ok(());
    }
    let (tenant, documents) = (&effects.tenant, stores.documents.as_ref());
    let job = effects.result.metadata.job_id.as_str();
    for collection in [Collection::Interactions, Collection::Texts] {
        documents.delete(&DocumentKey::new(collection, tenant, job)).await?;
    }
    let session = effects.request.session_id.as_str();
    let key = DocumentKey::new(Collection::Sessions, tenant, session);
    let keep = effects.now.plus(ERASED_SESSION_KEEPS);
    let without = |old: Option<&Map<String, Value>>| session::without_turn(old?, job);
    update(documents, &key, None, None, keep, effects.now, without).await?;
    let left = documents.get(&key, effects.now).await?;
    if left.is_some_and(|session| session::is_empty(&session.body)) {
        documents.delete(&key).await?;
    }
    // The profile is made of jobs that are gone; the cache may forget at any time.
    documents.delete(&DocumentKey::new(Collection::Profiles, tenant, learner.as_str())).await?;
    stores.cache.erase_learner(tenant, learner).await?;
    info!(job_id = job, "what the job wrote was taken back: its learner was erased");
    Ok(())
}

async fn is_erased(effects: &Effects, stores: &Stores) -> bool {
    let job = &effects.result.metadata.job_id;
    let found = stores.jobs.get(&effects.tenant, job, effects.now).await;
    effects.request.user_id.is_some() && matches!(found, Ok(Lookup::Gone | Lookup::Unknown))
}
