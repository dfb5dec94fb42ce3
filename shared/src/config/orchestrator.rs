//! The eight variables of the original guide.

use super::env::Env;
use crate::model::ModelName;
use std::time::Duration;

#[derive(Debug, Clone, PartialEq)]
pub struct Orchestrator {
    /// `ORCHESTRATOR_MAX_MEMORY_GB` in bytes (1 GB = 10⁹ bytes).
    pub max_memory_bytes: u64,
    /// `RESPONSE_CACHE_TTL`, seconds; zero turns the cache off.
    pub response_cache_ttl: Duration,
    pub qwen_timeout: Duration,
    pub hubert_timeout: Duration,
    pub llama_timeout: Duration,
    pub enable_pronunciation: bool,
    pub enable_vietnamese: bool,
    pub enable_knowledge_graph: bool,
}

impl Orchestrator {
    pub fn read(env: &mut Env<'_>) -> Self {
        let millis = |env: &mut Env<'_>, name, default| {
            Duration::from_millis(env.number(name, default, 1, 600_000))
        };
        let gigabytes = env.number("ORCHESTRATOR_MAX_MEMORY_GB", 8.0, 0.001, 100_000.0);
        Orchestrator {
            max_memory_bytes: (gigabytes * 1e9) as u64,
            response_cache_ttl: Duration::from_secs(env.number(
                "RESPONSE_CACHE_TTL",
                604_800,
                0,
                31_536_000,
            )),
            qwen_timeout: millis(env, "QWEN_TIMEOUT_MS", 500),
            hubert_timeout: millis(env, "HUBERT_TIMEOUT_MS", 300),
            llama_timeout: millis(env, "LLAMA_TIMEOUT_MS", 500),
            enable_pronunciation: env.flag("ENABLE_PRONUNCIATION", true),
            enable_vietnamese: env.flag("ENABLE_VIETNAMESE", true),
            enable_knowledge_graph: env.flag("ENABLE_KNOWLEDGE_GRAPH", true),
        }
    }

    /// How long one run of an engine may take. The rules have the pipeline's own two seconds; speech recognition the
    /// original's 500 ms.
    pub fn timeout(&self, model: ModelName) -> Duration {
        match model {
            ModelName::Qwen | ModelName::Remote => self.qwen_timeout,
            ModelName::Llama3Vi => self.llama_timeout,
            ModelName::Hubert | ModelName::Gop => self.hubert_timeout,
            ModelName::Whisper | ModelName::Tts | ModelName::Minilm => Duration::from_millis(500),
            ModelName::Rules => Duration::from_secs(2),
        }
    }
}
