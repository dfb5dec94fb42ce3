//! The `Cancel-After` header: the time that a client gives its job, e.g. `30`, `30s`, `1m`, `2h`.

use crate::error::{ApiError, ApiResult};
use axum::http::HeaderMap;
use lexilingo_shared::error_code::ErrorCode;
use std::time::Duration;

const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The header's time, if there is one.
pub fn from_headers(headers: &HeaderMap) -> ApiResult<Option<Duration>> {
    let Some(value) = headers.get("cancel-after") else { return Ok(None) };
    value.to_str().ok().and_then(parse).map(Some).ok_or_else(|| {
        ApiError::new(
            ErrorCode::MalformedHeader,
            "Cancel-After must be a time from 1 second to 1 day, such as 30, 30s, 5m or 1h.",
        )
    })
}

fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let scale = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => return None,
    };
    let seconds = number.parse::<u64>().ok()?.checked_mul(scale)?;
    let span = Duration::from_secs(seconds);
    (span >= Duration::from_secs(1) && span <= LONGEST).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_with_and_without_units_are_read() {
        for (text, seconds) in [("30", 30), ("30s", 30), (" 1m ", 60), ("2H", 7200), ("1d", 86_400)]
        {
            assert_eq!(parse(text), Some(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_or_out_of_bounds_is_refused() {
        for text in ["", "0", "-1", "1.5", "25h", "m", "1w", "1m30s", "18446744073709551615d"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_lies_within_bounds(text in "[0-9]{0,12} ?[smhdx]?") {
            if let Some(span) = parse(&text) {
                prop_assert!(span >= Duration::from_secs(1) && span <= LONGEST);
            }
        }
    }
}
