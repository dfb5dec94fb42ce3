//! Resident memory of api and worker, idle and under load.

use super::{Effort, IN_FLIGHT, note_reference, reference_figure};
use crate::{
    figure::{Bar, Figure},
    latency::all_at_once,
    machine::resident_bytes,
    request,
    stage::Stage,
};
use anyhow::Context;
use std::time::Duration;

const MIB: f64 = 1024.0 * 1024.0;
const SAMPLE: Duration = Duration::from_millis(50);

pub async fn run(effort: &Effort) -> anyhow::Result<Vec<Figure>> {
    let mut reference = reference_figure("memory");
    let mut idle = ["api", "worker with rules"]
        .map(|name| Figure::new(format!("memory: {name}, idle"), "MiB"));
    let mut busy = [
        Figure::new("memory: api, under load", "MiB").with_bar(Bar::Below(60.0)),
        Figure::new("memory: worker with rules, under load", "MiB").with_bar(Bar::Below(350.0)),
    ];
    let mut rate = Figure::new("memory: 60-word texts with rules under that load", "jobs/s");
    let mut tail = Figure::new("memory: POST to result under that load, p95", "ms");
    let stage = Stage::open("lexilingo-worker").await?;
    let api = stage.api.as_ref().context("the api runs")?.pid();
    let worker = stage.worker.as_ref().context("the worker runs")?.pid();
    for (figure, pid) in idle.iter_mut().zip([api, worker]) {
        figure.note(resident_bytes(pid) as f64 / MIB);
    }
    for _ in 0..effort.runs {
        note_reference(&mut reference);
        let load = all_at_once(&stage.target, request::PATH, IN_FLIGHT, effort.span);
        tokio::pin!(load);
        let mut most = [0, 0];
        let load = loop {
            for (most, pid) in most.iter_mut().zip([api, worker]) {
                *most = resident_bytes(pid).max(*most);
            }
            tokio::select! {
                load = &mut load => break load?,
                () = tokio::time::sleep(SAMPLE) => {}
            }
        };
        rate.note(load.per_second());
        tail.note(load.quantile(0.95));
        for (figure, bytes) in busy.iter_mut().zip(most) {
            figure.note(bytes as f64 / MIB);
        }
    }
    let mut figures = vec![reference];
    figures.extend(idle);
    figures.extend(busy);
    figures.extend([rate, tail]);
    Ok(figures)
}
