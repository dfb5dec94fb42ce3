//! Holding answers against the OpenAPI document.

use super::service::Answer;
use axum::http::Method;
use serde_json::{Value, json};

pub struct Contract(Value);

impl Contract {
    pub fn read() -> Self {
        Contract(serde_json::to_value(crate::openapi()).unwrap())
    }

    /// Panics when the answer is not one that the document describes.
    pub fn check(&self, method: &Method, path: &str, answer: &Answer) {
        for name in ["traceparent", "x-request-id", "x-content-type-options"] {
            assert!(answer.headers.contains_key(name), "{name} is missing");
        }
        let method = method.as_str().to_lowercase();
        let template = self.template(path).filter(|found| found.get(&method).is_some());
        let Some(item) = template else {
            assert!(
                answer.status.is_client_error() || path.starts_with("/docs"),
                "{method} {path} is not in the document and answered {}",
                answer.status
            );
            if answer.status.is_client_error() {
                self.check_schema(&json!({"$ref": "#/components/schemas/Problem"}), answer);
            }
            return;
        };
        let status = answer.status.as_str();
        let response = &item[&method]["responses"][status];
        assert!(response.is_object(), "{method} {path}: {status} is not in the document");
        for (name, header) in response["headers"].as_object().into_iter().flatten() {
            let optional = header["schema"]["type"].is_array() || name == "Preference-Applied";
            assert!(optional || answer.headers.contains_key(name), "{path}: {name} is missing");
        }
        let Some(content) = response["content"].as_object() else {
            assert!(answer.body.is_empty(), "{method} {path}: {status} has a body");
            return;
        };
        let media_type = answer.header("content-type").split(';').next().unwrap().to_owned();
        let content = content.get(&media_type);
        let content =
            content.unwrap_or_else(|| panic!("{path}: {status} is not described as {media_type}"));
        if media_type.ends_with("json") {
            self.check_schema(&content["schema"], answer);
        }
    }

    fn template(&self, path: &str) -> Option<&Value> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &str| {
            let wanted: Vec<&str> = template.split('/').collect();
            wanted.len() == parts.len()
                && wanted.iter().zip(&parts).all(|(w, p)| w == p || w.starts_with('{'))
        };
        let paths = self.0["paths"].as_object().unwrap();
        paths.iter().find(|(template, _)| fits(template)).map(|(_, item)| item)
    }

    fn check_schema(&self, schema: &Value, answer: &Answer) {
        let mut root = schema.clone();
        root["components"] = self.0["components"].clone();
        let validator = jsonschema::draft202012::new(&root).unwrap();
        let body = answer.json();
        let faults: Vec<String> =
            validator.iter_errors(&body).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?} in {body:#}");
    }
}
