//! A client of the api that checks every response against the document.

use crate::{contract, wait};
use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};
use std::time::Duration;

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    pub base: String,
    /// The API key, where one is needed.
    pub key: Option<String>,
}

/// A whole response.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The answer if it has this status; panics with the body otherwise.
    pub fn expect(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

impl Client {
    pub fn new(base: impl Into<String>) -> Client {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(90))
            .no_proxy()
            .build()
            .expect("a client");
        Client { http, base: base.into(), key: None }
    }

    /// The same service for the owner of another key.
    pub fn with_key(&self, key: impl Into<String>) -> Client {
        Client { key: Some(key.into()), ..self.clone() }
    }

    /// The same service for somebody without a key.
    pub fn without_key(&self) -> Client {
        Client { key: None, ..self.clone() }
    }

    /// Sends a request; a transport error panics.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        let answer = self.try_send(method, path, headers, body).await;
        answer.expect("the api answers")
    }

    /// Sends a request to an api that may not be there.
    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<reqwest::Body>,
    ) -> reqwest::Result<Answer> {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let response = request.body(body).send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await?.to_vec();
        let content_type =
            headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
        contract::check(method.as_str(), path, status, content_type, &body);
        Ok(Answer { status, headers, body })
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], "").await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, "").await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], "").await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.send(Method::POST, path, &all, body.to_string()).await
    }

    /// Submits and returns the job's id.
    pub async fn submit(&self, body: &Value) -> String {
        let answer = self.post("/api/v1/ai/analyze", &[], body).await.expect(202);
        answer.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Submits and waits for the result, which must come in time.
    pub async fn analyze(&self, body: &Value) -> Value {
        self.analyze_at("/api/v1/ai/analyze", body).await
    }

    pub async fn analyze_at(&self, path: &str, body: &Value) -> Value {
        self.post(path, &[("prefer", "wait=60")], body).await.expect(200).json()
    }

    pub async fn job(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/jobs/{id}")).await.expect(200).json()
    }

    /// The job once it has ended.
    pub async fn ended(&self, id: &str) -> Value {
        wait::until("the job's end", async || {
            let job = self.job(id).await;
            let live = matches!(job["status"].as_str(), Some("queued" | "processing"));
            (!live).then_some(job)
        })
        .await
    }

    /// Follows a job until an event of this name has come.
    pub async fn until_event(&self, id: &str, name: &str) {
        let url = format!("{}/api/v1/jobs/{id}/events", self.base);
        let mut request = self.http.get(url);
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        let mut stream = request.send().await.expect("the api answers");
        let mut seen = Vec::new();
        while let Some(chunk) = stream.chunk().await.expect("the stream goes on") {
            seen.extend_from_slice(&chunk);
            if String::from_utf8_lossy(&seen).contains(&format!("event: {name}\n")) {
                return;
            }
        }
        panic!("the stream ended without {name}: {}", String::from_utf8_lossy(&seen));
    }

    /// The names of a job's events; the stream ends after the last.
    pub async fn events(&self, id: &str, headers: &[(&str, &str)]) -> Vec<(u64, String, Value)> {
        let answer = self.get_with(&format!("/api/v1/jobs/{id}/events"), headers).await.expect(200);
        events(&answer.text())
    }
}

/// Id, name and data of every event of an SSE body.
pub fn events(body: &str) -> Vec<(u64, String, Value)> {
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(|value| value.trim_start().to_owned())
    };
    body.split("\n\n")
        .filter_map(|block| {
            let name = field(block, "event")?;
            let id = field(block, "id")?.parse().ok()?;
            let data = field(block, "data").and_then(|data| serde_json::from_str(&data).ok());
            Some((id, name, data.unwrap_or(Value::Null)))
        })
        .collect()
}

/// A request as most tests make it.
pub fn request(text: &str) -> Value {
    json!({"text": text, "session_id": "test-session-123", "input_type": "text",
           "learner_profile": {"level": "A2"}})
}

/// The guide's example.
pub fn seed() -> Value {
    request("I goes to school yesterday")
}
