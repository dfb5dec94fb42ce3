//! An HTTP/1.1 client that costs little, because it shares the machine with what it measures.

use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Whom to ask, and the API key that they ask for.
#[derive(Debug, Clone)]
pub struct Target {
    pub address: SocketAddr,
    pub key: Option<String>,
}

impl From<SocketAddr> for Target {
    fn from(address: SocketAddr) -> Target {
        Target { address, key: None }
    }
}

pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// One connection, kept alive.
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    /// The line of the key, or nothing.
    authorization: String,
}

impl Connection {
    pub async fn open(target: &Target) -> anyhow::Result<Connection> {
        let stream = TcpStream::connect(target.address).await?;
        stream.set_nodelay(true)?;
        let key = target.key.as_ref();
        let authorization = key.map(|key| format!("authorization: Bearer {key}\r\n"));
        let authorization = authorization.unwrap_or_default();
        Ok(Connection { stream, received: Vec::with_capacity(16 * 1024), authorization })
    }

    pub async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let key = &self.authorization;
        self.exchange(format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{key}\r\n")).await
    }

    /// Posts JSON and waits for the result.
    pub async fn post(&mut self, path: &str, body: &str) -> anyhow::Result<Answer> {
        let (length, key) = (body.len(), &self.authorization);
        self.exchange(format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             prefer: wait=30\r\n{key}content-length: {length}\r\n\r\n{body}"
        ))
        .await
    }

    async fn exchange(&mut self, request: String) -> anyhow::Result<Answer> {
        self.stream.write_all(request.as_bytes()).await?;
        self.received.clear();
        let body_at = loop {
            if let Some(at) = self.received.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.receive().await?;
        };
        let head = std::str::from_utf8(&self.received[..body_at])?;
        let status = head.get(9..12).unwrap_or_default().parse()?;
        let length: usize = head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .map_or(Ok(0), |(_, value)| value.trim().parse())?;
        while self.received.len() < body_at + length {
            self.receive().await?;
        }
        Ok(Answer { status, body: self.received[body_at..body_at + length].to_vec() })
    }

    async fn receive(&mut self) -> anyhow::Result<()> {
        anyhow::ensure!(self.stream.read_buf(&mut self.received).await? > 0, "connection ended");
        Ok(())
    }
}
