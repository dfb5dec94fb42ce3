//! Holds every response against the OpenAPI document.

use serde_json::{Map, Value, json};
use std::sync::OnceLock;

/// The document as the api serves it.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::to_value(lexilingo_api::openapi()).expect("it is JSON"))
}

/// Panics when the document does not describe this response. Paths outside the document must be answered by a problem.
pub fn check(method: &str, path: &str, status: u16, content_type: &str, body: &[u8]) {
    let path = path.split('?').next().unwrap_or(path);
    // The page that shows the document is for people, not for clients.
    if path.starts_with("/docs") {
        return;
    }
    let Some(operation) = operation(method, path) else {
        assert!(matches!(status, 404 | 405), "{method} {path} answers {status} undocumented");
        assert_eq!(content_type, "application/problem+json", "{method} {path}");
        return;
    };
    let what = format!("{method} {path} → {status}");
    let responses = &operation["responses"];
    let response = responses
        .get(status.to_string())
        .or_else(|| responses.get("default"))
        .unwrap_or_else(|| panic!("{what} is not in the document"));
    let response = resolve(response);
    let media = content_type.split(';').next().unwrap_or_default().trim();
    let Some(content) = response.get("content").and_then(Value::as_object) else {
        assert!(body.is_empty(), "{what} has a body that the document does not name");
        return;
    };
    let described = content
        .get(media)
        .unwrap_or_else(|| panic!("{what}: {media} is not among {:?}", content.keys()));
    if !media.ends_with("json") || described.get("schema").is_none() {
        return;
    }
    let instance: Value = serde_json::from_slice(body).expect("the body is JSON");
    let mut schema: Map<String, Value> = match &described["schema"] {
        Value::Object(schema) => schema.clone(),
        _ => return,
    };
    schema.insert("components".to_owned(), document()["components"].clone());
    let validator = jsonschema::validator_for(&Value::Object(schema)).expect("a valid schema");
    let faults: Vec<String> = validator
        .iter_errors(&instance)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{what} breaks the contract:\n{}\n{instance:#}", faults.join("\n"));
}

fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let paths = document()["paths"].as_object()?;
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        parts.len() == segments.len()
            && parts
                .iter()
                .zip(&segments)
                .all(|(part, segment)| part == segment || part.starts_with('{'))
    };
    // A path without parameters is meant before one with.
    let item = paths.get(path).or_else(|| Some(paths.iter().find(|(t, _)| fits(t))?.1))?;
    item.get(method.to_ascii_lowercase())
}

fn resolve(value: &Value) -> Value {
    match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => document().pointer(&reference[1..]).cloned().unwrap_or(json!({})),
        None => value.clone(),
    }
}
