//! Every implementation of the storage seams against one suite of promises, and what only the embedded one promises.

mod kill;

use lexilingo_shared::store::embedded::Embedded;
use lexilingo_tests::conformance::subject::Subject;

lexilingo_tests::conformance!(embedded, crate::on_embedded);

async fn on_embedded() -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let stores = Embedded::open(folder.path()).unwrap().stores();
    Subject::new(stores, folder)
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
