//! When an event that was not delivered is sent again: the specification's schedule.

use std::time::Duration;

/// Waits after the first, second, … failed attempt, in seconds: ten attempts over three days and four hours.
const WAITS: [u64; 9] =
    [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600];

/// Attempts that one event gets.
pub const ATTEMPTS: u32 = WAITS.len() as u32 + 1;
/// A receiver may ask for no longer pause than this.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 3600);
/// Longest addition by chance, as a part of a wait.
const JITTER: f64 = 0.1;

/// The wait after so many failed attempts, 1 or more; `None` when there are no more. At most a tenth is added by chance
/// (`jitter` in 0..=1), so that events which failed together do not come back together. A pause that the receiver asked
/// for is kept when it is longer.
pub fn next_wait(failed: u32, jitter: f64, retry_after: Option<Duration>) -> Option<Duration> {
    let index = usize::try_from(failed.checked_sub(1)?).ok()?;
    let wait =
        Duration::from_secs(*WAITS.get(index)?).mul_f64(1.0 + JITTER * jitter.clamp(0.0, 1.0));
    let asked = retry_after.unwrap_or_default().min(LONGEST_PAUSE);
    Some(wait.max(asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_schedule_is_the_specifications() {
        let waits: Vec<u64> = (1..)
            .map_while(|failed| next_wait(failed, 0.0, None))
            .map(|wait| wait.as_secs())
            .collect();
        assert_eq!(waits, [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
        assert_eq!(ATTEMPTS, 10);
        assert_eq!(next_wait(0, 0.0, None), None);
    }

    proptest! {
        #[test]
        fn jitter_and_pauses_only_lengthen_a_wait_and_within_bounds(
            failed in 1..=9u32, jitter in 0.0..=1.0f64, asked in 0..1_000_000u64,
        ) {
            let plain = next_wait(failed, 0.0, None).unwrap();
            let asked = Duration::from_secs(asked);
            let wait = next_wait(failed, jitter, Some(asked)).unwrap();
            prop_assert!(wait >= plain && wait >= asked.min(LONGEST_PAUSE));
            prop_assert!(wait <= plain.mul_f64(1.1).max(LONGEST_PAUSE));
        }
    }
}
