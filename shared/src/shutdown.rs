//! SIGTERM and SIGINT as a cancellation token: the first asks for an orderly end, the second ends at once.

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Exit status after an interrupt, as shells report it.
pub const INTERRUPTED: i32 = 130;
/// Exit status after a termination request.
pub const TERMINATED: i32 = 143;

/// A token that the first signal cancels. From this call on the process no longer dies of the first one.
pub fn on_signal() -> std::io::Result<CancellationToken> {
    // Registered before anything is spawned, so that no signal falls between.
    let mut signals = Signals {
        interrupt: signal(SignalKind::interrupt())?,
        terminate: signal(SignalKind::terminate())?,
    };
    let token = CancellationToken::new();
    let cancelled = token.clone();
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("draining, a second signal ends at once");
        cancelled.cancel();
        let status = signals.next().await;
        std::process::exit(status);
    });
    Ok(token)
}

struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// Waits for either; returns the exit status that it stands for.
    async fn next(&mut self) -> i32 {
        tokio::select! {
            _ = self.interrupt.recv() => INTERRUPTED,
            _ = self.terminate.recv() => TERMINATED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_signal_cancels_and_does_not_end_the_process() {
        let token = on_signal().unwrap();
        assert!(!token.is_cancelled());
        let own = std::process::id().to_string();
        let sent = std::process::Command::new("kill").args(["-TERM", &own]).status().unwrap();
        assert!(sent.success());
        token.cancelled().await;
    }
}
