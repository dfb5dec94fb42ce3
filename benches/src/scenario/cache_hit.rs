//! An answer from the cache, beside a bare handler that does one Redis GET.

use super::{Effort, PAUSE, note_reference, reference_figure};
use crate::{
    figure::{self, Figure},
    http::Connection,
    latency::one_by_one,
    request::{self, Author},
    stage::Stage,
};
use anyhow::Context;
use lexilingo_tests::{program, servers::guardian::Guardian};
use std::{net::SocketAddr, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Command,
};

const KEY: &str = "bench:bare";

pub async fn run(effort: &Effort) -> anyhow::Result<Vec<Figure>> {
    let mut reference = reference_figure("cache-hit");
    let mut ours = Figure::new("cache-hit: POST to cached result, p50", "ms");
    let mut ours_tail = Figure::new("cache-hit: POST to cached result, p99", "ms");
    let mut bare = Figure::new("cache-hit: bare axum + Redis GET, p50", "ms");
    let mut bare_tail = Figure::new("cache-hit: bare axum + Redis GET, p99", "ms");
    let stage = Stage::open("lexilingo-worker").await?;
    let text = request::text(u64::MAX);
    let mut author = Author::new();
    let mut connection = Connection::open(&stage.target).await?;
    // The first turn of a session and its later ones are planned differently, and so cached apart.
    for _ in 0..request::TURNS {
        connection.post(request::PATH, &author.repeat(&text)).await?;
    }
    let answer = connection.post(request::PATH, &author.repeat(&text)).await?;
    let json: serde_json::Value = serde_json::from_slice(&answer.body)?;
    anyhow::ensure!(json["metadata"]["cached"] == true, "a repeated text is not cached");

    let mut redis = stage.redis.connection().await?;
    redis::cmd("SET").arg(KEY).arg(&answer.body).exec_async(&mut redis).await?;
    let mut child = Command::new(program::path("bench-bare-get"))
        .args([stage.redis.url().as_str(), KEY])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("bench-bare-get cannot be started")?;
    let _guardian = Guardian::over(child.id().context("bench-bare-get has ended")?)?;
    let stdout = child.stdout.take().context("no output")?;
    let port = BufReader::new(stdout).lines().next_line().await?.context("no port")?;
    let peer = SocketAddr::from(([127, 0, 0, 1], port.parse()?));

    for _ in 0..effort.runs {
        note_reference(&mut reference);
        let bodies: Vec<String> = (0..effort.requests).map(|_| author.repeat(&text)).collect();
        let own = one_by_one(&stage.target, request::PATH, bodies.iter().cloned(), PAUSE).await?;
        ours.note(own.quantile(0.5));
        ours_tail.note(own.quantile(0.99));
        let least = one_by_one(&peer.into(), "/", bodies.into_iter(), PAUSE).await?;
        bare.note(least.quantile(0.5));
        bare_tail.note(least.quantile(0.99));
    }
    let ratio = figure::ratio("cache-hit: ours / bare, p50", &ours, &bare);
    Ok(vec![reference, ours, ours_tail, bare, bare_tail, ratio])
}
