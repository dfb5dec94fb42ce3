//! The `Prefer` header (RFC 7240), as far as this service knows it: `wait` and `respond-async`.

use axum::http::HeaderMap;
use std::time::Duration;

/// Longest wait that a client may ask for, in seconds.
pub const MAX_WAIT_SECONDS: u64 = 60;

/// What the client prefers. What is unknown or malformed is ignored, as the RFC asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Prefer {
    /// Seconds, 1 to 60.
    pub wait: Option<u64>,
    pub respond_async: bool,
}

impl Prefer {
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let lines = headers.get_all("prefer").into_iter().filter_map(|line| line.to_str().ok());
        Prefer::parse(lines)
    }

    /// Reads the header's lines. Of a preference that is named twice the first counts.
    pub fn parse<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut prefer = Prefer::default();
        let mut wait_seen = false;
        for line in lines {
            for item in split_outside_quotes(line, ',') {
                // Parameters after `;` belong to the preference and mean nothing to the two that are known here.
                let preference = split_outside_quotes(item, ';').next().unwrap_or_default();
                let (name, value) = match preference.split_once('=') {
                    Some((name, value)) => (name.trim(), Some(unquote(value.trim()))),
                    None => (preference.trim(), None),
                };
                if name.eq_ignore_ascii_case("respond-async") && value.is_none_or(str::is_empty) {
                    prefer.respond_async = true;
                } else if name.eq_ignore_ascii_case("wait") && !wait_seen {
                    wait_seen = true;
                    prefer.wait = value.and_then(seconds);
                }
            }
        }
        prefer
    }

    pub fn patience(&self) -> Option<Duration> {
        self.wait.map(Duration::from_secs)
    }

    /// `Preference-Applied` of a response that waited, or did not have to.
    pub fn applied(&self, answered_async: bool) -> Option<String> {
        let respond_async =
            (self.respond_async && answered_async).then(|| "respond-async".to_owned());
        let wait = self.wait.map(|seconds| format!("wait={seconds}"));
        let applied: Vec<String> = respond_async.into_iter().chain(wait).collect();
        (!applied.is_empty()).then(|| applied.join(", "))
    }
}

fn seconds(value: &str) -> Option<u64> {
    let digits = !value.is_empty() && value.bytes().all(|c| c.is_ascii_digit());
    let seconds: u64 = value.parse().ok().filter(|_| digits)?;
    (1..=MAX_WAIT_SECONDS).contains(&seconds).then_some(seconds)
}

fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value)
}

fn split_outside_quotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let splits = c == separator && !quoted;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        splits
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wait(line: &str) -> Option<u64> {
        Prefer::parse([line]).wait
    }

    #[test]
    fn waits_are_read_however_the_rfc_lets_them_be_written() {
        for line in [
            "wait=10",
            "WAIT = 10",
            "wait=\"10\"",
            "respond-async, wait=10",
            "wait=10; foo=bar",
            "return=minimal; note=\"a,wait=3\", wait=10",
            "wait=10, wait=20",
        ] {
            assert_eq!(wait(line), Some(10), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_honoured_is_ignored() {
        for line in [
            "",
            "wait",
            "wait=",
            "wait=0",
            "wait=61",
            "wait=-1",
            "wait=+5",
            "wait=1.5",
            "wait=soon",
        ] {
            assert_eq!(wait(line), None, "{line}");
        }
    }

    #[test]
    fn both_preferences_may_come_on_lines_of_their_own() {
        let prefer = Prefer::parse(["respond-async", "wait=5"]);
        assert_eq!(prefer, Prefer { wait: Some(5), respond_async: true });
        assert_eq!(prefer.applied(true).as_deref(), Some("respond-async, wait=5"));
        assert_eq!(prefer.applied(false).as_deref(), Some("wait=5"));
        assert_eq!(Prefer::default().applied(true), None);
    }

    proptest! {
        #[test]
        fn any_header_gives_a_wait_within_bounds(line in ".*") {
            prop_assert!(wait(&line).is_none_or(|n| (1..=MAX_WAIT_SECONDS).contains(&n)));
        }
    }
}
