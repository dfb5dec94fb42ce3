//! An endpoint's address: what may be registered, and what a connection needs of it. Names are not looked up here; what
//! they lead to is judged at every connect.

use super::address::is_public;
use std::net::IpAddr;
use url::{Host, Url};

/// Longest address, in bytes.
pub const MAX_URL_BYTES: usize = 2048;

/// Ports that an address may name.
const PORTS: [u16; 2] = [443, 8443];

/// Names that never lead to the Internet (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`).
const LOCAL_NAMES: [&str; 5] = ["localhost", "local", "internal", "home.arpa", "localdomain"];

/// Where webhooks may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// https to public addresses, ports 443 and 8443.
    Public,
    /// Anywhere, also by http: `WEBHOOK_ALLOW_PRIVATE`, for development.
    Anywhere,
}

impl Policy {
    /// Whether a connection to this address may be made.
    pub fn allows(self, address: IpAddr) -> bool {
        self == Policy::Anywhere || is_public(address)
    }
}

/// Why an address may not be used; whole sentences for clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    #[error("It must be an absolute URL of at most 2048 bytes.")]
    Malformed,
    #[error("Only https is allowed.")]
    Scheme,
    #[error("It must not hold a user or a password.")]
    UserInfo,
    #[error("It must not hold a fragment.")]
    Fragment,
    #[error("Only the ports 443 and 8443 are allowed.")]
    Port,
    #[error("It must lead to a public address.")]
    Address,
}

/// An address that may be used, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Judges the address as it is written. Numbers in every spelling (`0x7f.1`, `2130706433`, full-width digits) are
    /// read as browsers read them (WHATWG URL), so that none of them hides an address.
    pub fn parse(text: &str, policy: Policy) -> Result<Target, Forbidden> {
        if text.len() > MAX_URL_BYTES {
            return Err(Forbidden::Malformed);
        }
        let url = Url::parse(text).map_err(|_| Forbidden::Malformed)?;
        match url.scheme() {
            "https" => {}
            "http" if policy == Policy::Anywhere => {}
            _ => return Err(Forbidden::Scheme),
        }
        // The raw text too: an empty user is gone from the parsed one.
        let authority = text.split(['/', '\\']).nth(2).unwrap_or_default();
        let authority = authority.split(['?', '#']).next().unwrap_or_default();
        if !url.username().is_empty() || url.password().is_some() || authority.contains('@') {
            return Err(Forbidden::UserInfo);
        }
        if url.fragment().is_some() {
            return Err(Forbidden::Fragment);
        }
        let target = Target { url };
        if policy == Policy::Public && !PORTS.contains(&target.port()) {
            return Err(Forbidden::Port);
        }
        match target.literal() {
            Some(address) if !policy.allows(address) => Err(Forbidden::Address),
            None if policy == Policy::Public && is_local_name(target.name()) => {
                Err(Forbidden::Address)
            }
            _ => Ok(target),
        }
    }

    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// The address, where it is written as one.
    pub fn literal(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Ipv4(v4) => Some(v4.into()),
            Host::Ipv6(v6) => Some(v6.into()),
            Host::Domain(_) => None,
        }
    }

    /// The name to look up, or the address as text without brackets.
    pub fn name(&self) -> &str {
        let host = self.url.host_str().unwrap_or_default();
        host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
    }

    /// Value of the header `Host`.
    pub fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Path and query.
    pub fn path(&self) -> &str {
        &self.url[url::Position::BeforePath..url::Position::AfterQuery]
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    !name.contains('.')
        || LOCAL_NAMES.iter().any(|local| {
            name.strip_suffix(local).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judge(text: &str) -> Result<(), Forbidden> {
        Target::parse(text, Policy::Public).map(drop)
    }

    #[test]
    fn public_https_addresses_are_fine() {
        for fine in [
            "https://example.org/hook",
            "https://example.org:8443/hook?a=1",
            "https://example.org:443",
            "HTTPS://EXAMPLE.ORG/",
            "https://trường.example/hook",
            "https://8.8.8.8/",
            "https://[2606:4700:4700::1111]/",
        ] {
            assert_eq!(judge(fine), Ok(()), "{fine}");
        }
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        use Forbidden::{Address, Fragment, Malformed, Port, Scheme, UserInfo};
        for (text, why) in [
            ("example.org/hook", Malformed),
            ("", Malformed),
            ("https://", Malformed),
            ("http://example.org/", Scheme),
            ("ftp://example.org/", Scheme),
            ("file:///etc/passwd", Scheme),
            ("https://user@example.org/", UserInfo),
            ("https://user:pass@example.org/", UserInfo),
            ("https://@example.org/", UserInfo),
            ("https://example.org/#f", Fragment),
            ("https://example.org:80/", Port),
            ("https://example.org:22/", Port),
            ("https://169.254.169.254/", Address),
            ("https://127.0.0.1/", Address),
            ("https://127.1/", Address),
            ("https://2130706433/", Address),
            ("https://0x7f000001/", Address),
            ("https://0x7f.1/", Address),
            ("https://0177.0.0.1/", Address),
            ("https://017700000001/", Address),
            ("https://１２７.０.０.１/", Address),
            ("https://127。0。0。1/", Address),
            ("https://%31%32%37.0.0.1/", Address),
            ("https://127.0.0.1./", Address),
            ("https://0/", Address),
            ("https://[::1]/", Address),
            ("https://[::ffff:127.0.0.1]/", Address),
            ("https://[::ffff:7f00:1]/", Address),
            ("https://[64:ff9b::7f00:1]/", Address),
            ("https://[2002:7f00:1::]/", Address),
            ("https://[fe80::1]/", Address),
            ("https://localhost/", Address),
            ("https://LOCALHOST./", Address),
            ("https://api.localhost/", Address),
            ("https://redis/", Address),
            ("https://printer.local/", Address),
            ("https://metadata.google.internal/", Address),
        ] {
            assert_eq!(judge(text), Err(why), "{text}");
        }
        assert_eq!(judge(&format!("https://example.org/{}", "a".repeat(2048))), Err(Malformed));
    }

    #[test]
    fn for_development_anything_may_be_reached_but_nobody_logs_in() {
        let judge = |text| Target::parse(text, Policy::Anywhere).map(drop);
        for fine in ["http://127.0.0.1:9000/hook", "http://localhost:1/", "https://[::1]:7/"] {
            assert_eq!(judge(fine), Ok(()), "{fine}");
        }
        assert_eq!(judge("http://a:b@127.0.0.1/"), Err(Forbidden::UserInfo));
        assert_eq!(judge("gopher://127.0.0.1/"), Err(Forbidden::Scheme));
    }

    #[test]
    fn a_target_has_its_parts() {
        let target = Target::parse("https://Example.org:8443/a%20b?c=d", Policy::Public).unwrap();
        assert_eq!((target.name(), target.port()), ("example.org", 8443));
        assert_eq!(
            (target.authority().as_str(), target.path()),
            ("example.org:8443", "/a%20b?c=d")
        );
        let plain = Target::parse("https://[2606:4700:4700::1111]", Policy::Public).unwrap();
        assert_eq!((plain.name(), plain.path()), ("2606:4700:4700::1111", "/"));
        assert!(plain.literal().is_some());
    }

    proptest! {
        #[test]
        fn no_spelling_of_a_private_number_gets_through(low in 0u32..1 << 24, form in 0usize..6) {
            let address = (127 << 24) | low;
            let [a, b, c, d] = address.to_be_bytes();
            let host = match form {
                0 => format!("{address}"),
                1 => format!("{address:#x}"),
                2 => format!("0{address:o}"),
                3 => format!("{a:#x}.0{b:o}.{c}.{d:#x}"),
                4 => format!("{a}.{}", address & 0x00ff_ffff),
                _ => format!("[::ffff:{a}.{b}.{c}.{d}]"),
            };
            prop_assert_eq!(judge(&format!("https://{host}/")), Err(Forbidden::Address));
        }

        #[test]
        fn any_text_is_judged_without_panic(text in "(https?://)?.{0,60}") {
            let _ = judge(&text);
            let _ = Target::parse(&text, Policy::Anywhere);
        }
    }
}
