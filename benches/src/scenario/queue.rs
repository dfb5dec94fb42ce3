//! The queue layer alone, from taking a job in to its client's seeing the result, beside BullMQ on the same Redis.

use super::{Effort, IN_FLIGHT, WORKER_CONCURRENCY, note_reference, reference_figure};
use crate::{
    figure::{self, Bar, Figure},
    lane_runner::{LaneClient, LaneWorker},
    latency::Latencies,
    peer::{Peer, Setting},
    request::{self, Author},
};
use lexilingo_tests::servers::RedisServer;
use serde_json::json;
use std::path::PathBuf;

pub async fn run(effort: &Effort) -> anyhow::Result<Vec<Figure>> {
    let mut reference = reference_figure("queue");
    let name = format!("queue: ours, {IN_FLIGHT} in flight");
    let mut ours = Figure::new(name, "jobs/s");
    let mut ours_idle = Figure::new("queue: ours, one at a time, p50", "ms");
    let mut theirs = Figure::new(format!("queue: BullMQ, {IN_FLIGHT} in flight"), "jobs/s");
    let mut theirs_idle = Figure::new("queue: BullMQ, one at a time, p50", "ms");

    let redis = RedisServer::with(&crate::stage::REDIS).await?;
    let folder = tempfile::tempdir()?;
    let input = Author::new().repeat(&request::text(0));
    let answer = answer(&request::text(0));
    let client = LaneClient::connect(&redis.url(), &input).await?;
    let worker = LaneWorker::start(&redis.url(), &answer, WORKER_CONCURRENCY).await?;
    let mut peer = match effort.peers.clone() {
        Some(packages) => {
            let (input_file, answer_file) =
                (folder.path().join("input.json"), folder.path().join("answer.json"));
            std::fs::write(&input_file, &input)?;
            std::fs::write(&answer_file, &answer)?;
            Some(Pair::start(packages, &redis, input_file, answer_file).await?)
        }
        None => None,
    };
    client.run(IN_FLIGHT, effort.span / 5).await?;
    if let Some(peer) = &mut peer {
        peer.run(IN_FLIGHT, effort).await?;
    }
    for _ in 0..effort.runs {
        note_reference(&mut reference);
        ours.note(client.run(IN_FLIGHT, effort.span).await?.per_second());
        ours_idle.note(client.run(1, effort.span / 5).await?.quantile(0.5));
        if let Some(peer) = &mut peer {
            theirs.note(peer.run(IN_FLIGHT, effort).await?.per_second());
            theirs_idle.note(peer.run(1, effort).await?.quantile(0.5));
        }
    }
    worker.stop().await;
    let mut figures = vec![reference, ours, ours_idle];
    if peer.is_some() {
        let ratio = figure::ratio("queue: ours / BullMQ, jobs/s", &figures[1], &theirs);
        figures.extend([theirs, theirs_idle, ratio.with_bar(Bar::AtLeast(1.0))]);
    }
    Ok(figures)
}

/// A result object of the usual size.
fn answer(text: &str) -> String {
    let error = json!({"id": "e1", "kind": "subject_verb_agreement", "errant": "R:VERB:SVA",
        "error": "goes", "correction": "go", "severity": "high", "rule": "subject_verb_agreement",
        "explanation": "With this subject the verb has no -s.", "start_pos": 10, "end_pos": 14});
    let errors = vec![error; 5];
    json!({"text": text, "analysis": {"grammar": {"errors": errors, "corrected": text},
        "fluency": 0.8, "vocabulary": "A2"}, "score": {"overall": 0.8}, "confidence": 0.9,
        "reply": "Good start! Look at the verbs once more: who does it, and when?"})
    .to_string()
}

/// BullMQ in the better of two arrangements: adding and working in one process, or in two.
struct Pair {
    together: Peer,
    apart: Peer,
    _worker: Peer,
}

impl Pair {
    async fn start(
        folder: PathBuf,
        redis: &RedisServer,
        input: PathBuf,
        answer: PathBuf,
    ) -> anyhow::Result<Pair> {
        let redis_port = redis.url().rsplit(':').next().unwrap_or_default().replace('/', "");
        let concurrency = WORKER_CONCURRENCY;
        let queue = "together".to_owned();
        let setting = Setting { folder, redis_port, queue, input, answer, concurrency };
        let (together, _) = Peer::start(&setting, "queue.mjs", &[]).await?;
        let setting = Setting { queue: "apart".to_owned(), ..setting };
        let (worker, _) = Peer::start(&setting, "worker.mjs", &[]).await?;
        let (apart, _) = Peer::start(&setting, "queue.mjs", &[("WORKER_APART", "1")]).await?;
        Ok(Pair { together, apart, _worker: worker })
    }

    async fn run(&mut self, in_flight: usize, effort: &Effort) -> anyhow::Result<Latencies> {
        let span = if in_flight == 1 { effort.span / 5 } else { effort.span };
        let together = self.together.run(in_flight, span).await?;
        let apart = self.apart.run(in_flight, span).await?;
        let better = together.per_second() > apart.per_second();
        Ok(if better { together } else { apart })
    }
}
