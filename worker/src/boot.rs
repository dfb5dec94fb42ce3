//! Builds a worker from its parts and runs it.

use crate::{
    catalogue::Catalogue,
    consumer,
    counters::Counters,
    document_writer::DocumentWriter,
    engines::pool::Pool,
    heartbeat,
    metrics::Metrics,
    ops, proc_memory,
    running::Running,
    services::Services,
    webhook::{
        client::Client, outbox_reader::OutboxReader, resolver::SystemResolver, sender::Sender,
    },
};
use anyhow::Context;
use lexilingo_shared::{
    config::Config,
    id::WorkerId,
    lane::Lane,
    store::{self, Stores},
    time::Clock,
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

/// Runs a worker until `shutdown`; returns once running jobs have finished or their drain time is over.
pub async fn run(
    config: Arc<Config>,
    stores: Stores,
    clock: Arc<dyn Clock>,
    catalogue: Catalogue,
    ops_listener: Option<TcpListener>,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let services = Arc::new(services(config, stores, clock, catalogue)?);
    // Upkeep ends after the last job, so that nothing which that job left is forgotten.
    let upkeep = CancellationToken::new();
    let background = background(&services, ops_listener, &upkeep);
    services.pool.load_pinned().await;
    heartbeat::beat(&services, services.stores.lanes.as_ref(), services.stores.fleet.as_ref())
        .await
        .context("the queue cannot be reached")?;
    let beating = start_heartbeat(&services, &upkeep)?;
    let lanes: Vec<String> = services.lanes.iter().map(Lane::to_string).collect();
    info!(worker = services.id.as_str(), lanes = lanes.join(","), "worker is ready");

    let drain = {
        let (services, shutdown) = (services.clone(), shutdown.clone());
        tokio::spawn(async move {
            shutdown.cancelled().await;
            services.draining.store(true, Ordering::SeqCst);
            info!(running = services.running.count(), "worker drains");
        })
    };
    let worked = consumer::run(services.clone(), shutdown).await;
    drain.abort();
    consumer::hand_back(&services).await;
    upkeep.cancel();
    for task in background {
        let _ = task.await;
    }
    let _ = tokio::task::spawn_blocking(move || beating.join()).await;
    if let Err(e) = services.stores.lanes.leave(&services.id, &services.lanes, services.now()).await
    {
        warn!(error = %e, "worker could not hand its jobs back; they are recovered later");
    }
    let _ = services.stores.fleet.retire(&services.id).await;
    info!("worker has stopped");
    worked
}

fn services(
    config: Arc<Config>,
    stores: Stores,
    clock: Arc<dyn Clock>,
    catalogue: Catalogue,
) -> anyhow::Result<Services> {
    let budget = memory_budget(&config);
    let mut warnings = Vec::new();
    for entry in catalogue.entries() {
        if entry.budgeted
            && config.worker.models.contains(entry.name)
            && entry.declared_bytes > budget
        {
            warnings.push(format!(
                "the memory budget of {budget} bytes is too small for {} ({} bytes)",
                entry.name, entry.declared_bytes
            ));
        }
    }
    for lacking in catalogue.lacking(&config.worker.models) {
        info!(model = lacking.as_str(), "model is not part of this program");
    }
    for warning in &warnings {
        warn!("{warning}");
    }
    let now = clock.now();
    let lanes = Lane::served_by(&config.worker.models);
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let worker = &config.worker;
    let pool = Pool::new(catalogue, worker.models.clone(), worker.pinned.clone(), budget);
    Ok(Services {
        id: WorkerId::new(now, rand::random()),
        stores,
        clock,
        pool,
        document_writer: DocumentWriter::default(),
        counters: Counters::default(),
        metrics: Metrics::new()?,
        lanes,
        host: host.trim().to_owned(),
        started_at: now,
        running: Running::default(),
        draining: AtomicBool::new(false),
        warnings,
        config,
    })
}

/// The least of what the configuration and the control group allow, in bytes.
pub fn memory_budget(config: &Config) -> u64 {
    let bounds = [
        Some(config.orchestrator.max_memory_bytes),
        config.worker.memory_budget_bytes,
        proc_memory::cgroup_limit_bytes(),
    ];
    bounds.into_iter().flatten().min().unwrap_or(config.orchestrator.max_memory_bytes)
}

fn background(
    services: &Arc<Services>,
    ops_listener: Option<TcpListener>,
    upkeep: &CancellationToken,
) -> Vec<tokio::task::JoinHandle<()>> {
    let mut tasks = Vec::new();
    let (own, stop) = (services.clone(), upkeep.clone());
    tasks.push(tokio::spawn(async move {
        own.counters.run(own.stores.fleet.clone(), stop).await;
    }));
    let (own, stop) = (services.clone(), upkeep.clone());
    tasks.push(tokio::spawn(async move {
        let retention = own.config.storage.retention.clone();
        let (stores, clock) = (own.stores.clone(), own.clock.clone());
        own.document_writer.run(stores, clock, retention, stop).await;
    }));
    match Client::new(Arc::new(SystemResolver), services.config.access.webhooks) {
        Ok(client) => {
            let (stores, clock) = (services.stores.clone(), services.clock.clone());
            let sender =
                Sender::new(stores.clone(), clock.clone(), client, services.metrics.clone());
            tasks.push(tokio::spawn(sender.run(upkeep.clone())));
            let reader = OutboxReader::new(stores, clock, services.id.clone());
            tasks.push(tokio::spawn(reader.run(upkeep.clone())));
        }
        Err(e) => warn!(error = %e, "webhooks are not sent"),
    }
    if let Some(listener) = ops_listener {
        let (own, stop) = (services.clone(), upkeep.clone());
        tasks.push(tokio::spawn(async move {
            if let Err(e) = ops::serve(own, listener, stop).await {
                warn!(error = %e, "health and metrics are not served");
            }
        }));
    }
    tasks
}

fn start_heartbeat(
    services: &Arc<Services>,
    upkeep: &CancellationToken,
) -> std::io::Result<std::thread::JoinHandle<()>> {
    let (storage, own) = (services.config.storage.clone(), services.stores.clone());
    heartbeat::start(
        services.clone(),
        async move || Ok(store::open_queue(&storage).await?.unwrap_or((own.lanes, own.fleet))),
        upkeep.clone(),
    )
}
