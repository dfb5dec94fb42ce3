//! Whether the configured keys are those that sealed what lies in a store. Each key that was ever used has left a proof
//! there: a key that is another one under the same name is found before it seals anything.

use crate::{
    id::Tenant,
    sealing::{MasterKeys, Place, envelope},
    store::{Collection, Document, DocumentKey, Documents, Listing, NewDocument},
    store_error::{StoreError, StoreResult},
    time::Timestamp,
};
use serde_json::{Map, Value};

/// The store that a wrong key is told of.
pub const STORE: &str = "encryption keys";
const PROOF: &str = "proof";
/// Keys that a store has seen, at most.
const MOST_KEYS: usize = 1000;
const FOR_EVER: Timestamp = Timestamp::from_millis(253_402_300_799_000);

/// How the configured keys stand to the proofs. Ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Configured and never used here.
    pub unused: Vec<String>,
    /// Used here and no longer configured: what they sealed cannot be read.
    pub missing: Vec<String>,
}

/// Fails when a key is not the one that it is named after.
pub async fn standing(documents: &dyn Documents, keys: &MasterKeys) -> StoreResult<Standing> {
    let listing = Listing::new(Collection::EncryptionKeys, &Tenant::fleet(), MOST_KEYS);
    // Proofs never expire, so any time does.
    let proofs = documents.list(&listing, Timestamp::default()).await?;
    let mut standing = Standing::default();
    for (id, proof) in &proofs {
        match keys.named(id) {
            Some(_) => verify(keys, id, proof)?,
            None => standing.missing.push(id.clone()),
        }
    }
    let used = |id: &str| proofs.iter().any(|(used, _)| used == id);
    let unused = keys.all().iter().filter(|key| !used(key.id()));
    standing.unused = unused.map(|key| key.id().to_owned()).collect();
    Ok(standing)
}

/// The same before a store is used: it notes new keys, and says which ones are missing.
pub async fn require(documents: &dyn Documents, keys: &MasterKeys) -> StoreResult<()> {
    let standing = match standing(documents, keys).await {
        // Without keys nothing has to be proven, and a service starts while its store is away.
        Err(StoreError::Unavailable { .. }) if keys.newest().is_none() => return Ok(()),
        other => other?,
    };
    if !standing.missing.is_empty() {
        let missing = standing.missing.join(", ");
        tracing::warn!(
            missing,
            "DATA_ENCRYPTION_KEYS lacks keys that sealed data here: what they sealed cannot be read"
        );
    }
    for id in &standing.unused {
        let Some(key) = keys.named(id) else { continue };
        let proof = envelope::seal_text(key, &place(id), rand::random(), id);
        let body = Map::from_iter([(PROOF.to_owned(), Value::String(proof))]);
        let document = NewDocument { learner: None, expires_at: FOR_EVER, body };
        // Another process may note the same key now; the first one counts.
        documents.insert(&[(at(id), document)]).await?;
    }
    if standing.unused.is_empty() {
        return Ok(());
    }
    self::standing(documents, keys).await.map(drop)
}

fn verify(keys: &MasterKeys, id: &str, proof: &Document) -> StoreResult<()> {
    let stored = proof.body.get(PROOF).and_then(Value::as_str).unwrap_or_default();
    match envelope::open_text(keys, &place(id), stored) {
        Ok(opened) if opened == id => Ok(()),
        _ => Err(StoreError::corrupt(
            STORE,
            format!(
                "the key “{id}” in DATA_ENCRYPTION_KEYS is not the one that sealed data here under that name"
            ),
        )),
    }
}

fn at(id: &str) -> DocumentKey {
    DocumentKey::new(Collection::EncryptionKeys, &Tenant::fleet(), id)
}

fn place(id: &str) -> Place<'_> {
    Place { tenant: "~fleet", what: "key proof", record: id }
}
