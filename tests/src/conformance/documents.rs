//! Promises of documents.

use super::subject::Subject;
use lexilingo_shared::store::{
    Collection, Document, DocumentKey, Listing, NewDocument, Put, Write,
};
use serde_json::json;

fn key(s: &Subject, collection: Collection, id: &str) -> DocumentKey {
    DocumentKey::new(collection, &s.tenant, id)
}

fn document(s: &Subject, learner: Option<&str>, body: serde_json::Value) -> NewDocument {
    let serde_json::Value::Object(body) = body else { panic!("an object") };
    NewDocument { learner: learner.map(str::to_owned), expires_at: s.at(3600), body }
}

pub async fn the_document_store_answers_a_ping(s: Subject) {
    s.stores.documents.ping().await.unwrap();
}

pub async fn a_document_is_read_as_it_was_written(s: Subject) {
    let key = key(&s, Collection::Profiles, "lan");
    let written = document(
        &s,
        Some("lan"),
        json!({"tên": "Lan “Nguyễn”\u{0}", "n": -7, "x": 0.1, "big": 9_007_199_254_740_993_i64,
               "deep": [{"b": [true, null]}, {}], "z": 1, "a": 2}),
    );
    let documents = &s.stores.documents;
    assert!(documents.get(&key, s.now).await.unwrap().is_none());
    assert_eq!(documents.put(&key, &written, 0, s.now).await.unwrap(), Put::Stored);
    let expected = Document {
        learner: written.learner.clone(),
        expires_at: written.expires_at,
        version: 1,
        body: written.body.clone(),
    };
    assert_eq!(documents.get(&key, s.now).await.unwrap(), Some(expected));
    assert!(documents.get(&key, s.at(3601)).await.unwrap().is_none());
}

pub async fn a_document_changes_only_at_the_expected_version(s: Subject) {
    let key = key(&s, Collection::Sessions, "1");
    let documents = &s.stores.documents;
    let put = |n: u64, expected| {
        let (new, key) = (document(&s, None, json!({"n": n})), key.clone());
        async move { documents.put(&key, &new, expected, s.now).await.unwrap() }
    };
    assert_eq!(put(1, 1).await, Put::Conflict);
    assert_eq!(put(1, 0).await, Put::Stored);
    assert_eq!(put(2, 0).await, Put::Conflict);
    assert_eq!(put(2, 1).await, Put::Stored);
    assert_eq!(put(3, 1).await, Put::Conflict);
    assert_eq!(put(3, 3).await, Put::Conflict);
    let found = documents.get(&key, s.now).await.unwrap().unwrap();
    assert_eq!((found.version, &found.body["n"]), (2, &json!(2)));
}

pub async fn an_expired_document_counts_as_none(s: Subject) {
    let key = key(&s, Collection::Sessions, "1");
    let documents = &s.stores.documents;
    let old = NewDocument { expires_at: s.at(10), ..document(&s, Some("lan"), json!({"n": 1})) };
    documents.put(&key, &old, 0, s.now).await.unwrap();
    let new = document(&s, None, json!({"n": 2}));
    assert_eq!(documents.put(&key, &new, 1, s.at(11)).await.unwrap(), Put::Conflict);
    assert_eq!(documents.put(&key, &new, 0, s.at(11)).await.unwrap(), Put::Stored);
    let found = documents.get(&key, s.at(11)).await.unwrap().unwrap();
    assert_eq!((found.version, found.learner, found.body), (1, None, new.body));
}

pub async fn concurrent_increments_lose_nothing(s: Subject) {
    let key = key(&s, Collection::Sessions, "counter");
    let mut increments = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let (documents, key, now) = (s.stores.documents.clone(), key.clone(), s.now);
        let new = document(&s, None, json!({"n": 1}));
        increments.spawn(async move {
            for _ in 0..10 {
                loop {
                    let found = documents.get(&key, now).await.unwrap();
                    let (n, version) = found
                        .map_or((0, 0), |found| (found.body["n"].as_u64().unwrap(), found.version));
                    let mut next = new.clone();
                    next.body.insert("n".to_owned(), json!(n + 1));
                    if documents.put(&key, &next, version, now).await.unwrap() == Put::Stored {
                        break;
                    }
                }
            }
        });
    }
    increments.join_all().await;
    let found = s.stores.documents.get(&key, s.now).await.unwrap().unwrap();
    assert_eq!((found.version, &found.body["n"]), (100, &json!(100)));
}

pub async fn many_documents_are_written_and_read_at_once(s: Subject) {
    let documents = &s.stores.documents;
    let write = |n: usize, expected| Write {
        key: key(&s, Collection::Sessions, &n.to_string()),
        document: document(&s, None, json!({"n": n})),
        expected,
    };
    let new: Vec<Write> = (0..100).map(|n| write(n, 0)).collect();
    assert_eq!(documents.put_all(&new, s.now).await.unwrap(), Put::Stored);
    // One of another version is told, and the others are written.
    let mixed = [write(1, 1), write(2, 7), write(3, 1), write(200, 0)];
    assert_eq!(documents.put_all(&mixed, s.now).await.unwrap(), Put::Conflict);
    let taken = [write(4, 0), write(5, 1)];
    assert_eq!(documents.put_all(&taken, s.now).await.unwrap(), Put::Conflict);

    let wanted = ["5", "none", "1", "2", "200"];
    let keys = wanted.map(|id| key(&s, Collection::Sessions, id));
    let found = documents.get_all(&keys, s.now).await.unwrap();
    let versions: Vec<Option<u64>> =
        found.iter().map(|document| document.as_ref().map(|document| document.version)).collect();
    assert_eq!(versions, [Some(2), None, Some(2), Some(1), Some(1)]);
}

pub async fn inserting_leaves_alone_what_is_there(s: Subject) {
    let documents = &s.stores.documents;
    let rows = |range: std::ops::Range<u64>, n: u64| -> Vec<(DocumentKey, NewDocument)> {
        let row = |id: u64| {
            (
                key(&s, Collection::Interactions, &id.to_string()),
                document(&s, None, json!({"n": n})),
            )
        };
        range.map(row).collect()
    };
    assert_eq!(documents.insert(&rows(0..3, 1)).await.unwrap(), 3);
    assert_eq!(documents.insert(&rows(1..5, 2)).await.unwrap(), 2);
    assert_eq!(documents.insert(&[]).await.unwrap(), 0);
    let mut values = Vec::new();
    for (key, _) in rows(0..5, 0) {
        values.push(documents.get(&key, s.now).await.unwrap().unwrap().body["n"].clone());
    }
    assert_eq!(values, [1, 1, 1, 2, 2]);
}

pub async fn a_deleted_document_is_gone(s: Subject) {
    let key = key(&s, Collection::Feedback, "1");
    let documents = &s.stores.documents;
    documents.insert(&[(key.clone(), document(&s, None, json!({})))]).await.unwrap();
    assert!(documents.delete(&key).await.unwrap());
    assert!(!documents.delete(&key).await.unwrap());
    assert!(documents.get(&key, s.now).await.unwrap().is_none());
}

pub async fn documents_are_listed_by_id_and_in_pages(s: Subject) {
    let documents = &s.stores.documents;
    let ids = ["a", "b/1", "b/2", "b/3", "ba", "c"];
    let mut rows: Vec<_> = ids
        .map(|id| (key(&s, Collection::Interactions, id), document(&s, None, json!({"id": id}))))
        .into();
    let theirs =
        DocumentKey { tenant: s.stranger.clone(), ..key(&s, Collection::Interactions, "b/0") };
    rows.push((theirs, document(&s, None, json!({}))));
    rows.push((key(&s, Collection::Texts, "b/4"), document(&s, None, json!({}))));
    let old = NewDocument { expires_at: s.at(10), ..document(&s, None, json!({})) };
    rows.push((key(&s, Collection::Interactions, "b/5"), old));
    documents.insert(&rows).await.unwrap();
    let all = Listing::new(Collection::Interactions, &s.tenant, 100);
    let listed = async |listing: Listing| -> Vec<String> {
        let page = documents.list(&listing, s.at(10)).await.unwrap();
        page.into_iter().map(|(id, _)| id).collect()
    };
    assert_eq!(listed(all.clone()).await, ["a", "b/1", "b/2", "b/3", "ba", "c"]);
    let of_b = Listing { prefix: "b/".to_owned(), ..all };
    assert_eq!(listed(of_b.clone()).await, ["b/1", "b/2", "b/3"]);
    let two = Listing { limit: 2, ..of_b };
    assert_eq!(listed(two.clone()).await, ["b/1", "b/2"]);
    let after = |id: &str| Some(id.to_owned());
    assert_eq!(listed(Listing { after: after("b/2"), ..two.clone() }).await, ["b/3"]);
    let last = Listing { backwards: true, ..two };
    assert_eq!(listed(last.clone()).await, ["b/3", "b/2"]);
    assert_eq!(listed(Listing { after: after("b/2"), ..last }).await, ["b/1"]);
}

pub async fn two_tenants_never_see_each_others_documents(s: Subject) {
    let mine = key(&s, Collection::Profiles, "lan");
    let theirs = DocumentKey { tenant: s.stranger.clone(), ..mine.clone() };
    let documents = &s.stores.documents;
    let new = document(&s, Some("lan"), json!({"n": 1}));
    documents.put(&mine, &new, 0, s.now).await.unwrap();
    assert!(documents.get(&theirs, s.now).await.unwrap().is_none());
    assert!(!documents.delete(&theirs).await.unwrap());
    assert_eq!(documents.put(&theirs, &new, 0, s.now).await.unwrap(), Put::Stored);
    assert!(documents.erase_learner(&s.stranger, "lan").await.unwrap().len() == 1);
    assert!(documents.get(&mine, s.now).await.unwrap().is_some());
}

pub async fn erasing_a_learner_counts_their_documents(s: Subject) {
    let documents = &s.stores.documents;
    let mut rows = Vec::new();
    for (collection, id, learner) in [
        (Collection::Profiles, "lan", Some("lan")),
        (Collection::Interactions, "1", Some("lan")),
        (Collection::Interactions, "2", Some("lan")),
        (Collection::Interactions, "3", Some("minh")),
        (Collection::Sessions, "1", None),
    ] {
        rows.push((key(&s, collection, id), document(&s, learner, json!({}))));
    }
    documents.insert(&rows).await.unwrap();
    let mut erased = documents.erase_learner(&s.tenant, "lan").await.unwrap();
    erased.sort();
    assert_eq!(erased, [(Collection::Profiles, 1), (Collection::Interactions, 2)]);
    let mut left = 0;
    for (key, _) in &rows {
        left += usize::from(documents.get(key, s.now).await.unwrap().is_some());
    }
    assert_eq!(left, 2);
    assert!(documents.erase_learner(&s.tenant, "lan").await.unwrap().is_empty());
}
