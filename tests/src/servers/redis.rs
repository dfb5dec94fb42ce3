//! A `redis-server` from the PATH.

use super::{guardian::Guardian, port};
use anyhow::{Context, bail};
use redis::aio::MultiplexedConnection;
use std::{
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(20);

/// Killed when dropped; its files go with it.
#[derive(Debug)]
pub struct RedisServer {
    child: Option<Child>,
    guardian: Option<Guardian>,
    port: u16,
    directory: TempDir,
    options: Vec<String>,
}

impl RedisServer {
    /// A server without persistence.
    pub async fn start() -> anyhow::Result<RedisServer> {
        RedisServer::with(&["--save", "", "--appendonly", "no"]).await
    }

    /// A server that has every write on disk before it answers.
    pub async fn durable() -> anyhow::Result<RedisServer> {
        RedisServer::with(&["--save", "", "--appendonly", "yes", "--appendfsync", "always"]).await
    }

    /// A server with these command-line options.
    pub async fn with(options: &[&str]) -> anyhow::Result<RedisServer> {
        let mut server = RedisServer {
            child: None,
            guardian: None,
            port: 0,
            directory: tempfile::tempdir()?,
            options: options.iter().map(|&option| option.to_owned()).collect(),
        };
        // Another process may take the port first: then try with another.
        for _ in 0..4 {
            server.port = port::free()?;
            if server.launch().await.is_ok() {
                return Ok(server);
            }
        }
        server.launch().await?;
        Ok(server)
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// A connection for looking behind the scenes.
    pub async fn connection(&self) -> anyhow::Result<MultiplexedConnection> {
        let client = redis::Client::open(self.url())?;
        Ok(client.get_multiplexed_async_connection().await?)
    }

    /// Ends the server without notice, as a power cut would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
            self.guardian = None;
        }
    }

    /// Starts a killed server again, on the same port and files.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.kill();
        self.launch().await
    }

    async fn launch(&mut self) -> anyhow::Result<()> {
        let child = Command::new("redis-server")
            .args(["--port", &self.port.to_string(), "--bind", "127.0.0.1"])
            .args(["--daemonize", "no", "--loglevel", "warning", "--dir"])
            .arg(self.directory.path())
            .args(&self.options)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("redis-server is not in the PATH")?;
        self.guardian = Some(Guardian::over(child.id())?);
        self.child = Some(child);
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.as_mut().and_then(|child| child.try_wait().ok()?) {
                self.child = None;
                bail!("redis-server ended with {status}");
            }
            // An answer by the process of this server, not by a stranger on the same port.
            if self.answers().await {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.kill();
        bail!("redis-server did not answer within {PATIENCE:?}")
    }

    async fn answers(&self) -> bool {
        let Ok(mut connection) = self.connection().await else { return false };
        let Ok(info) =
            redis::cmd("INFO").arg("server").query_async::<String>(&mut connection).await
        else {
            return false;
        };
        let pid = self.child.as_ref().map(|child| format!("process_id:{}\r", child.id()));
        pid.is_some_and(|pid| info.contains(&pid))
            && redis::cmd("GET").arg("x").exec_async(&mut connection).await.is_ok()
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill();
    }
}
