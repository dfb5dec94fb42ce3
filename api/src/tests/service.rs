//! One service for one test.

use super::contract::Contract;
use crate::{
    router,
    state::{App, AppState, Limits},
};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use lexilingo_shared::{
    config::Config,
    store::{Stores, embedded::Embedded},
    time::{Clock, SystemClock},
};
use serde_json::Value;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

pub struct Service {
    pub app: AppState,
    router: Router,
    contract: Contract,
    _folder: tempfile::TempDir,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{error}: {} {}", self.status, String::from_utf8_lossy(&self.body))
        })
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {self:?}"));
        value.to_str().unwrap()
    }

    /// Status and problem code.
    pub fn problem(&self) -> (u16, String) {
        assert_eq!(self.header("content-type"), "application/problem+json");
        (self.status.as_u16(), self.json()["code"].as_str().unwrap().to_owned())
    }

    pub fn pointers(&self) -> Vec<String> {
        let errors = self.json()["errors"].as_array().unwrap().clone();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    }
}

impl Service {
    pub fn new() -> Self {
        Service::with(&[], Arc::new(SystemClock), Limits::default())
    }

    pub fn with(variables: &[(&str, &str)], clock: Arc<dyn Clock>, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let stores = Embedded::open(folder.path()).unwrap().stores();
        let lookup = |name: &str| {
            variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        let config = Arc::new(Config::read(&lookup).unwrap());
        let app = App::new(config, stores, clock, CancellationToken::new()).unwrap();
        let app = Arc::new(App { limits, ..app });
        Service { router: router(app.clone()), app, contract: Contract::read(), _folder: folder }
    }

    pub fn stores(&self) -> &Stores {
        &self.app.stores
    }

    /// Sends a request and holds the answer against the OpenAPI document.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let answer = self.send_unread(request).await;
        let (parts, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let answer = Answer { status: parts.status, headers: parts.headers, body };
        self.contract.check(&method, &path, &answer);
        answer
    }

    /// Sends a request and leaves the body unread.
    pub async fn send_unread(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(request("GET", path, &[], "")).await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.send(request("POST", path, &all, &body.to_string())).await
    }

    pub async fn analyze(&self, headers: &[(&str, &str)], body: &Value) -> Answer {
        self.post("/api/v1/ai/analyze", headers, body).await
    }

    /// Submits a text and answers the job's path.
    pub async fn submit(&self, user: &str) -> String {
        let body = serde_json::json!({"text": "I goes", "session_id": "s", "user_id": user});
        let answer = self.analyze(&[], &body).await;
        assert_eq!(answer.status, 202, "{answer:?}");
        answer.header("location").to_owned()
    }
}

pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path).header("host", "lexi.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}
