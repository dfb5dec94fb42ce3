//! Entity tags of job objects: the record's revision.

use axum::http::{HeaderMap, HeaderValue, header};

/// The strong tag of a revision.
pub fn of_revision(revision: u64) -> String {
    format!("\"{revision}\"")
}

/// The tag as a header's value.
pub fn header_value(tag: &str) -> HeaderValue {
    HeaderValue::from_str(tag).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// Whether `If-None-Match` names the tag, by RFC 9110's weak comparison; `None` without the header.
pub fn matches(headers: &HeaderMap, tag: &str) -> Option<bool> {
    let mut lines = headers.get_all(header::IF_NONE_MATCH).into_iter().peekable();
    lines.peek()?;
    let mut items = lines.filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(','));
    Some(items.any(|item| {
        let item = item.trim();
        item == "*" || item.strip_prefix("W/").unwrap_or(item) == tag
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &'static str) -> Option<bool> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(value));
        matches(&headers, &of_revision(7))
    }

    #[test]
    fn a_tag_is_found_alone_in_a_list_weak_and_by_the_star() {
        for value in ["\"7\"", "W/\"7\"", "\"1\", \"7\"", "*"] {
            assert_eq!(asked(value), Some(true), "{value}");
        }
        assert_eq!(asked("\"70\""), Some(false));
        assert_eq!(asked("7"), Some(false));
        assert_eq!(matches(&HeaderMap::new(), "\"7\""), None);
    }
}
