//! What an embedded store has acknowledged is there after a SIGKILL.

use bytes::Bytes;
use futures::TryStreamExt;
use lexilingo_shared::{
    id::{JobId, Tenant},
    queue::{Delivery, Lookup},
    store::{Collection, DocumentKey, Stores, embedded::Embedded},
};
use lexilingo_tests::conformance::subject::Subject;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// Lines that the process may write before it is killed.
const LINES: usize = 600;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let acknowledged = push_and_kill(folder.path());
    let stores = Embedded::open(folder.path()).unwrap().stores();
    let s = Subject::new(stores, ());
    let deliveries = drain(&s).await;
    let mut kinds = BTreeSet::new();
    for line in &acknowledged {
        let [kind, tenant, id] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("an odd line: {line}")
        };
        assert!(is_there(&s.stores, &s, &deliveries, (kind, tenant, id)).await, "{line} is lost");
        kinds.insert(kind.to_owned());
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

/// The lines that were written whole.
fn push_and_kill(folder: &Path) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_embedded_pusher"))
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut lines = Vec::new();
    let mut line = String::new();
    while output.read_line(&mut line).unwrap() > 0 {
        // Only a line that ends was written whole.
        lines.extend(line.strip_suffix('\n').map(str::to_owned));
        line.clear();
        if lines.len() == LINES {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(lines.len() >= LINES, "the process ended by itself after {} lines", lines.len());
    lines
}

/// Every entry of the lane, handed out.
async fn drain(s: &Subject) -> BTreeMap<JobId, Delivery> {
    let worker = s.worker();
    let mut deliveries = BTreeMap::new();
    while let Some(delivery) = s.leased_at(&worker, s.now).await {
        let twice = deliveries.insert(delivery.entry.clone(), delivery);
        assert!(twice.is_none());
    }
    deliveries
}

async fn is_there(
    stores: &Stores,
    s: &Subject,
    deliveries: &BTreeMap<JobId, Delivery>,
    (kind, tenant, id): (&str, &str, &str),
) -> bool {
    let tenant = Tenant::new(tenant).unwrap();
    match kind {
        "job" => {
            let id = id.parse().unwrap();
            matches!(stores.jobs.get(&tenant, &id, s.now).await.unwrap(), Lookup::Found(_))
        }
        "entry" => deliveries.contains_key(&id.parse().unwrap()),
        "lease" => {
            let delivery = deliveries.get(&id.parse().unwrap());
            delivery.is_some_and(|delivery| delivery.fence == 2 && delivery.crashes == 1)
        }
        "document" => {
            let key = DocumentKey::new(Collection::Texts, &tenant, id);
            stores.documents.get(&key, s.now).await.unwrap().is_some()
        }
        "blob" => {
            let id = id.parse().unwrap();
            let Some((info, content)) = stores.blobs.open(&tenant, &id, s.now).await.unwrap()
            else {
                return false;
            };
            let content: Vec<Bytes> = content.try_collect().await.unwrap();
            info.size == 5000 && content.concat() == [7; 5000]
        }
        other => panic!("an odd kind: {other}"),
    }
}
