//! Promises of the result cache.

use super::subject::Subject;
use lexilingo_shared::{id::Tenant, store::CacheKey};
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn key(tenant: &Tenant, digest: &str) -> CacheKey {
    CacheKey { tenant: tenant.clone(), space: "analysis", digest: digest.to_owned() }
}

pub async fn a_cached_value_is_there_until_its_time_is_over(s: Subject) {
    let cache = &s.stores.cache;
    let key = key(&s.tenant, "ab");
    assert_eq!(cache.get(&key, s.now).await.unwrap(), None);
    cache.put(&key, b"one\0\xff", None, HOUR, s.now).await.unwrap();
    assert_eq!(cache.get(&key, s.at(3599)).await.unwrap().as_deref(), Some(&b"one\0\xff"[..]));
    assert_eq!(cache.get(&key, s.at(3601)).await.unwrap(), None);
    cache.put(&key, b"two", None, HOUR * 2, s.now).await.unwrap();
    assert_eq!(cache.get(&key, s.at(3601)).await.unwrap().as_deref(), Some(&b"two"[..]));
}

pub async fn cached_values_of_other_tenants_and_spaces_are_apart(s: Subject) {
    let cache = &s.stores.cache;
    cache.put(&key(&s.tenant, "ab"), b"one", None, HOUR, s.now).await.unwrap();
    assert_eq!(cache.get(&key(&s.stranger, "ab"), s.now).await.unwrap(), None);
    let other_space = CacheKey { space: "speech", ..key(&s.tenant, "ab") };
    assert_eq!(cache.get(&other_space, s.now).await.unwrap(), None);
}

pub async fn erasing_a_learner_removes_what_they_caused_in_the_cache(s: Subject) {
    let cache = &s.stores.cache;
    let put = |digest: &'static str, learner| {
        let key = key(&s.tenant, digest);
        async move { cache.put(&key, b"x", learner, HOUR, s.now).await.unwrap() }
    };
    put("0a", Some("lan")).await;
    put("0b", Some("minh")).await;
    put("0c", Some("minh")).await;
    put("0d", None).await;
    // An answer to Minh that was then given to Lan as well.
    cache.attribute(&key(&s.tenant, "0c"), "lan", HOUR).await.unwrap();
    cache.put(&key(&s.stranger, "0a"), b"x", Some("lan"), HOUR, s.now).await.unwrap();
    assert_eq!(cache.erase_learner(&s.tenant, "lan").await.unwrap(), 2);
    let mut left = Vec::new();
    for digest in ["0a", "0b", "0c", "0d"] {
        left.push(cache.get(&key(&s.tenant, digest), s.now).await.unwrap().is_some());
    }
    assert_eq!(left, [false, true, false, true]);
    assert!(cache.get(&key(&s.stranger, "0a"), s.now).await.unwrap().is_some());
    assert_eq!(cache.erase_learner(&s.tenant, "lan").await.unwrap(), 0);
}
