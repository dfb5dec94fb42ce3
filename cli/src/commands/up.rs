//! `lexilingo up`: api and worker in one process.

use crate::{
    arguments::Up,
    checkup::{folder, ports},
    exit::{Exit, Failure, Missing},
};
use anyhow::Context;
use lexilingo_api::access;
use lexilingo_shared::{
    config::{Backend, Config},
    shutdown,
    store::{self, Stores},
    telemetry,
    time::{Clock, SystemClock},
};
use lexilingo_worker::engines;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::JoinSet};
use tokio_util::sync::CancellationToken;

/// Between two looks at whether the service has become ready.
const LOOK: Duration = Duration::from_millis(50);

/// Serves until the first signal, drains, and ends.
pub async fn run(arguments: Up) -> Result<Exit, Failure> {
    let config = Arc::new(Config::from_process_with(&overrides(&arguments))?);
    let _telemetry = telemetry::init(&config.service, "lexilingo");
    let signalled = shutdown::on_signal()?;
    progress(&format!("starting lexilingo {}", env!("CARGO_PKG_VERSION")));
    let prepared = tokio::select! {
        biased;
        () = signalled.cancelled() => return Ok(stopped()),
        prepared = prepare(&config) => prepared,
    };
    match prepared {
        // Whoever asked for the end need not hear why there was no beginning.
        _ if signalled.is_cancelled() => Ok(stopped()),
        Ok((listener, stores)) => serve(&config, listener, stores, &signalled).await,
        Err(failure) => Err(failure),
    }
}

async fn prepare(config: &Config) -> Result<(TcpListener, Stores), Failure> {
    let listener = listen(config.service.bind).await?;
    let stores = open(config).await?;
    let required = access::require_keys(config, &stores, SystemClock.now()).await;
    required.map_err(|error| {
        Failure::Missing(Missing {
            variable: "API_AUTH",
            problem: format!("{error:#}"),
            remedy: format!("`{}`", access::opening::REMEDY),
        })
    })?;
    Ok((listener, stores))
}

async fn serve(
    config: &Arc<Config>,
    listener: TcpListener,
    stores: Stores,
    signalled: &CancellationToken,
) -> Result<Exit, Failure> {
    let address = listener.local_addr()?;
    let probe = probe()?;
    // Cancelled by a signal, and by the end of either part.
    let stop = signalled.child_token();
    let mut running = start(config, stores, listener, &stop);
    progress("loading the engines that are pinned");
    let mut first = tokio::select! {
        () = until_ready(&probe, address) => { announce(address); None }
        () = stop.cancelled() => None,
        ended = running.join_next() => ended,
    };
    // Both end only when they are told to, unless something is wrong: then the other one is told as well.
    let mut wrong = None;
    while let Some(ended) = match first.take() {
        Some(ended) => Some(ended),
        None => running.join_next().await,
    } {
        if !stop.is_cancelled() {
            wrong = Some(unexpected(ended));
            stop.cancel();
        } else if !matches!(ended, Ok(Ok(_))) {
            progress(&format!("while ending: {}", unexpected(ended)));
        }
    }
    match wrong {
        None => Ok(stopped()),
        // A signal after that only hurried the end on.
        Some(failure) => Err(failure),
    }
}

fn stopped() -> Exit {
    progress("stopped");
    Exit::Done
}

fn overrides(arguments: &Up) -> Vec<(&'static str, String)> {
    let bind = arguments.bind.map(|address| ("LEXILINGO_BIND", address.to_string()));
    let folder = arguments.data_dir.as_ref();
    let folder = folder.map(|path| ("LEXILINGO_DATA_DIR", path.display().to_string()));
    bind.into_iter().chain(folder).collect()
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let variable = "LEXILINGO_BIND";
    TcpListener::bind(address).await.map_err(|error| {
        let (problem, remedy) = ports::refused(variable, address, &error);
        Failure::Missing(Missing { variable, problem, remedy })
    })
}

async fn open(config: &Config) -> Result<Stores, Failure> {
    match &config.storage.backend {
        Backend::Embedded { data_dir } => {
            progress(&format!("opening the data folder {}", data_dir.display()));
            store::open(&config.storage).await.map_err(|error| {
                let (problem, remedy) = folder::unusable(data_dir, &error);
                Failure::Missing(Missing { variable: folder::VARIABLE, problem, remedy })
            })
        }
        Backend::Fleet { redis, mongodb, .. } => {
            progress(&format!("connecting to {redis} and {mongodb}"));
            store::open(&config.storage).await.map_err(|error| {
                let remedy = "`lexilingo doctor` says what each server lacks".to_owned();
                let variable = "REDIS_URL and MONGODB_URI";
                Failure::Missing(Missing { variable, problem: error.to_string(), remedy })
            })
        }
    }
}

fn start(
    config: &Arc<Config>,
    stores: Stores,
    listener: TcpListener,
    shutdown: &CancellationToken,
) -> JoinSet<anyhow::Result<&'static str>> {
    let clock = Arc::new(SystemClock);
    let mut running = JoinSet::new();
    let api = lexilingo_api::run(
        config.clone(),
        stores.clone(),
        clock.clone(),
        listener,
        shutdown.clone(),
    );
    running.spawn(async move { api.await.context("the api failed").map(|()| "the api") });
    let worker = lexilingo_worker::run(
        config.clone(),
        stores,
        clock,
        engines::shipped(&config.worker),
        // Health and metrics of the one worker are the api's here.
        None,
        shutdown.clone(),
    );
    running.spawn(async move { worker.await.context("the worker failed").map(|()| "the worker") });
    running
}

type Ended = Result<anyhow::Result<&'static str>, tokio::task::JoinError>;

fn unexpected(ended: Ended) -> Failure {
    Failure::Failed(match ended {
        Ok(Ok(part)) => anyhow::anyhow!("{part} ended by itself"),
        Ok(Err(error)) => error,
        Err(lost) => anyhow::Error::new(lost).context("a part broke down"),
    })
}

/// A client that reaches this machine itself: proxies of the environment are for other machines.
fn probe() -> Result<reqwest::Client, Failure> {
    let client = reqwest::Client::builder().no_proxy().build();
    Ok(client.context("readiness cannot be asked for")?)
}

/// Asks the service itself, as a load balancer would, until its own worker could take a job too.
async fn until_ready(client: &reqwest::Client, address: SocketAddr) {
    let url = format!("http://{}/readyz", reachable(address));
    while !is_ready(client, &url).await.unwrap_or(false) {
        tokio::time::sleep(LOOK).await;
    }
}

async fn is_ready(client: &reqwest::Client, url: &str) -> reqwest::Result<bool> {
    let answer: serde_json::Value =
        client.get(url).send().await?.error_for_status()?.json().await?;
    Ok(answer["workers_ready"].as_u64().is_some_and(|workers| workers > 0))
}

/// The address under which this machine reaches itself.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => ([127, 0, 0, 1], v4.port()).into(),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            (std::net::Ipv6Addr::LOCALHOST, v6.port()).into()
        }
        address => address,
    }
}

fn announce(address: SocketAddr) {
    let base = format!("http://{}", reachable(address));
    progress(&format!("ready at {base} (documentation at {base}/docs); Ctrl-C ends it\n"));
    anstream::eprintln!(
        "curl -s {base}/api/v1/ai/analyze -H 'content-type: application/json' -H 'prefer: wait=10' \\\n  \
         -d '{{\"text\": \"I goes to school yesterday\", \"session_id\": \"test-session-123\", \
         \"input_type\": \"text\", \"learner_profile\": {{\"level\": \"A2\"}}}}'\n"
    );
}

fn progress(line: &str) {
    anstream::eprintln!("lexilingo: {line}");
}
