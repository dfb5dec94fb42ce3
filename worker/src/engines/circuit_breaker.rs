//! Stops asking a server that fails again and again, and tries it once in a while (Nygard, Release It!, 2007). Pure: the
//! clock is an argument.

use std::time::{Duration, Instant};

/// Failures in a row that open it.
const FAILURES: u32 = 5;
/// How long it stays open before one call may try.
const PAUSE: Duration = Duration::from_secs(10);

#[derive(Debug, Clone, Default)]
pub struct CircuitBreaker {
    failures: u32,
    opened: Option<Instant>,
}

impl CircuitBreaker {
    /// Whether a call may be made now. While it is open, one call in ten seconds may.
    pub fn allows(&mut self, now: Instant) -> bool {
        match self.opened {
            Some(opened) if now.saturating_duration_since(opened) < PAUSE => false,
            Some(_) => {
                self.opened = Some(now);
                true
            }
            None => true,
        }
    }

    pub fn succeeded(&mut self) {
        *self = CircuitBreaker::default();
    }

    pub fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES {
            self.opened = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_failures_in_a_row_tries_once_and_closes_after_a_success() {
        let start = Instant::now();
        let mut breaker = CircuitBreaker::default();
        for _ in 0..FAILURES {
            assert!(breaker.allows(start));
            breaker.failed(start);
        }
        assert!(!breaker.allows(start + PAUSE / 2));
        assert!(breaker.allows(start + PAUSE));
        assert!(!breaker.allows(start + PAUSE), "one call tries, others wait for what it finds");
        breaker.succeeded();
        assert!(breaker.allows(start + PAUSE));
    }

    #[test]
    fn a_success_between_failures_keeps_it_closed() {
        let now = Instant::now();
        let mut breaker = CircuitBreaker::default();
        for _ in 0..3 * FAILURES {
            breaker.failed(now);
            breaker.succeeded();
        }
        assert!(breaker.allows(now));
    }
}
