//! Everything that a fleet's stores hold, byte by byte.

use crate::fleet::{Fleet, Kind};
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use std::path::Path;

/// One key, document or file, and what lies there.
pub type Resting = (String, Vec<u8>);

/// Every value of the fleet's Redis, every document of its database, or every file of its folder.
pub async fn everything(fleet: &Fleet) -> Vec<Resting> {
    let mut all = Vec::new();
    match fleet.kind {
        Kind::Embedded => files(&fleet.folder.path().join("data"), &mut all),
        Kind::Servers => {
            redis(fleet, &mut all).await;
            mongo(fleet, &mut all).await;
        }
    }
    assert!(!all.is_empty(), "there is something to look at");
    all
}

/// Where these words lie.
pub fn places(all: &[Resting], words: &str) -> Vec<String> {
    let words = words.as_bytes();
    let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    all.iter().filter(|(_, bytes)| holds(bytes)).map(|(place, _)| place.clone()).collect()
}

fn files(folder: &Path, all: &mut Vec<Resting>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, all);
        } else if let Ok(bytes) = std::fs::read(&path) {
            all.push((path.display().to_string(), bytes));
        }
    }
}

/// Values as they are read, because a dump is compressed.
async fn redis(fleet: &Fleet, all: &mut Vec<Resting>) {
    let server = fleet.redis.as_ref().expect("a fleet on servers has a Redis");
    let mut redis = server.connection().await.expect("Redis answers");
    let mut keys: Vec<String> = Vec::new();
    let mut cursor = 0u64;
    loop {
        let mut scan = redis::cmd("SCAN");
        scan.arg(cursor).arg("COUNT").arg(1000);
        let (next, some): (u64, Vec<String>) = scan.query_async(&mut redis).await.expect("keys");
        keys.extend(some);
        cursor = next;
        if cursor == 0 {
            break;
        }
    }
    for key in keys {
        let kind: String =
            redis::cmd("TYPE").arg(&key).query_async(&mut redis).await.expect("a type");
        let (command, range): (_, &[&str]) = match kind.as_str() {
            "string" => ("GET", &[]),
            "hash" => ("HGETALL", &[]),
            "set" => ("SMEMBERS", &[]),
            "list" => ("LRANGE", &["0", "-1"]),
            "zset" => ("ZRANGE", &["0", "-1"]),
            "stream" => ("XRANGE", &["-", "+"]),
            // It has gone meanwhile.
            "none" => continue,
            other => panic!("values of the type {other} are not looked at"),
        };
        let mut read = redis::cmd(command);
        read.arg(&key).arg(range);
        let value: redis::Value = read.query_async(&mut redis).await.expect("a value");
        let mut bytes = key.clone().into_bytes();
        flatten(&value, &mut bytes);
        all.push((format!("redis {key}"), bytes));
    }
}

fn flatten(value: &redis::Value, bytes: &mut Vec<u8>) {
    match value {
        redis::Value::BulkString(some) => bytes.extend_from_slice(some),
        redis::Value::SimpleString(text) => bytes.extend_from_slice(text.as_bytes()),
        redis::Value::Array(values) | redis::Value::Set(values) => {
            values.iter().for_each(|value| flatten(value, bytes));
        }
        redis::Value::Map(pairs) => pairs.iter().for_each(|(name, value)| {
            flatten(name, bytes);
            flatten(value, bytes);
        }),
        _ => {}
    }
}

async fn mongo(fleet: &Fleet, all: &mut Vec<Resting>) {
    let database = fleet.mongo().await;
    for name in database.list_collection_names().await.expect("collections") {
        let documents = database.collection::<Document>(&name).find(doc! {}).await;
        let documents: Vec<Document> =
            documents.expect("a collection").try_collect().await.expect("documents");
        for document in documents {
            let bytes = mongodb::bson::to_vec(&document).expect("a document");
            all.push((format!("mongodb {name}"), bytes));
        }
    }
}
