//! A whole fleet for one test: real servers or an embedded folder, programs on free ports, a namespace of its own.

use crate::{
    client::Client,
    keys,
    program::Program,
    servers::{RedisServer, port, shared},
    wait,
};
use lexilingo_shared::{api_key::NewKey, store::embedded::Embedded};
use serde_json::Value;
use tempfile::TempDir;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Api and worker in one process on a data folder.
    Embedded,
    /// Api and workers apart, on Redis and MongoDB.
    Servers,
}

pub struct Fleet {
    pub kind: Kind,
    pub client: Client,
    pub folder: TempDir,
    /// This test's own Redis, when it runs on servers.
    pub redis: Option<RedisServer>,
    /// The api, or the one process of an embedded fleet.
    pub api: Program,
    pub workers: Vec<Program>,
    pub database: String,
    /// The keys that were asked for, in their order.
    pub keys: Vec<String>,
    env: Vec<(String, String)>,
}

/// Heartbeats in tests; a worker is lost after three.
pub const HEARTBEAT_MS: u64 = 400;

impl Fleet {
    /// A fleet with one worker whose engines follow scripts.
    pub async fn start(kind: Kind) -> Fleet {
        Fleet::with(kind, 1, &[]).await
    }

    /// A fleet with so many workers and these variables beside the usual ones.
    pub async fn with(kind: Kind, workers: usize, variables: &[(&str, &str)]) -> Fleet {
        let keys = match kind {
            Kind::Embedded => vec![],
            Kind::Servers => vec![keys::everything("local")],
        };
        Fleet::with_keys(kind, workers, variables, keys).await
    }

    /// The same for the owners of these keys, also on embedded storage; its client has the first.
    pub async fn with_keys(
        kind: Kind,
        workers: usize,
        variables: &[(&str, &str)],
        new_keys: Vec<NewKey>,
    ) -> Fleet {
        let folder = tempfile::tempdir().expect("a folder");
        let database = shared::fresh_name();
        let bind = format!("127.0.0.1:{}", port::free().expect("a port"));
        let mut env = vec![
            ("LEXILINGO_BIND".to_owned(), bind.clone()),
            ("WORKER_HEARTBEAT_MS".to_owned(), HEARTBEAT_MS.to_string()),
            ("WORKER_MODELS".to_owned(), "rules".to_owned()),
            ("LOG_FORMAT".to_owned(), "json".to_owned()),
            ("LOG_LEVEL".to_owned(), "debug".to_owned()),
        ];
        let mut made = Vec::new();
        let redis = match kind {
            Kind::Embedded => {
                let data = folder.path().join("data");
                env.push(("LEXILINGO_DATA_DIR".to_owned(), data.display().to_string()));
                if !new_keys.is_empty() {
                    env.push(("API_AUTH".to_owned(), "on".to_owned()));
                    let stores = Embedded::open(&data).expect("a data folder").stores();
                    for new in new_keys {
                        made.push(keys::make(stores.documents.clone(), new).await);
                    }
                }
                None
            }
            Kind::Servers => {
                let redis = RedisServer::durable().await.expect("Redis starts");
                let mongo = shared::mongo().await.uri();
                lexilingo_migrations::run(&mongo, Some(&database)).await.expect("migrations");
                // A test may bring a MongoDB of its own.
                let given = |name: &str| variables.iter().find(|(given, _)| *given == name);
                let uri = given("MONGODB_URI").map_or(mongo.as_str(), |(_, uri)| uri);
                let name = given("MONGODB_DATABASE").map_or(database.as_str(), |(_, name)| name);
                for new in new_keys {
                    made.push(keys::make_in(uri, name, new).await);
                }
                env.push(("REDIS_URL".to_owned(), redis.url()));
                env.push(("MONGODB_URI".to_owned(), mongo));
                env.push(("MONGODB_DATABASE".to_owned(), database.clone()));
                Some(redis)
            }
        };
        for (name, value) in variables {
            env.retain(|(old, _)| old != name);
            env.push(((*name).to_owned(), (*value).to_owned()));
        }
        let api = start_api(kind, &env, &folder);
        let mut client = Client::new(format!("http://{bind}"));
        client.key = made.first().cloned();
        let mut fleet =
            Fleet { kind, client, folder, redis, api, workers: vec![], database, keys: made, env };
        if kind == Kind::Servers {
            for _ in 0..workers {
                fleet.add_worker(&[]);
            }
        }
        fleet.until_ready(if kind == Kind::Embedded { 1 } else { workers }).await;
        fleet
    }

    /// Starts one more worker; its index in `workers`.
    pub fn add_worker(&mut self, variables: &[(&str, &str)]) -> usize {
        let mut env = self.env.clone();
        let ops = format!("127.0.0.1:{}", port::free().expect("a port"));
        env.push(("WORKER_OPS_BIND".to_owned(), ops));
        for (name, value) in variables {
            env.retain(|(old, _)| old != name);
            env.push(((*name).to_owned(), (*value).to_owned()));
        }
        let log = self.folder.path().join(format!("worker-{}.log", self.workers.len()));
        self.workers.push(Program::start("scripted-worker", &[], &env, &log));
        self.workers.len() - 1
    }

    /// Starts the api (or the embedded process) again after it was killed.
    pub async fn restart_api(&mut self) {
        self.api.kill();
        self.api = start_api(self.kind, &self.env, &self.folder);
        let workers = self.workers.len().max(1);
        self.until_ready(workers).await;
    }

    /// Waits until the api answers and knows of so many ready workers.
    pub async fn until_ready(&self, workers: usize) {
        wait::until("a ready fleet", async || {
            let path = "/api/v1/ai/orchestrator/health";
            let answer = self.client.try_send(reqwest::Method::GET, path, &[], "").await.ok()?;
            let ready =
                answer.json()["workers"].as_array()?.iter().filter(|w| w["ready"] == true).count();
            (ready == workers || (workers == 0 && answer.status < 600)).then_some(())
        })
        .await;
    }

    pub async fn health(&self) -> Value {
        self.client.get("/api/v1/ai/orchestrator/health").await.json()
    }

    pub async fn stats(&self) -> Value {
        self.client.get("/api/v1/ai/orchestrator/stats").await.expect(200).json()
    }

    /// The MongoDB database of a fleet on servers.
    pub async fn mongo(&self) -> mongodb::Database {
        let client = mongodb::Client::with_uri_str(shared::mongo().await.uri()).await;
        client.expect("a client").database(&self.database)
    }

    /// Everything that the programs have written to their logs.
    pub fn logs(&self) -> String {
        let logs = self.workers.iter().map(|worker| &worker.log).chain([&self.api.log]);
        logs.map(|log| std::fs::read_to_string(log).unwrap_or_default()).collect()
    }

    /// A path inside this fleet's folder, for gates.
    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }
}

fn start_api(kind: Kind, env: &[(String, String)], folder: &TempDir) -> Program {
    let log = folder.path().join("api.log");
    match kind {
        Kind::Servers => Program::start("lexilingo-api", &[], env, &log),
        Kind::Embedded => {
            let mut env = env.to_vec();
            let ops = format!("127.0.0.1:{}", port::free().expect("a port"));
            env.push(("WORKER_OPS_BIND".to_owned(), ops));
            Program::start("scripted-worker", &["--embedded"], &env, &log)
        }
    }
}

/// Makes each promise a test on both kinds of fleet.
#[macro_export]
macro_rules! promises {
    ($($name:ident),+ $(,)?) => {
        mod embedded {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($crate::fleet::Kind::Embedded).await;
                }
            )+
        }
        mod servers {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    super::$name($crate::fleet::Kind::Servers).await;
                }
            )+
        }
    };
}
