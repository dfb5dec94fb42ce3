//! A worker with scripted engines; with `--embedded`, api and worker in one process as `lexilingo up` has them.

use lexilingo_shared::{config::Config, shutdown, store, telemetry, time::SystemClock};
use lexilingo_tests::scripted;
use std::sync::Arc;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Arc::new(Config::from_process()?);
    let _telemetry = telemetry::init(&config.service, "scripted-worker");
    let stop = shutdown::on_signal()?;
    let program = std::env::current_exe()?.with_file_name("scripted-engine");
    let catalogue = scripted::catalogue(program);
    let stores = store::open(&config.storage).await?;
    let clock = Arc::new(SystemClock);
    let ops = TcpListener::bind(config.worker.ops_bind).await?;
    let worker = lexilingo_worker::run(
        config.clone(),
        stores.clone(),
        clock.clone(),
        catalogue,
        Some(ops),
        stop.clone(),
    );
    if std::env::args().any(|argument| argument == "--embedded") {
        let listener = TcpListener::bind(config.service.bind).await?;
        tokio::try_join!(worker, lexilingo_api::run(config, stores, clock, listener, stop))?;
    } else {
        worker.await?;
    }
    Ok(())
}
