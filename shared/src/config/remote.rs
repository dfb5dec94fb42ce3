//! A language-model server elsewhere that speaks OpenAI's protocol (vLLM, Ollama, llama-server).

use super::{env::Env, secret::SecretUrl};

#[derive(Debug, Clone, PartialEq)]
pub struct RemoteConfig {
    /// `OPENAI_BASE_URL`, e.g. `http://127.0.0.1:11434/v1`.
    pub base_url: SecretUrl,
    /// `OPENAI_API_KEY`.
    pub api_key: Option<SecretUrl>,
    /// `OPENAI_MODEL`: the model's name there.
    pub model: String,
}

impl RemoteConfig {
    /// None without `OPENAI_BASE_URL`.
    pub fn read(env: &mut Env<'_>) -> Option<Self> {
        let base_url = env.text("OPENAI_BASE_URL");
        let api_key = env.text("OPENAI_API_KEY").map(SecretUrl::new);
        let model = env.text("OPENAI_MODEL");
        let base_url = base_url?;
        if !base_url.starts_with("http://") {
            env.fault(
                "OPENAI_BASE_URL",
                format!("{} must begin with http://", SecretUrl::new(&base_url)),
            );
        }
        let model = model.unwrap_or_else(|| {
            env.fault("OPENAI_MODEL", "must be set when OPENAI_BASE_URL is");
            String::new()
        });
        let base_url = SecretUrl::new(base_url.trim_end_matches('/'));
        Some(RemoteConfig { base_url, api_key, model })
    }
}
