//! Promises of API keys in the document store.

use super::subject::Subject;
use crate::keys::with_scopes;
use lexilingo_shared::{
    api_key::{ApiKey, KeyRecord, KeyState, NewKey},
    principal::{OwnLimits, Scope},
    store::KeyRegistry,
};
use std::time::Duration;

fn made(s: &Subject, valid_for: Option<u64>) -> (ApiKey, KeyRecord) {
    let key = ApiKey::new(rand::random());
    let new = NewKey {
        valid_until: valid_for.map(|seconds| s.at(seconds)),
        limits: OwnLimits { per_minute: Some(7), per_day: None },
        ..with_scopes(s.tenant.as_str(), &[Scope::Read, Scope::Analyze])
    };
    (key.clone(), KeyRecord::new(&key, new, s.now))
}

fn registry(s: &Subject) -> KeyRegistry {
    KeyRegistry::new(s.stores.documents.clone())
}

pub async fn a_key_is_found_by_its_prefix_and_opens_its_tenant(s: Subject) {
    let (key, record) = made(&s, None);
    let registry = registry(&s);
    assert!(registry.find(key.prefix(), s.now).await.unwrap().is_none());
    assert!(registry.add(&record, s.now).await.unwrap());
    assert!(!registry.add(&record, s.now).await.unwrap(), "a prefix names one key");
    let found = registry.find(key.prefix(), s.now).await.unwrap().unwrap();
    let principal = found.principal(&key, s.now).unwrap();
    assert_eq!(principal.tenant, s.tenant);
    assert_eq!(principal.scopes, [Scope::Analyze, Scope::Read].into());
    assert_eq!(principal.key.unwrap().limits.per_minute, Some(7));
    assert!(found.principal(&ApiKey::new(rand::random()), s.now).is_none());
}

pub async fn a_key_that_has_ended_is_listed_for_ninety_days(s: Subject) {
    let (key, record) = made(&s, Some(60));
    let registry = registry(&s);
    registry.add(&record, s.now).await.unwrap();
    assert!(registry.any_active(s.at(59)).await.unwrap());
    let state = async |seconds| {
        let all = registry.list(s.at(seconds)).await.unwrap();
        all.iter().find(|found| found.prefix == *key.prefix()).map(|key| key.state(s.at(seconds)))
    };
    assert_eq!(state(59).await, Some(KeyState::Active));
    assert_eq!(state(60).await, Some(KeyState::Expired));
    assert!(!registry.any_active(s.at(60)).await.unwrap());
    let days = |days: u64| days * 24 * 3600;
    assert_eq!(state(days(89)).await, Some(KeyState::Expired));
    assert_eq!(state(days(91)).await, None);
}

pub async fn changes_of_one_key_at_once_are_all_kept(s: Subject) {
    let (key, record) = made(&s, None);
    let registry = registry(&s);
    registry.add(&record, s.now).await.unwrap();
    let used = registry.change(key.prefix(), s.now, |key| key.last_used_at = Some(s.at(5)));
    let revoked = registry.change(key.prefix(), s.now, |key| key.revoked_at = Some(s.at(6)));
    let retired =
        registry.change(key.prefix(), s.now, |key| key.retire(Duration::from_secs(9), s.now));
    let (used, revoked, retired) = tokio::join!(used, revoked, retired);
    assert!(used.unwrap().is_some() && revoked.unwrap().is_some() && retired.unwrap().is_some());
    let found = registry.find(key.prefix(), s.now).await.unwrap().unwrap();
    assert_eq!(found.last_used_at, Some(s.at(5)));
    assert_eq!((found.revoked_at, found.valid_until), (Some(s.at(6)), Some(s.at(9))));
    let nobody = ApiKey::new(rand::random());
    assert!(registry.change(nobody.prefix(), s.now, |_| ()).await.unwrap().is_none());
}

pub async fn more_keys_than_a_page_are_all_listed(s: Subject) {
    let registry = registry(&s);
    let records: Vec<KeyRecord> = (0..250).map(|_| made(&s, None).1).collect();
    let adds = records.iter().map(|record| registry.add(record, s.now));
    futures::future::join_all(adds).await;
    let listed = registry.list(s.now).await.unwrap();
    assert!(listed.is_sorted_by(|a, b| a.prefix < b.prefix));
    let missing = records.iter().filter(|key| !listed.iter().any(|k| k.prefix == key.prefix));
    assert_eq!(missing.count(), 0);
}
