//! The api's address, logs and traces.

use super::env::Env;
use std::{net::SocketAddr, str::FromStr};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Human,
    Json,
}

impl FromStr for LogFormat {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        match s {
            "human" => Ok(LogFormat::Human),
            "json" => Ok(LogFormat::Json),
            _ => Err(()),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// `LEXILINGO_BIND`.
    pub bind: SocketAddr,
    pub log_format: LogFormat,
    /// `LOG_LEVEL`: a `tracing` filter such as `info` or `lexilingo_worker=debug`.
    pub log_level: String,
    /// `OTEL_EXPORTER_OTLP_ENDPOINT`: base address of an OTLP/HTTP collector; traces go nowhere when unset.
    pub otlp_endpoint: Option<String>,
    /// `JOB_DEADLINE_SECONDS`: time that a job gets when its client names none.
    pub job_deadline_seconds: u64,
    /// `QUEUE_MAX_WAITING`: entries that may wait in one lane before submissions are refused.
    pub queue_max_waiting: u64,
}

impl Service {
    pub fn read(env: &mut Env<'_>) -> Self {
        let otlp_endpoint = env.text("OTEL_EXPORTER_OTLP_ENDPOINT");
        if otlp_endpoint.as_deref().is_some_and(|url| !url.starts_with("http://")) {
            let problem = "must be an http:// address (this build's exporter has no TLS)";
            env.fault("OTEL_EXPORTER_OTLP_ENDPOINT", problem);
        }
        Service {
            bind: env.get(
                "LEXILINGO_BIND",
                SocketAddr::from(([127, 0, 0, 1], 8000)),
                "an address such as 127.0.0.1:8000",
            ),
            log_format: env.get("LOG_FORMAT", LogFormat::Human, "human or json"),
            log_level: env.text("LOG_LEVEL").unwrap_or_else(|| "info".to_owned()),
            otlp_endpoint,
            job_deadline_seconds: env.number("JOB_DEADLINE_SECONDS", 300, 1, 86_400),
            queue_max_waiting: env.number("QUEUE_MAX_WAITING", 100_000, 1, 10_000_000),
        }
    }
}
