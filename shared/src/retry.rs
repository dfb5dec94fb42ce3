//! When a failed attempt is tried again.

use std::time::Duration;

/// Attempts that a job gets; deliveries that ended with their worker count apart (`MAX_CRASHES`).
pub const MAX_ATTEMPTS: u32 = 4;
/// Deliveries that may end with their worker before the job is kept aside.
pub const MAX_CRASHES: u32 = 3;

const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(30);

/// Delay before the attempt after `failed` failed ones: exponential, half of it fixed and half random (“equal jitter”,
/// Brooker 2015), so that jobs that failed together do not come back together. `jitter` lies in 0..=1.
pub fn next_delay(failed: u32, jitter: f64) -> Duration {
    let doublings = failed.saturating_sub(1).min(16);
    let ceiling = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    ceiling.mul_f64(0.5 + 0.5 * jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn delays_are_bounded_and_never_shrink(failed in 0u32..1000, jitter in 0.0f64..=1.0) {
            let delay = next_delay(failed, jitter);
            prop_assert!(delay >= FIRST / 2 && delay <= LONGEST);
            prop_assert!(next_delay(failed + 1, jitter) >= delay);
        }
    }
}
