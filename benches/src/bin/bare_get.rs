//! The least that can answer from a cache: an axum handler that does one Redis GET.

use axum::{Router, extract::State, http::header, routing::post};
use redis::{AsyncCommands, aio::ConnectionManager};
use std::io::Write;
use tokio::net::TcpListener;

const JSON: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "application/json")];

/// Arguments: the Redis address and the key whose value is the answer. Prints its port.
#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(key)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: bench-bare-get REDIS_URL KEY");
    };
    let redis = ConnectionManager::new(redis::Client::open(url)?).await?;
    let router = Router::new().route("/", post(get)).with_state((redis, key));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    std::io::stdout().flush()?;
    axum::serve(listener, router).await?;
    Ok(())
}

async fn get(
    State((mut redis, key)): State<(ConnectionManager, String)>,
    _body: String,
) -> ([(header::HeaderName, &'static str); 1], Vec<u8>) {
    (JSON, redis.get(key).await.unwrap_or_default())
}
