//! One request to one receiver. The guard against addresses of the inside stands in the connector itself: what a name
//! leads to is judged here, and the very addresses that were judged are connected to, so that a name which changes its
//! mind between the two gains nothing. Redirects are never followed, because nothing here follows them.

use super::resolver::Resolver;
use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::{
    Request, StatusCode,
    body::{Bytes, Incoming},
    client::conn::http1,
    header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use lexilingo_shared::webhook::{Policy, Target};
use rustls::{ClientConfig, RootCertStore, pki_types::ServerName};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

/// Time of a whole sending, from the name to the response's head; the specification asks for 15 to 30 seconds.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Addresses of a name that are tried.
const MOST_ADDRESSES: usize = 4;
/// Bytes and headers of a response's head.
const MAX_HEAD_BYTES: usize = 16 * 1024;
const MAX_HEADERS: usize = 64;
/// How much of a response's body is taken off the line, and for how long, so that a receiver need not see its connection
/// break. Nobody reads it.
const MAX_BODY_BYTES: usize = 16 * 1024;
const BODY_PATIENCE: Duration = Duration::from_secs(1);

pub struct Client {
    resolver: Arc<dyn Resolver>,
    tls: TlsConnector,
    policy: Policy,
    patience: Duration,
}

/// The three headers of Standard Webhooks.
#[derive(Debug, Clone)]
pub struct Signed {
    pub id: String,
    pub timestamp: i64,
    pub signature: String,
}

/// What a receiver said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub retry_after: Option<String>,
}

/// Why there was no reply; short, for the log of attempts. Nothing that the receiver sent is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReply {
    #[error("the address may not be used")]
    Forbidden,
    #[error("the name cannot be resolved")]
    Unresolved,
    #[error("the connection failed")]
    Unreachable,
    #[error("TLS failed")]
    Tls,
    #[error("the answer is not HTTP or broke off")]
    Broken,
    #[error("there was no answer in time")]
    TimedOut,
}

impl Client {
    /// A client that trusts the certificate authorities of Mozilla's list.
    pub fn new(resolver: Arc<dyn Resolver>, policy: Policy) -> anyhow::Result<Client> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Client::trusting(resolver, policy, roots)
    }

    pub fn trusting(
        resolver: Arc<dyn Resolver>,
        policy: Policy,
        roots: RootCertStore,
    ) -> anyhow::Result<Client> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .context("TLS cannot be set up")?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let tls = TlsConnector::from(Arc::new(config));
        Ok(Client { resolver, tls, policy, patience: PATIENCE })
    }

    /// The same with less patience, for tests of receivers that hang.
    pub fn with_patience(self, patience: Duration) -> Client {
        Client { patience, ..self }
    }

    /// Posts a body once.
    pub async fn post(&self, url: &str, signed: &Signed, body: &str) -> Result<Reply, NoReply> {
        // Judged again: what was allowed when it was registered may be forbidden by now.
        let target = Target::parse(url, self.policy).map_err(|_| NoReply::Forbidden)?;
        let exchange = self.exchange(&target, signed, body);
        tokio::time::timeout(self.patience, exchange).await.unwrap_or(Err(NoReply::TimedOut))
    }

    async fn exchange(
        &self,
        target: &Target,
        signed: &Signed,
        body: &str,
    ) -> Result<Reply, NoReply> {
        let request = Request::post(target.path())
            .header(HOST, target.authority())
            .header(USER_AGENT, concat!("LexiLingo-Webhooks/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &signed.id)
            .header("webhook-timestamp", signed.timestamp)
            .header("webhook-signature", &signed.signature)
            .body(Full::new(Bytes::copy_from_slice(body.as_bytes())))
            .map_err(|_| NoReply::Forbidden)?;
        let stream = self.connect(target).await?;
        if !target.is_https() {
            return speak(stream, request).await;
        }
        let name = ServerName::try_from(target.name().to_owned()).map_err(|_| NoReply::Tls)?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| NoReply::Tls)?;
        speak(stream, request).await
    }

    async fn connect(&self, target: &Target) -> Result<TcpStream, NoReply> {
        let mut failed = NoReply::Forbidden;
        for address in self.addresses(target).await?.into_iter().take(MOST_ADDRESSES) {
            match TcpStream::connect(SocketAddr::new(address, target.port())).await {
                Ok(stream) => return Ok(stream),
                Err(_) => failed = NoReply::Unreachable,
            }
        }
        Err(failed)
    }

    /// The addresses that may be connected to; never empty.
    async fn addresses(&self, target: &Target) -> Result<Vec<IpAddr>, NoReply> {
        let found = match target.literal() {
            Some(address) => vec![address],
            None => {
                let resolved = self.resolver.resolve(target.name()).await;
                resolved.map_err(|_| NoReply::Unresolved)?
            }
        };
        if found.is_empty() {
            return Err(NoReply::Unresolved);
        }
        let allowed: Vec<IpAddr> =
            found.into_iter().filter(|address| self.policy.allows(*address)).collect();
        if allowed.is_empty() { Err(NoReply::Forbidden) } else { Ok(allowed) }
    }
}

async fn speak<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Reply, NoReply>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let handshake = http1::Builder::new()
        .max_buf_size(MAX_HEAD_BYTES)
        .max_headers(MAX_HEADERS)
        .handshake(TokioIo::new(stream));
    let (mut sender, connection) = handshake.await.map_err(|_| NoReply::Broken)?;
    let exchange = async {
        let response = sender.send_request(request).await.map_err(|_| NoReply::Broken)?;
        let reply = Reply { status: response.status().as_u16(), retry_after: pause(&response) };
        if response.status() != StatusCode::NO_CONTENT {
            let _ = tokio::time::timeout(BODY_PATIENCE, drain(response.into_body())).await;
        }
        Ok(reply)
    };
    // Dropped together with the exchange: no connection outlives its sending.
    let driven = async {
        let _ = connection.await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        reply = exchange => reply,
        () = driven => Err(NoReply::Broken),
    }
}

fn pause(response: &hyper::Response<Incoming>) -> Option<String> {
    Some(response.headers().get(RETRY_AFTER)?.to_str().ok()?.to_owned())
}

async fn drain(mut body: Incoming) {
    let mut taken = 0;
    while taken < MAX_BODY_BYTES {
        match body.frame().await {
            Some(Ok(frame)) => taken += frame.data_ref().map_or(0, Bytes::len),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests;
