//! The whole service, from its stores to its end.

use crate::{access::require_keys, router::router, serve::serve, state::App, upkeep};
use lexilingo_shared::{config::Config, store::Stores, time::Clock};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Serves on `listener` until `shutdown`. From then on readiness is false, event streams and waits end, and requests in
/// flight are answered before it returns.
pub async fn run(
    config: Arc<Config>,
    stores: Stores,
    clock: Arc<dyn Clock>,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    require_keys(&config, &stores, clock.now()).await?;
    let address = listener.local_addr()?;
    let app = Arc::new(App::new(config, stores, clock, shutdown.clone())?);
    tracing::info!(%address, "the api listens");
    let upkeep = tokio::spawn(upkeep::run(app.clone()));
    serve(listener, router(app), shutdown).await;
    upkeep.await?;
    tracing::info!("the api has ended");
    Ok(())
}
