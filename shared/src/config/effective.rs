//! The configuration as lines of `VARIABLE=value`, secrets masked: what `lexilingo config` prints.

use super::{Config, SecretUrl, storage::Backend};
use crate::webhook::Policy;

impl Config {
    /// Variable and effective value, in the order of `.env.example`.
    pub fn effective(&self) -> Vec<(&'static str, String)> {
        let (o, s, w) = (&self.orchestrator, &self.service, &self.worker);
        let a = &self.access;
        let r = &self.storage.retention;
        // Collectors are addressed with a password in the address here and there.
        let collector = s.otlp_endpoint.as_deref().map(|url| SecretUrl::new(url).masked());
        let collector = collector.unwrap_or_default();
        let days = |span: std::time::Duration| (span.as_secs() / 86_400).to_string();
        let remote = w.remote.as_ref();
        let key = remote.and_then(|remote| remote.api_key.as_ref());
        let mut lines = vec![
            ("ORCHESTRATOR_MAX_MEMORY_GB", (o.max_memory_bytes as f64 / 1e9).to_string()),
            ("RESPONSE_CACHE_TTL", o.response_cache_ttl.as_secs().to_string()),
            ("QWEN_TIMEOUT_MS", o.qwen_timeout.as_millis().to_string()),
            ("HUBERT_TIMEOUT_MS", o.hubert_timeout.as_millis().to_string()),
            ("LLAMA_TIMEOUT_MS", o.llama_timeout.as_millis().to_string()),
            ("ENABLE_PRONUNCIATION", o.enable_pronunciation.to_string()),
            ("ENABLE_VIETNAMESE", o.enable_vietnamese.to_string()),
            ("ENABLE_KNOWLEDGE_GRAPH", o.enable_knowledge_graph.to_string()),
            ("LEXILINGO_BIND", s.bind.to_string()),
            ("API_AUTH", if a.keys { "on" } else { "off" }.to_owned()),
            ("RATE_LIMIT_PER_MINUTE", a.rate_limit_per_minute.to_string()),
            ("DAILY_QUOTA", a.daily_quota.to_string()),
            ("CORS_ORIGINS", a.cors_origins.join(",")),
            ("WEBHOOK_ALLOW_PRIVATE", (a.webhooks == Policy::Anywhere).to_string()),
            ("JOB_DEADLINE_SECONDS", s.job_deadline_seconds.to_string()),
            ("QUEUE_MAX_WAITING", s.queue_max_waiting.to_string()),
        ];
        match &self.storage.backend {
            Backend::Embedded { data_dir } => {
                lines.push(("LEXILINGO_DATA_DIR", data_dir.display().to_string()));
            }
            Backend::Fleet { redis, cache_redis, mongodb, database } => lines.extend([
                ("REDIS_URL", redis.masked()),
                ("MONGODB_URI", mongodb.masked()),
                ("MONGODB_DATABASE", database.clone()),
                ("CACHE_REDIS_URL", cache_redis.masked()),
            ]),
        }
        lines.extend([
            ("LEXILINGO_NAMESPACE", self.storage.namespace.clone()),
            ("RETENTION_DAYS_JOBS", days(r.jobs)),
            ("RETENTION_DAYS_SESSIONS", days(r.sessions)),
            ("RETENTION_DAYS_PROFILES", days(r.profiles)),
            ("RETENTION_DAYS_INTERACTIONS", days(r.interactions)),
            ("RETENTION_DAYS_UPLOADS", days(r.uploads)),
            ("WORKER_MODELS", w.models.to_string()),
            ("WORKER_PINNED", w.pinned.to_string()),
            ("WORKER_CONCURRENCY", w.concurrency.to_string()),
            (
                "WORKER_MEMORY_BUDGET_BYTES",
                w.memory_budget_bytes.map(|n| n.to_string()).unwrap_or_default(),
            ),
            ("WORKER_OPS_BIND", w.ops_bind.to_string()),
            ("WORKER_POOL", w.pool.clone()),
            ("WORKER_HEARTBEAT_MS", w.heartbeat.as_millis().to_string()),
            ("WORKER_DRAIN_SECONDS", w.drain.as_secs().to_string()),
            ("MODEL_DIR", w.model_dir.display().to_string()),
            ("N_GPU_LAYERS", w.gpu_layers.to_string()),
            ("OPENAI_BASE_URL", remote.map(|r| r.base_url.masked()).unwrap_or_default()),
            ("OPENAI_API_KEY", key.map(|_| "***".to_owned()).unwrap_or_default()),
            ("OPENAI_MODEL", remote.map(|r| r.model.clone()).unwrap_or_default()),
            ("LOG_FORMAT", format!("{:?}", s.log_format).to_lowercase()),
            ("LOG_LEVEL", s.log_level.clone()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector),
        ]);
        lines
    }
}
