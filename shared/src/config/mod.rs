//! The whole configuration, read once from the environment and `.env`. `.env.example` documents every variable.

pub mod access;
mod dotenv;
pub mod effective;
pub mod env;
pub mod orchestrator;
pub mod remote;
pub mod secret;
pub mod service;
pub mod storage;
pub mod worker;

pub use access::Access;
pub use env::{Env, Fault, Faults};
pub use orchestrator::Orchestrator;
pub use remote::RemoteConfig;
pub use secret::SecretUrl;
pub use service::{LogFormat, Service};
pub use storage::{Backend, Retention, Storage};
pub use worker::WorkerConfig;

use std::path::Path;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    pub orchestrator: Orchestrator,
    pub service: Service,
    pub access: Access,
    pub storage: Storage,
    pub worker: WorkerConfig,
}

impl Config {
    /// Reads every variable through `lookup`; reports all faults together.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Config, Faults> {
        let mut env = Env::new(lookup);
        let service = Service::read(&mut env);
        let storage = Storage::read(&mut env);
        let config = Config {
            orchestrator: Orchestrator::read(&mut env),
            access: Access::read(&mut env, service.bind, &storage.backend),
            service,
            storage,
            worker: WorkerConfig::read(&mut env),
        };
        env.finish(config)
    }

    /// The process's environment over the file `.env` in the current folder, if there is one.
    pub fn from_process() -> Result<Config, Faults> {
        Config::from_process_with(&[])
    }

    /// The same with values from the command line over both.
    pub fn from_process_with(overrides: &[(&str, String)]) -> Result<Config, Faults> {
        let (file, unreadable) = dotenv::read(Path::new(".env"));
        let config = Config::read(&|name| {
            let given = overrides.iter().find(|(key, _)| *key == name);
            let given = given.map(|(_, value)| value.clone());
            given.or_else(|| std::env::var(name).ok()).or_else(|| file.get(name).cloned())
        });
        match (config, unreadable) {
            (config, None) => config,
            (Ok(_), Some(fault)) => Err(Faults(vec![fault])),
            (Err(Faults(faults)), Some(fault)) => {
                Err(Faults(std::iter::once(fault).chain(faults).collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Faults> {
        Config::read(&|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn an_empty_environment_is_a_whole_configuration() {
        let config = read(&[]).unwrap();
        assert_eq!(config.service.bind.to_string(), "127.0.0.1:8000");
        assert!(matches!(config.storage.backend, Backend::Embedded { .. }));
    }

    #[test]
    fn all_faults_are_reported_together_with_the_variables_names() {
        let faults = read(&[
            ("QWEN_TIMEOUT_MS", "soon"),
            ("ENABLE_VIETNAMESE", "maybe"),
            ("WORKER_MODELS", "rules,gpt"),
            ("REDIS_URL", "redis://127.0.0.1:6379"),
        ])
        .unwrap_err();
        let names: Vec<&str> = faults.0.iter().map(|fault| fault.variable.as_str()).collect();
        for name in ["QWEN_TIMEOUT_MS", "ENABLE_VIETNAMESE", "WORKER_MODELS", "MONGODB_URI"] {
            assert!(names.contains(&name), "{name} in {names:?}");
        }
    }

    #[test]
    fn pinned_models_must_be_among_the_workers_models() {
        let faults = read(&[("WORKER_MODELS", "rules"), ("WORKER_PINNED", "qwen")]).unwrap_err();
        assert_eq!(faults.0[0].variable, "WORKER_PINNED");
    }
}
