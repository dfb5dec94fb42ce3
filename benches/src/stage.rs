//! The fleet that is measured: real servers and the built programs, api and worker apart.

use crate::{
    http::{Connection, Target},
    request,
};
use anyhow::{Context, bail};
use lexilingo_shared::{api_key::NewKey, config::Config, principal::OwnLimits};
use lexilingo_tests::{
    keys,
    program::Program,
    servers::{MongoServer, RedisServer, guardian::Guardian, port},
};
use serde_json::Value;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(60);
/// As in compose.yaml: every write goes to a file, which is synced once a second.
pub const REDIS: [&str; 6] =
    ["--save", "", "--appendonly", "yes", "--maxmemory-policy", "noeviction"];
const HEALTH: &str = "/api/v1/ai/orchestrator/health";
/// Requests that warm a fleet up.
const WARM_UP: usize = 50;

/// A program that ends with the load program, however that ends.
pub struct Guarded {
    program: Program,
    _guardian: Guardian,
}

impl Guarded {
    pub fn pid(&self) -> u32 {
        self.program.pid()
    }
}

pub struct Stage {
    // Dropped in this order: programs before their servers.
    pub worker: Option<Guarded>,
    pub api: Option<Guarded>,
    pub redis: RedisServer,
    pub mongo: MongoServer,
    pub folder: TempDir,
    pub target: Target,
    pub worker_ops: SocketAddr,
    env: Vec<(String, String)>,
}

impl Stage {
    /// Servers, the api, and a worker of this program.
    pub async fn open(worker: &str) -> anyhow::Result<Stage> {
        let redis = RedisServer::with(&REDIS).await?;
        let mongo = MongoServer::start().await?;
        lexilingo_migrations::run(&mongo.uri(), Some("bench")).await.context("migrations")?;
        let address = SocketAddr::from(([127, 0, 0, 1], port::free()?));
        let worker_ops = SocketAddr::from(([127, 0, 0, 1], port::free()?));
        // A key with the limits of a service that is asked as fast as it can be: they are looked at all the same.
        let limits = OwnLimits { per_minute: Some(1_000_000_000), per_day: Some(1_000_000_000) };
        let key = NewKey { limits, ..keys::everything("local") };
        let key = keys::make_in(&mongo.uri(), "bench", key).await;
        let target = Target { address, key: Some(key) };
        let env = [
            ("LEXILINGO_BIND", address.to_string()),
            ("WORKER_OPS_BIND", worker_ops.to_string()),
            ("WORKER_MODELS", "rules".to_owned()),
            ("LOG_FORMAT", "json".to_owned()),
            ("REDIS_URL", redis.url()),
            ("MONGODB_URI", mongo.uri()),
            ("MONGODB_DATABASE", "bench".to_owned()),
        ];
        let env = env.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let folder = tempfile::tempdir()?;
        let (api, own) = (None, None);
        let mut stage = Stage { worker: own, api, redis, mongo, folder, target, worker_ops, env };
        stage.api = Some(stage.start("lexilingo-api")?);
        stage.exchange_worker(worker).await?;
        Ok(stage)
    }

    /// Stops the worker, if there is one, and starts this program in its place.
    pub async fn exchange_worker(&mut self, program: &str) -> anyhow::Result<()> {
        if let Some(mut old) = self.worker.take() {
            old.program.ask_to_stop();
            old.program.ended().await;
        }
        self.worker = Some(self.start(program)?);
        let begun = Instant::now();
        while !self.is_ready().await {
            if begun.elapsed() > PATIENCE {
                bail!("the fleet with {program} was not ready in time");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let mut connection = Connection::open(&self.target).await?;
        let mut author = request::Author::new();
        for _ in 0..WARM_UP {
            let answer = connection.post(request::PATH, &author.write()).await?;
            anyhow::ensure!(answer.status == 200, "the fleet answers {}", answer.status);
        }
        Ok(())
    }

    /// The configuration that the programs have.
    pub fn config(&self) -> anyhow::Result<Config> {
        let lookup = |name: &str| {
            self.env.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
        };
        Ok(Config::read(&lookup)?)
    }

    fn start(&self, name: &str) -> anyhow::Result<Guarded> {
        let log = self.folder.path().join(format!("{name}.log"));
        let program = Program::start(name, &[], &self.env, &log);
        Ok(Guarded { _guardian: Guardian::over(program.pid())?, program })
    }

    async fn is_ready(&self) -> bool {
        let Ok(mut connection) = Connection::open(&self.target).await else { return false };
        let Ok(answer) = connection.get(HEALTH).await else { return false };
        let health: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let workers = health["workers"]
            .as_array()
            .map_or(0, |workers| workers.iter().filter(|worker| worker["ready"] == true).count());
        workers == 1
    }
}
