//! What finished jobs leave in the documents: session, profile, log. Written for many jobs at once, in an order that
//! keeps each session's, and so that doing it twice leaves one trace; undone when a learner was erased meanwhile.

use crate::memory::{learner, session, turn::Turn};
use lexilingo_shared::{
    config::Retention,
    id::Tenant,
    job::JobRecord,
    request::AnalyzeRequest,
    result::AnalysisResult,
    store::{Collection, DocumentKey, Documents, NewDocument, Put, Stores, Write},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tracing::info;

/// Times that documents are read again because somebody else changed one.
const CONFLICTS: usize = 16;
/// How long a session stays from which an erased learner's turn was taken.
const ERASED_SESSION_KEEPS: Duration = Duration::from_secs(24 * 60 * 60);

/// Everything that phase 5 leaves about one job besides its record.
#[derive(Debug, Clone)]
pub struct Effects {
    pub tenant: Tenant,
    pub request: AnalyzeRequest,
    pub result: AnalysisResult,
    /// The line for `ai_interactions`.
    pub interaction: Map<String, Value>,
    pub now: Timestamp,
}

impl Effects {
    /// The effects of a job that another worker finished, or this one before it was started again.
    pub fn of_record(
        record: &JobRecord,
        request: AnalyzeRequest,
        interaction: &str,
    ) -> StoreResult<Effects> {
        let corrupt = |what| StoreError::corrupt("jobs", format!("{what} of a finished job"));
        let result = record.result.as_ref().ok_or_else(|| corrupt("the result"))?;
        Ok(Effects {
            tenant: record.tenant.clone(),
            request,
            result: serde_json::from_str(result.get()).map_err(|_| corrupt("the result"))?,
            interaction: serde_json::from_str(interaction).map_err(|_| corrupt("the log line"))?,
            now: record.finished_at.unwrap_or(record.created_at),
        })
    }

    fn job(&self) -> &str {
        self.result.metadata.job_id.as_str()
    }

    fn turn(&self) -> Turn<'_> {
        let Effects { request, result, interaction, now, .. } = self;
        Turn { request, result, interaction, now: *now }
    }

    fn session_key(&self) -> DocumentKey {
        DocumentKey::new(Collection::Sessions, &self.tenant, self.request.session_id.as_str())
    }

    /// Without a user_id no profile is read or written.
    fn profile_key(&self) -> Option<DocumentKey> {
        let user = self.request.user_id.as_ref()?;
        Some(DocumentKey::new(Collection::Profiles, &self.tenant, user.as_str()))
    }
}

/// Writes sessions, profiles and logs of finished jobs, each session's in the order given. May be repeated.
pub async fn write(
    effects: &[Effects],
    documents: &dyn Documents,
    retention: &Retention,
) -> StoreResult<()> {
    let state = async {
        let begun = write_sessions(effects, documents, retention).await?;
        write_profiles(effects, &begun, documents, retention).await
    };
    let (logged, stated) = tokio::join!(insert_logs(effects, documents, retention), state);
    logged.and(stated)
}

async fn insert_logs(
    effects: &[Effects],
    documents: &dyn Documents,
    retention: &Retention,
) -> StoreResult<()> {
    let mut entries = Vec::with_capacity(effects.len() * 2);
    for one in effects {
        let expires_at = one.now.plus(retention.interactions);
        let learner = &one.request.user_id;
        let mut text = Map::new();
        text.insert("job_id".to_owned(), json!(one.job()));
        text.insert("text".to_owned(), json!(one.result.text));
        let bodies =
            [(Collection::Interactions, one.interaction.clone()), (Collection::Texts, text)];
        entries.extend(bodies.map(|(collection, body)| {
            let key = DocumentKey::new(collection, &one.tenant, one.job());
            (key, NewDocument { learner: learner.clone(), expires_at, body })
        }));
    }
    documents.insert(&entries).await.map(|_| ())
}

/// Answers the jobs that began a session.
async fn write_sessions(
    effects: &[Effects],
    documents: &dyn Documents,
    retention: &Retention,
) -> StoreResult<BTreeSet<String>> {
    let mut begun = BTreeSet::new();
    let by_session = grouped(effects, |one| Some(one.session_key()));
    update(documents, &by_session, retention.sessions, |body, one| {
        let changed = session::with_turn(body, &one.turn());
        // Asked of the document, so that it holds after a conflict and when a job is written again.
        if session::was_begun_by(changed.as_ref().or(body), one.job()) {
            begun.insert(one.job().to_owned());
        } else {
            begun.remove(one.job());
        }
        changed
    })
    .await?;
    Ok(begun)
}

async fn write_profiles(
    effects: &[Effects],
    begun: &BTreeSet<String>,
    documents: &dyn Documents,
    retention: &Retention,
) -> StoreResult<()> {
    let by_learner = grouped(effects, Effects::profile_key);
    update(documents, &by_learner, retention.profiles, |body, one| {
        let new_session = begun.contains(one.job());
        learner::with_turn(body, &one.turn(), new_session)
    })
    .await
}

type Grouped<'a> = BTreeMap<String, (DocumentKey, Vec<&'a Effects>)>;

fn grouped(effects: &[Effects], key: impl Fn(&Effects) -> Option<DocumentKey>) -> Grouped<'_> {
    let mut groups = Grouped::new();
    for one in effects {
        if let Some(key) = key(one) {
            let name = format!("{}/{}", key.tenant, key.id);
            groups.entry(name).or_insert_with(|| (key, Vec::new())).1.push(one);
        }
    }
    groups
}

/// Compare-and-swap of many documents until each holds its effects; `change` answers `None` when nothing is to be
/// written.
async fn update(
    documents: &dyn Documents,
    groups: &Grouped<'_>,
    keep: Duration,
    mut change: impl FnMut(Option<&Map<String, Value>>, &Effects) -> Option<Map<String, Value>>,
) -> StoreResult<()> {
    let keys: Vec<DocumentKey> = groups.values().map(|(key, _)| key.clone()).collect();
    let Some(now) = groups.values().flat_map(|(_, all)| all.iter().map(|one| one.now)).max() else {
        return Ok(());
    };
    for _ in 0..CONFLICTS {
        let mut writes = Vec::new();
        for ((key, effects), old) in groups.values().zip(documents.get_all(&keys, now).await?) {
            let mut body = None;
            for one in effects {
                let before = body.as_ref().or(old.as_ref().map(|document| &document.body));
                body = change(before, one).or(body);
            }
            let Some(body) = body else { continue };
            let named = effects.iter().rev().find_map(|one| one.request.user_id.clone());
            let learner = named.or_else(|| old.as_ref()?.learner.clone());
            let document = NewDocument { learner, expires_at: now.plus(keep), body };
            let expected = old.map_or(0, |document| document.version);
            writes.push(Write { key: key.clone(), document, expected });
        }
        if writes.is_empty() || documents.put_all(&writes, now).await? == Put::Stored {
            return Ok(());
        }
    }
    Err(StoreError::unavailable("documents", "one document is changed too often"))
}

/// Takes back what was just written for a job whose record has gone: its learner was erased meanwhile, and the erasure
/// may have passed the documents before they were written.
pub async fn undo(effects: &Effects, stores: &Stores) -> StoreResult<()> {
    let Some(learner) = &effects.request.user_id else { return Ok(()) };
    let (tenant, documents) = (&effects.tenant, stores.documents.as_ref());
    let job = effects.job();
    for collection in [Collection::Interactions, Collection::Texts] {
        documents.delete(&DocumentKey::new(collection, tenant, job)).await?;
    }
    let only = std::slice::from_ref(effects);
    let session = grouped(only, |one| Some(one.session_key()));
    update(documents, &session, ERASED_SESSION_KEEPS, |body, one| {
        session::without_turn(body?, one.job())
    })
    .await?;
    let key = effects.session_key();
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
