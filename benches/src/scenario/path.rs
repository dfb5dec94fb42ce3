//! The whole path with a no-op engine, beside BullMQ behind Node's http: the same JSON, the same wait, the same Redis.

use super::{Effort, IN_FLIGHT, WORKER_CONCURRENCY, note_reference, reference_figure};
use crate::{
    figure::{self, Bar, Figure},
    http::{Connection, Target},
    latency::all_at_once,
    peer::{Peer, Setting},
    request::{self, Author},
    stage::Stage,
};
use std::{net::SocketAddr, path::PathBuf};

pub async fn run(effort: &Effort) -> anyhow::Result<Vec<Figure>> {
    let mut reference = reference_figure("path");
    let mut ours = Figure::new(format!("path: ours, {IN_FLIGHT} connections"), "jobs/s");
    let mut ours_tail = Figure::new("path: ours, p95", "ms");
    let mut theirs = Figure::new(format!("path: Node + BullMQ, {IN_FLIGHT} connections"), "jobs/s");
    let mut theirs_tail = Figure::new("path: Node + BullMQ, p95", "ms");
    let stage = Stage::open("bench-noop-worker").await?;
    let peer = match effort.peers.clone() {
        Some(packages) => Some(Served::start(packages, &stage).await?),
        None => None,
    };
    for _ in 0..effort.runs {
        note_reference(&mut reference);
        let load = all_at_once(&stage.target, request::PATH, IN_FLIGHT, effort.span).await?;
        ours.note(load.per_second());
        ours_tail.note(load.quantile(0.95));
        if let Some(peer) = &peer {
            let load = all_at_once(&peer.target, request::PATH, IN_FLIGHT, effort.span).await?;
            theirs.note(load.per_second());
            theirs_tail.note(load.quantile(0.95));
        }
    }
    let mut figures = vec![reference, ours, ours_tail];
    if peer.is_some() {
        let ratio = figure::ratio("path: ours / BullMQ, jobs/s", &figures[1], &theirs);
        figures.extend([theirs, theirs_tail, ratio.with_bar(Bar::AtLeast(1.0))]);
    }
    Ok(figures)
}

/// Server and worker in a process each, as ours are.
struct Served {
    _server: Peer,
    _worker: Peer,
    target: Target,
}

impl Served {
    async fn start(folder: PathBuf, stage: &Stage) -> anyhow::Result<Served> {
        // The peer answers what the fleet answers, so that both carry the same bytes.
        let body = Author::new().write();
        let answer = Connection::open(&stage.target).await?.post(request::PATH, &body).await?;
        let file = |name: &str| stage.folder.path().join(name);
        std::fs::write(file("input.json"), &body)?;
        std::fs::write(file("answer.json"), &answer.body)?;
        let setting = Setting {
            folder,
            redis_port: stage.redis.url().rsplit(':').next().unwrap_or_default().replace('/', ""),
            queue: "path".to_owned(),
            input: file("input.json"),
            answer: file("answer.json"),
            concurrency: WORKER_CONCURRENCY,
        };
        let (worker, _) = Peer::start(&setting, "worker.mjs", &[]).await?;
        let (server, port) = Peer::start(&setting, "server.mjs", &[]).await?;
        let address = SocketAddr::from(([127, 0, 0, 1], port.trim().parse()?));
        let target = Target::from(address);
        let mut connection = Connection::open(&target).await?;
        let mut author = Author::new();
        for _ in 0..50 {
            let theirs = connection.post(request::PATH, &author.write()).await?;
            anyhow::ensure!(theirs.status == 200, "the peer answers {}", theirs.status);
            let (ours, theirs) = (answer.body.len(), theirs.body.len());
            anyhow::ensure!(ours.abs_diff(theirs) < 200, "answers of {ours} and {theirs} bytes");
        }
        Ok(Served { _server: server, _worker: worker, target })
    }
}
