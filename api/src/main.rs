//! `lexilingo-api`: the HTTP API of the fleet.

use anyhow::Context;
use lexilingo_shared::{config::Config, program, shutdown, store, telemetry, time::SystemClock};
use std::{process::ExitCode, sync::Arc};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    program::main(serve)
}

async fn serve(config: Arc<Config>) -> anyhow::Result<()> {
    let _telemetry = telemetry::init(&config.service, "lexilingo-api");
    let bind = config.service.bind;
    let listener = TcpListener::bind(bind)
        .await
        .with_context(|| format!("LEXILINGO_BIND: {bind} cannot be bound"))?;
    let stores = store::open(&config.storage).await.context("the stores cannot be opened")?;
    lexilingo_api::run(config, stores, Arc::new(SystemClock), listener, shutdown::on_signal()?)
        .await
}
