//! The service's own address as the client sees it, for absolute links.

use axum::http::{HeaderMap, Uri, header};
use std::net::SocketAddr;

/// `http://host:port` from what the client and the proxy before us say; what could not be an address is not repeated.
pub fn of_request(headers: &HeaderMap, uri: &Uri, bind: SocketAddr) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if is_https(headers) { "https" } else { "http" };
    let host = text(header::HOST.as_str()).or_else(|| uri.authority().map(|a| a.as_str()));
    match host.filter(|host| is_host(host)) {
        Some(host) => format!("{scheme}://{host}"),
        None => format!("{scheme}://{bind}"),
    }
}

/// Whether the client reached us, or the proxy before us, by TLS.
pub fn is_https(headers: &HeaderMap) -> bool {
    let proto = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    proto.is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"))
}

fn is_host(host: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || ".-:[]_".contains(c);
    (1..=255).contains(&host.len()) && host.chars().all(fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn origin(pairs: &[(&'static str, &'static str)]) -> String {
        let headers = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        of_request(&headers, &Uri::from_static("/x"), SocketAddr::from(([127, 0, 0, 1], 8000)))
    }

    #[test]
    fn host_and_scheme_are_the_clients() {
        assert_eq!(origin(&[("host", "lexi.example:8443")]), "http://lexi.example:8443");
        assert_eq!(
            origin(&[("host", "[::1]:80"), ("x-forwarded-proto", "https")]),
            "https://[::1]:80"
        );
    }

    #[test]
    fn what_is_no_address_is_not_repeated() {
        for bad in ["evil.example/path", "a@b", "a\"b", "a b", ""] {
            assert_eq!(origin(&[("host", bad)]), "http://127.0.0.1:8000", "{bad}");
        }
        let odd = origin(&[("host", "a.example"), ("x-forwarded-proto", "javascript")]);
        assert_eq!(odd, "http://a.example");
    }
}
