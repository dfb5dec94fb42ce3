//! Secrets of endpoints, and signatures made with them: HMAC-SHA256 over `id.timestamp.body`, as `v1,<base64>`.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;

const MARK: &str = "whsec_";
/// Bytes of a new secret; the specification asks for 24 to 64.
pub const SECRET_BYTES: usize = 32;

/// `whsec_` and the key in base64. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(random: [u8; SECRET_BYTES]) -> Self {
        Secret(format!("{MARK}{}", BASE64_STANDARD.encode(random)))
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    /// One signature; `timestamp` in seconds since 1970.
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let encoded = self.0.strip_prefix(MARK).unwrap_or(&self.0);
        // A secret that is stored was made by `new`: it always decodes, and HMAC takes keys of every length.
        let key = BASE64_STANDARD.decode(encoded).unwrap_or_default();
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return String::new() };
        mac.update(format!("{id}.{timestamp}.").as_bytes());
        mac.update(body);
        format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// Value of `webhook-signature`: one signature by each secret, so that a receiver may know either.
pub fn signatures<'a>(
    secrets: impl Iterator<Item = &'a Secret>,
    id: &str,
    timestamp: i64,
    body: &[u8],
) -> String {
    secrets.map(|secret| secret.sign(id, timestamp, body)).collect::<Vec<_>>().join(" ")
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{MARK}***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification's own test vectors.
    #[test]
    fn the_specifications_example_is_signed_alike() {
        let secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned());
        let signature =
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_does_not_show_and_two_sign_side_by_side() {
        let (old, new) = (Secret::new([1; SECRET_BYTES]), Secret::new([2; SECRET_BYTES]));
        assert_eq!(format!("{old:?}"), "whsec_***");
        let both = signatures([&new, &old].into_iter(), "evt", 7, b"{}");
        assert_eq!(both, format!("{} {}", new.sign("evt", 7, b"{}"), old.sign("evt", 7, b"{}")));
        assert_ne!(new.sign("evt", 7, b"{}"), new.sign("evt", 8, b"{}"));
    }
}
