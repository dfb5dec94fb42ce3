//! BullMQ in Node, beside which the fleet is measured.

use crate::latency::Latencies;
use anyhow::{Context, bail};
use lexilingo_tests::servers::guardian::Guardian;
use serde::Deserialize;
use std::{path::PathBuf, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

const PATIENCE: Duration = Duration::from_secs(60);

const SCRIPTS: [(&str, &str); 4] = [
    ("queue.mjs", include_str!("../peers/bullmq/queue.mjs")),
    ("queue-setting.mjs", include_str!("../peers/bullmq/queue-setting.mjs")),
    ("server.mjs", include_str!("../peers/bullmq/server.mjs")),
    ("worker.mjs", include_str!("../peers/bullmq/worker.mjs")),
];

/// What the programs in `peers/bullmq` are told.
#[derive(Clone)]
pub struct Setting {
    /// Where they and their packages lie.
    pub folder: PathBuf,
    pub redis_port: String,
    pub queue: String,
    /// Files with a request and its answer.
    pub input: PathBuf,
    pub answer: PathBuf,
    /// Jobs at once per worker.
    pub concurrency: usize,
}

/// Ends when it is dropped.
pub struct Peer {
    _child: Child,
    _guardian: Guardian,
    stdin: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Peer {
    /// Starts one of the programs; its first line tells that it is ready.
    pub async fn start(
        setting: &Setting,
        script: &str,
        extra: &[(&str, &str)],
    ) -> anyhow::Result<(Peer, String)> {
        let mut child = Command::new("node")
            .arg(setting.folder.join(script))
            .env("NODE_ENV", "production")
            .env("REDIS_PORT", &setting.redis_port)
            .env("QUEUE_NAME", &setting.queue)
            .env("INPUT_FILE", &setting.input)
            .env("ANSWER_FILE", &setting.answer)
            .env("CONCURRENCY", setting.concurrency.to_string())
            .envs(extra.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .context("node cannot be started")?;
        let guardian = Guardian::over(child.id().context("node has ended")?)?;
        let stdin = child.stdin.take().context("node has no stdin")?;
        let stdout = child.stdout.take().context("node has no stdout")?;
        let lines = BufReader::new(stdout).lines();
        let mut peer = Peer { _child: child, _guardian: guardian, stdin, lines };
        let first = peer.line().await.with_context(|| format!("{script} does not start"))?;
        Ok((peer, first))
    }

    /// One run of `queue.mjs`.
    pub async fn run(&mut self, in_flight: usize, span: Duration) -> anyhow::Result<Latencies> {
        #[derive(Deserialize)]
        struct Run {
            seconds: f64,
            latencies_us: Vec<u64>,
        }
        let order = format!("{in_flight} {}\n", span.as_secs_f64());
        self.stdin.write_all(order.as_bytes()).await?;
        let run: Run = serde_json::from_str(&self.line().await?)?;
        let mut latencies = Latencies::default();
        run.latencies_us.iter().for_each(|micros| latencies.note_micros(*micros));
        latencies.elapsed = Duration::from_secs_f64(run.seconds);
        Ok(latencies)
    }

    async fn line(&mut self) -> anyhow::Result<String> {
        match tokio::time::timeout(PATIENCE, self.lines.next_line()).await?? {
            Some(line) => Ok(line),
            None => bail!("a program of BullMQ has ended"),
        }
    }
}

/// The folder with BullMQ's packages, if they are installed; our programs are put beside them, where Node looks.
pub fn installed() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let folder = own.parent()?.parent()?.join("peers/bullmq");
    if !folder.join("node_modules/bullmq").is_dir() {
        return None;
    }
    for (name, text) in SCRIPTS {
        std::fs::write(folder.join(name), text).ok()?;
    }
    Some(folder)
}
