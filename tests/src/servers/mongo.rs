//! A `mongod` as a replica set of one, because a standalone server loses acknowledged writes.

use super::{guardian::Guardian, port};
use anyhow::{Context, bail};
use mongodb::{
    Client,
    bson::{Document, doc},
    options::ClientOptions,
};
use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Names the program.
pub const PROGRAM: &str = "LEXILINGO_MONGOD";

const PATIENCE: Duration = Duration::from_secs(90);

/// Killed when dropped; its files go with it. Use one server per test binary and one database per test.
#[derive(Debug)]
pub struct MongoServer {
    child: Option<Child>,
    guardian: Option<Guardian>,
    program: PathBuf,
    port: u16,
    directory: TempDir,
}

impl MongoServer {
    /// Fails where no `mongod` is named in `LEXILINGO_MONGOD`: `tests/run` names one.
    pub async fn start() -> anyhow::Result<MongoServer> {
        let Some(program) = std::env::var_os(PROGRAM) else {
            bail!("{PROGRAM} does not name a mongod: run the tests by tests/run");
        };
        let mut server = MongoServer {
            child: None,
            guardian: None,
            program: program.into(),
            port: port::free()?,
            directory: tempfile::tempdir()?,
        };
        server.launch().await?;
        server
            .run(doc! { "replSetInitiate": {
                "_id": "rs0",
                "members": [{ "_id": 0, "host": format!("127.0.0.1:{}", server.port) }],
            } })
            .await?;
        server.until_primary().await?;
        Ok(server)
    }

    pub fn uri(&self) -> String {
        format!("mongodb://127.0.0.1:{}/?directConnection=true", self.port)
    }

    /// Runs a command on the database `admin`, e.g. `configureFailPoint`.
    pub async fn run(&self, command: Document) -> anyhow::Result<Document> {
        let mut options = ClientOptions::parse(self.uri()).await?;
        options.server_selection_timeout = Some(Duration::from_secs(2));
        let client = Client::with_options(options)?;
        Ok(client.database("admin").run_command(command).await?)
    }

    /// Ends the server without notice.
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
        self.launch().await?;
        self.until_primary().await
    }

    async fn launch(&mut self) -> anyhow::Result<()> {
        let child = Command::new(&self.program)
            .arg("--dbpath")
            .arg(self.directory.path())
            .args(["--port", &self.port.to_string(), "--bind_ip", "127.0.0.1", "--nounixsocket"])
            .args(["--replSet", "rs0", "--oplogSize", "64", "--wiredTigerCacheSizeGB", "0.25"])
            .args(["--networkMessageCompressors", "disabled"])
            .args(["--setParameter", "diagnosticDataCollectionEnabled=false"])
            .args(["--setParameter", "enableTestCommands=1"])
            .args(["--setParameter", "ttlMonitorSleepSecs=2"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{} cannot be started", self.program.display()))?;
        self.guardian = Some(Guardian::over(child.id())?);
        self.child = Some(child);
        self.until("answer", |_| true, doc! { "ping": 1 }).await
    }

    async fn until_primary(&mut self) -> anyhow::Result<()> {
        let is_primary = |hello: &Document| hello.get_bool("isWritablePrimary").unwrap_or(false);
        self.until("become primary", is_primary, doc! { "hello": 1 }).await
    }

    async fn until(
        &mut self,
        what: &str,
        reached: impl Fn(&Document) -> bool,
        command: Document,
    ) -> anyhow::Result<()> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.as_mut().and_then(|child| child.try_wait().ok()?) {
                self.child = None;
                bail!("mongod ended with {status}");
            }
            if self.run(command.clone()).await.is_ok_and(|answer| reached(&answer)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("mongod did not {what} within {PATIENCE:?}")
    }
}

impl Drop for MongoServer {
    fn drop(&mut self) {
        self.kill();
    }
}
