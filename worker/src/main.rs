//! `lexilingo-worker`: one worker of the fleet.

use anyhow::Context;
use lexilingo_shared::{config::Config, program, shutdown, store, telemetry, time::SystemClock};
use std::{process::ExitCode, sync::Arc};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    program::main(serve)
}

async fn serve(config: Arc<Config>) -> anyhow::Result<()> {
    let _telemetry = telemetry::init(&config.service, "lexilingo-worker");
    let bind = config.worker.ops_bind;
    let listener = TcpListener::bind(bind)
        .await
        .with_context(|| format!("WORKER_OPS_BIND: {bind} cannot be bound"))?;
    let stores = store::open(&config.storage).await.context("the stores cannot be opened")?;
    let catalogue = lexilingo_worker::engines::shipped(&config.worker);
    let clock = Arc::new(SystemClock);
    lexilingo_worker::run(config, stores, clock, catalogue, Some(listener), shutdown::on_signal()?)
        .await
}
