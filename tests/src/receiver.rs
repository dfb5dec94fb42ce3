//! A receiver of webhooks on a real port, whose answer can be changed.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
    sync::Notify,
};
use tokio_rustls::TlsAcceptor;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// By name in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

/// What a receiver does with a request.
#[derive(Debug, Clone)]
pub enum Manner {
    /// Answers with this status line's rest and these header lines, e.g. `("200 OK", "")`.
    Answer(&'static str, &'static str),
    /// Reads and says nothing.
    Hang,
    /// Answers 200 once this is told.
    AnswerWhen(Arc<Notify>),
    /// A head that never ends, a byte at a time.
    Drip,
    /// A success with a body that never ends.
    Huge,
    /// Sends on to this address.
    Redirect(String),
}

pub struct Receiver {
    pub url: String,
    manner: Arc<Mutex<Manner>>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    pub async fn start(manner: Manner) -> Receiver {
        Receiver::on("127.0.0.1:0", None, manner).await
    }

    /// At this address of this machine, by https when there is something to speak it with.
    pub async fn on(address: &str, tls: Option<TlsAcceptor>, manner: Manner) -> Receiver {
        let listener = TcpListener::bind(address).await.expect("a port");
        let scheme = if tls.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}/hook", listener.local_addr().expect("an address"));
        let manner = Arc::new(Mutex::new(manner));
        let received = Arc::new(Mutex::new(Vec::new()));
        let (how, log) = (manner.clone(), received.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (how, log, tls) = (how.clone(), log.clone(), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, how, log).await,
                        Some(tls) => serve(tls.accept(stream).await.ok()?, how, log).await,
                    }
                });
            }
        });
        Receiver { url, manner, received }
    }

    pub fn now(&self, manner: Manner) {
        *self.manner.lock().expect("a manner") = manner;
    }

    pub fn received(&self) -> Vec<Received> {
        self.received.lock().expect("a log").clone()
    }

    /// Waits until so many requests have come.
    pub async fn until(&self, count: usize) -> Vec<Received> {
        crate::wait::until("webhooks", async || {
            let received = self.received();
            (received.len() >= count).then_some(received)
        })
        .await
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    manner: Arc<Mutex<Manner>>,
    log: Arc<Mutex<Vec<Received>>>,
) -> Option<()> {
    let mut bytes = Vec::new();
    let (head, body_at) = loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break (String::from_utf8_lossy(&bytes[..at]).into_owned(), at + 4);
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let headers: BTreeMap<String, String> = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let length: usize = headers.get("content-length")?.parse().ok()?;
    while bytes.len() < body_at + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8_lossy(&bytes[body_at..body_at + length]).into_owned();
    log.lock().expect("a log").push(Received { headers, body });
    let manner = manner.lock().expect("a manner").clone();
    match manner {
        Manner::Answer(status, headers) => {
            let answer = format!("HTTP/1.1 {status}\r\n{headers}content-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.ok()
        }
        Manner::Hang => std::future::pending().await,
        Manner::AnswerWhen(told) => {
            told.notified().await;
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.ok()
        }
        Manner::Drip => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nx-drip: ").await.ok()?;
            loop {
                stream.write_all(b"a").await.ok()?;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        Manner::Huge => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.ok()?;
            let some = vec![b'a'; 64 * 1024];
            loop {
                stream.write_all(&some).await.ok()?;
            }
        }
        Manner::Redirect(to) => {
            let answer =
                format!("HTTP/1.1 307 There\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.ok()
        }
    }
}
