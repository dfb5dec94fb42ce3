//! What an engine's program wrote to its stderr last: native libraries say there why they end. It may be anything, so that
//! it is logged at the level debug only.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::ChildStderr,
    task::JoinHandle,
};
use tracing::debug;

/// Longest part of a line that is kept, in bytes.
const MAX_LINE: u64 = 400;

pub struct LastWords {
    last: Arc<Mutex<String>>,
    listening: JoinHandle<()>,
}

impl LastWords {
    /// Reads until the program closes its stderr, so that it never waits for a full pipe.
    pub fn listen(stderr: ChildStderr) -> Self {
        let last = Arc::new(Mutex::new(String::new()));
        let heard = last.clone();
        let listening = tokio::spawn(async move {
            let mut lines = BufReader::new(stderr);
            loop {
                let mut line = Vec::new();
                let mut bounded = (&mut lines).take(MAX_LINE);
                match bounded.read_until(b'\n', &mut line).await {
                    Ok(0) | Err(_) => return,
                    Ok(_) => {}
                }
                let line = String::from_utf8_lossy(&line).trim().to_owned();
                if line.is_empty() {
                    continue;
                }
                debug!(line, "engine's program");
                if let Ok(mut last) = heard.lock() {
                    *last = line;
                }
            }
        });
        LastWords { last, listening }
    }

    /// The last line, once the program has ended.
    pub async fn heard(self) -> String {
        let _ = self.listening.await;
        self.last.lock().map(|last| last.clone()).unwrap_or_default()
    }
}
