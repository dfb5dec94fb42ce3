//! A language model on a server elsewhere, by OpenAI's chat completions with streaming: vLLM, Ollama and llama-server speak
//! it. One such server stands for both language models.

use super::{
    circuit_breaker::CircuitBreaker,
    language_model::{explainer::Explainer, text_model::TextModel, tutor::Tutor},
    prompts,
};
use crate::{
    engine::{EngineCall, EngineError, EngineHandle, EngineReport, Entry, LoadError},
    task::Task,
};
use async_trait::async_trait;
use lexilingo_engine_protocol::completion::{Completion, Finish, Prompt};
use lexilingo_shared::{config::RemoteConfig, model::ModelName};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// Longest answer that is read, in bytes: a server must not fill the memory.
const MAX_ANSWER: usize = 256 * 1024;
/// Calls for one answer: a connection that broke is worth a second.
const TRIES: u32 = 2;

pub fn entry(config: &RemoteConfig) -> Entry {
    let config = config.clone();
    Entry {
        name: ModelName::Remote,
        version: format!(
            "{} prompt:{} seed:{}",
            config.model,
            prompts::COMPREHENSIVE,
            prompts::SEED
        ),
        declared_bytes: 0,
        budgeted: false,
        load: Arc::new(move || {
            let model = Arc::new(RemoteModel::new(config.clone())?);
            let tutor = Tutor { name: ModelName::Remote, model: model.clone() };
            Ok(Arc::new(RemoteEngine { tutor, explainer: Explainer { model } }))
        }),
    }
}

/// Analyses and explains, by the task that it is given.
struct RemoteEngine {
    tutor: Tutor<Arc<RemoteModel>>,
    explainer: Explainer<Arc<RemoteModel>>,
}

#[async_trait]
impl EngineHandle for RemoteEngine {
    async fn run(&self, call: EngineCall) -> Result<EngineReport, EngineError> {
        if call.input.tasks == [Task::VietnameseExplanation] {
            self.explainer.run(call).await
        } else {
            self.tutor.run(call).await
        }
    }

    fn resident_bytes(&self) -> u64 {
        0
    }
}

pub struct RemoteModel {
    config: RemoteConfig,
    client: reqwest::Client,
    breaker: Mutex<CircuitBreaker>,
}

/// What came of one try.
struct Heard {
    text: String,
    finish: Finish,
    tokens: u32,
    prompt_tokens: u32,
}

impl RemoteModel {
    pub fn new(config: RemoteConfig) -> Result<Self, LoadError> {
        // A proxy of the environment is for the Internet, not for a server that the operator names.
        let client = reqwest::Client::builder().no_proxy().build();
        let client =
            client.map_err(|e| LoadError(format!("no client for the remote model: {e}")))?;
        Ok(RemoteModel { config, client, breaker: Mutex::default() })
    }

    fn breaker(&self) -> std::sync::MutexGuard<'_, CircuitBreaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One request; `heard` holds what came, also when it ends badly.
    async fn ask(
        &self,
        prompt: &Prompt,
        parts: Option<&mpsc::Sender<String>>,
        heard: &mut Heard,
    ) -> Result<(), EngineError> {
        let url = format!("{}/chat/completions", self.config.base_url.expose());
        let mut request = self.client.post(url).json(&self.body(prompt));
        if let Some(key) = &self.config.api_key {
            request = request.bearer_auth(key.expose());
        }
        let failed = |e: reqwest::Error| {
            // The address may hold a password.
            EngineError::Failed(format!("the server cannot be used: {}", e.without_url()))
        };
        let mut response = request.send().await.map_err(failed)?;
        let status = response.status();
        if status.is_server_error() || status == reqwest::StatusCode::TOO_MANY_REQUESTS {
            return Err(EngineError::Unavailable(format!(
                "the server answers {}",
                status.as_u16()
            )));
        }
        if !status.is_success() {
            return Err(EngineError::Failed(format!("the server answers {}", status.as_u16())));
        }
        let mut lines = Vec::new();
        while let Some(bytes) = response.chunk().await.map_err(failed)? {
            lines.extend_from_slice(&bytes);
            while let Some(end) = lines.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = lines.drain(..=end).collect();
                if let Some(part) = heard.take_in(&String::from_utf8_lossy(&line))
                    && let Some(parts) = parts
                {
                    let _ = parts.try_send(part);
                }
            }
            if heard.text.len() + lines.len() > MAX_ANSWER {
                return Err(EngineError::Failed("the server's answer is too long".to_owned()));
            }
        }
        Ok(())
    }

    fn body(&self, prompt: &Prompt) -> Value {
        let message = |role: &str, content: &str| json!({"role": role, "content": content});
        let mut body = json!({
            "model": self.config.model,
            "messages": [message("system", &prompt.system), message("user", &prompt.user)],
            "max_tokens": prompt.max_tokens,
            "temperature": prompt.temperature,
            "seed": prompt.seed,
            "stream": true,
        });
        if let Some(schema) = &prompt.schema {
            body["response_format"] = json!({"type": "json_schema",
                "json_schema": {"name": "analysis", "strict": true, "schema": schema}});
        }
        body
    }
}

impl Heard {
    /// Takes in a line of the stream; its text when it has some.
    fn take_in(&mut self, line: &str) -> Option<String> {
        let data = line.trim().strip_prefix("data:")?.trim();
        let event: Value = serde_json::from_str(data).ok()?;
        if let Some(read) = event["usage"]["prompt_tokens"].as_u64() {
            self.prompt_tokens = u32::try_from(read).unwrap_or(u32::MAX);
        }
        let choice = event["choices"].get(0)?;
        match choice["finish_reason"].as_str() {
            Some("length") => self.finish = Finish::Length,
            Some(_) => self.finish = Finish::Stop,
            None => {}
        }
        let part = choice["delta"]["content"].as_str().filter(|part| !part.is_empty())?;
        self.text.push_str(part);
        self.tokens += 1;
        Some(part.to_owned())
    }
}

#[async_trait]
impl TextModel for Arc<RemoteModel> {
    async fn complete(
        &self,
        prompt: Prompt,
        timeout: Duration,
        parts: Option<mpsc::Sender<String>>,
    ) -> Result<Completion, EngineError> {
        if !self.breaker().allows(Instant::now()) {
            return Err(EngineError::Unavailable(
                "the server failed too often just now".to_owned(),
            ));
        }
        let fresh =
            || Heard { text: String::new(), finish: Finish::Time, tokens: 0, prompt_tokens: 0 };
        let mut heard = fresh();
        let asking = async {
            for left in (0..TRIES).rev() {
                let answer = self.ask(&prompt, parts.as_ref(), &mut heard).await;
                // What has been told to listeners cannot be taken back.
                if answer.is_ok() || left == 0 || heard.tokens > 0 {
                    return answer;
                }
            }
            Ok(())
        };
        let answer = tokio::time::timeout(timeout, asking).await;
        match answer {
            Ok(Ok(())) => self.breaker().succeeded(),
            Ok(Err(e)) => {
                self.breaker().failed(Instant::now());
                return Err(e);
            }
            // A slow server that has begun to answer works.
            Err(_) if heard.tokens == 0 => {
                self.breaker().failed(Instant::now());
                return Err(EngineError::TimedOut);
            }
            Err(_) => heard.finish = Finish::Time,
        }
        let Heard { text, finish, tokens, prompt_tokens } = heard;
        Ok(Completion { text, finish, prompt_tokens, cached_tokens: 0, tokens })
    }

    fn is_alive(&self) -> bool {
        true
    }

    fn resident_bytes(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests;
