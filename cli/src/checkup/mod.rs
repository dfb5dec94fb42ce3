//! The checks of `lexilingo doctor`. Each names the variable that it is about, and what does not hold has a remedy that
//! can be followed to the letter.

mod access;
pub mod configuration;
pub mod folder;
mod memory;
mod models;
mod mongodb;
pub mod ports;
mod redis;

use lexilingo_shared::config::{Backend, Config};
use std::time::Duration;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    /// The fleet runs, but not as well as it could.
    Warn,
    /// The fleet cannot run, or not with what it is told to hold always.
    Fail,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub verdict: Verdict,
    pub variable: String,
    pub said: String,
    pub remedy: Option<String>,
}

impl Finding {
    fn ok(variable: &str, said: impl Into<String>) -> Self {
        let (variable, said) = (variable.to_owned(), said.into());
        Finding { verdict: Verdict::Ok, variable, said, remedy: None }
    }

    fn warn(variable: &str, said: impl Into<String>, remedy: impl Into<String>) -> Self {
        let remedy = Some(remedy.into());
        Finding { verdict: Verdict::Warn, remedy, ..Finding::ok(variable, said) }
    }

    fn fail(variable: &str, said: impl Into<String>, remedy: impl Into<String>) -> Self {
        let remedy = Some(remedy.into());
        Finding { verdict: Verdict::Fail, remedy, ..Finding::ok(variable, said) }
    }
}

/// Every check that this configuration calls for.
pub async fn all(config: &Config) -> Vec<Finding> {
    let mut findings = vec![configuration::fine(config)];
    match &config.storage.backend {
        Backend::Embedded { data_dir } => {
            findings.push(folder::check(data_dir));
            findings.extend(ports::check(&[("LEXILINGO_BIND", config.service.bind)]));
        }
        Backend::Fleet { redis, cache_redis, mongodb, database } => {
            findings.extend(redis::queue(redis).await);
            if cache_redis != redis {
                findings.extend(redis::cache(cache_redis).await);
            }
            findings.extend(mongodb::check(mongodb, database).await);
            let ports = [
                ("LEXILINGO_BIND", config.service.bind),
                ("WORKER_OPS_BIND", config.worker.ops_bind),
            ];
            findings.extend(ports::check(&ports));
        }
    }
    findings.extend(access::check(config).await);
    let room = memory::room();
    findings.extend(models::check(&config.worker, room));
    findings.extend(memory::check(config, room));
    findings
}
