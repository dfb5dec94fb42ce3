use super::*;
use std::collections::BTreeSet;

#[test]
fn the_document_is_as_it_was_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR")));
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_json_snapshot!("openapi", openapi()));
}

#[test]
fn every_route_is_in_the_document_and_every_path_of_it_is_served() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut described = BTreeSet::new();
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(operations.insert(id.to_owned()), "{id} names two operations");
            described.insert((method.clone(), path.clone()));
        }
    }
    let served: BTreeSet<(String, String)> = crate::router::routes()
        .into_iter()
        .filter(|route| !route.path.starts_with(crate::routes::docs::PATH))
        .map(|route| (route.method.to_owned(), route.path.to_owned()))
        .collect();
    assert_eq!(served, described);
}

#[test]
fn every_reference_leads_somewhere() {
    let text = openapi().to_json().unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for reference in text.split("#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
}
