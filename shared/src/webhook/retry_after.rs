//! `Retry-After` of a receiver (RFC 9110, section 10.2.3): seconds, or a date.

use crate::time::Timestamp;
use std::time::{Duration, UNIX_EPOCH};

/// The pause that is asked for; `None` when the value makes no sense or lies in the past.
pub fn parse(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let until = httpdate::parse_http_date(value).ok()?.duration_since(UNIX_EPOCH).ok()?;
    let until = Timestamp::from_millis(i64::try_from(until.as_millis()).ok()?);
    (until > now).then(|| until.since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nonsense_is_not() {
        let now = Timestamp::from_millis(784_111_777_000);
        let seconds = |value| parse(value, now).map(|pause| pause.as_secs());
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        for nonsense in ["Sun, 06 Nov 1994 08:49:37 GMT", "-1", "soon", "", "99999999999999"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
