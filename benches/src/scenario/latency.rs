//! Time from POST to result on an idle fleet, and what of it is not the engine's.

use super::{Effort, PAUSE, note_reference, reference_figure};
use crate::{
    figure::{Bar, Figure},
    http::Connection,
    latency::{Latencies, one_by_one},
    request::{self, Author},
    stage::Stage,
};

pub async fn run(effort: &Effort) -> anyhow::Result<Vec<Figure>> {
    let mut reference = reference_figure("latency");
    let mut whole = [
        Figure::new("latency: POST to result, 60 words, p50", "ms"),
        Figure::new("latency: POST to result, 60 words, p95", "ms").with_bar(Bar::Below(50.0)),
        Figure::new("latency: POST to result, 60 words, p99", "ms"),
    ];
    let mut engine = Figure::new("latency: of it in the engine, mean", "ms");
    let mut share = Figure::new("latency: share outside the engine", "%");
    let mut around = [
        Figure::new("latency: outside the engine (no-op engine), p50", "ms")
            .with_bar(Bar::AtMost(5.0)),
        Figure::new("latency: outside the engine (no-op engine), p95", "ms"),
        Figure::new("latency: outside the engine (no-op engine), p99", "ms"),
    ];
    let mut stage = Stage::open("lexilingo-worker").await?;
    for _ in 0..effort.runs {
        note_reference(&mut reference);
        let before = inference(&stage).await?;
        let took = requests(&stage, effort.requests).await?;
        let after = inference(&stage).await?;
        let inside = 1000.0 * (after.0 - before.0) / (after.1 - before.1).max(1.0);
        note(&mut whole, &took);
        engine.note(inside);
        share.note(100.0 * (1.0 - inside / took.mean()));
    }
    stage.exchange_worker("bench-noop-worker").await?;
    for _ in 0..effort.runs {
        note_reference(&mut reference);
        note(&mut around, &requests(&stage, effort.requests).await?);
    }
    let mut figures = vec![reference];
    figures.extend(whole);
    figures.extend([engine, share]);
    figures.extend(around);
    Ok(figures)
}

async fn requests(stage: &Stage, requests: usize) -> anyhow::Result<Latencies> {
    let mut author = Author::new();
    let bodies = (0..requests).map(|_| author.write());
    one_by_one(&stage.target, request::PATH, bodies, PAUSE).await
}

fn note(figures: &mut [Figure; 3], took: &Latencies) {
    for (figure, quantile) in figures.iter_mut().zip([0.5, 0.95, 0.99]) {
        figure.note(took.quantile(quantile));
    }
}

/// Seconds in engines and number of runs, from the worker's metrics.
async fn inference(stage: &Stage) -> anyhow::Result<(f64, f64)> {
    let answer = Connection::open(&stage.worker_ops.into()).await?.get("/metrics").await?;
    let text = String::from_utf8(answer.body)?;
    let sum = |name: &str| {
        let lines = text.lines().filter(|line| line.starts_with(name));
        lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok()).sum::<f64>()
    };
    let name = "lexilingo_model_inference_seconds";
    Ok((sum(&format!("{name}_sum")), sum(&format!("{name}_count"))))
}
