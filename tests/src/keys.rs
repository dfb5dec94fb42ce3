//! API keys for tests.

use lexilingo_shared::{
    api_key::{ApiKey, KeyRecord, NewKey},
    id::Tenant,
    principal::{OwnLimits, Scope},
    store::{Documents, KeyRegistry, mongo::Mongo},
    time::{Clock, SystemClock},
};
use std::sync::Arc;

/// A key of this tenant with these scopes and no limits.
pub fn with_scopes(tenant: &str, scopes: &[Scope]) -> NewKey {
    NewKey {
        tenant: Tenant::new(tenant).expect("a tenant"),
        name: "tests".to_owned(),
        scopes: scopes.iter().copied().collect(),
        limits: OwnLimits { per_minute: Some(0), per_day: Some(0) },
        valid_until: None,
    }
}

/// A key that opens everything of this tenant.
pub fn everything(tenant: &str) -> NewKey {
    with_scopes(tenant, &Scope::ALL)
}

/// Makes a key in these documents, as it is sent.
pub async fn make(documents: Arc<dyn Documents>, new: NewKey) -> String {
    let key = ApiKey::new(rand::random());
    let now = SystemClock.now();
    let registry = KeyRegistry::new(documents);
    assert!(registry.add(&KeyRecord::new(&key, new, now), now).await.expect("a store"));
    key.expose()
}

/// Makes a key in a MongoDB database.
pub async fn make_in(mongo: &str, database: &str, new: NewKey) -> String {
    let mongo = Mongo::connect(mongo, Some(database)).await.expect("MongoDB");
    make(Arc::new(mongo.documents()), new).await
}
