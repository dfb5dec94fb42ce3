//! A worker of the fleet whose engine does nothing.

use lexilingo_benches::noop;
use lexilingo_shared::{config::Config, shutdown, store, telemetry, time::SystemClock};
use std::sync::Arc;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Arc::new(Config::from_process()?);
    let _telemetry = telemetry::init(&config.service, "bench-noop-worker");
    let ops = TcpListener::bind(config.worker.ops_bind).await?;
    let stores = store::open(&config.storage).await?;
    let clock = Arc::new(SystemClock);
    let stop = shutdown::on_signal()?;
    lexilingo_worker::run(config, stores, clock, noop::catalogue(), Some(ops), stop).await
}
