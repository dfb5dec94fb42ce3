//! Every implementation of the storage seams against one suite of promises, and what only the embedded one promises.

mod kill;

use lexilingo_shared::{
    config::{Backend, Config, SecretUrl, Storage},
    sealing::MasterKeys,
    store::{self, embedded::Embedded, sealed::sealed},
};
use lexilingo_tests::{conformance::subject::Subject, servers::shared};

lexilingo_tests::conformance!(embedded, crate::on_embedded);
lexilingo_tests::conformance!(sealed, crate::on_sealed);
lexilingo_tests::conformance!(fleet, crate::on_servers);

async fn on_embedded() -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let stores = Embedded::open(folder.path()).unwrap().stores();
    Subject::new(stores, folder)
}

/// Sealed stores keep the promises of those that they stand on.
async fn on_sealed() -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let keys = MasterKeys::parse(&format!("new:{},old:{}", "A".repeat(43), "B".repeat(42) + "A"));
    let bare = Embedded::open(folder.path()).unwrap().stores();
    Subject::new(sealed(bare, &keys.unwrap()), folder)
}

async fn on_servers() -> Subject {
    let redis = SecretUrl::new(shared::redis().await.url());
    let backend = Backend::Fleet {
        cache_redis: redis.clone(),
        redis,
        mongodb: SecretUrl::new(shared::mongo().await.uri()),
        database: shared::fresh_name(),
    };
    let storage = Config::read(&|_| None).unwrap().storage;
    let storage = Storage { backend, namespace: shared::fresh_name(), ..storage };
    if let Backend::Fleet { mongodb, database, .. } = &storage.backend {
        lexilingo_migrations::run(mongodb.expose(), Some(database)).await.unwrap();
    }
    Subject::new(store::open(&storage).await.unwrap(), ())
}

/// A promise that nobody lists is kept by chance.
#[test]
fn every_promise_is_in_the_suite() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/conformance");
    let suite = std::fs::read_to_string(format!("{folder}/suite.rs")).unwrap();
    let mut promises = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("pub async fn ")) {
            let name = line.split('(').next().unwrap();
            assert!(suite.contains(&format!("{name},")), "{name} is missing in suite.rs");
            promises += 1;
        }
    }
    assert!(promises > 50);
}
