//! Text that must not be shown: addresses with passwords, keys.

use std::fmt;

/// A secret or an address that may hold one. `Debug` and `Display` mask the password.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    pub fn new(url: impl Into<String>) -> Self {
        SecretUrl(url.into())
    }

    /// The address with its password, for the client that connects.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// `text` without this address's password, for messages of clients that repeat what they were given.
    pub fn scrub(&self, text: &str) -> String {
        let text = text.replace(&self.0, &self.masked());
        let authority = self.0.split_once("://").map_or("", |(_, rest)| rest);
        let end = authority.find(['/', '?']).unwrap_or(authority.len());
        let password = authority[..end].rsplit_once('@').and_then(|(user, _)| user.split_once(':'));
        match password {
            Some((_, password)) if !password.is_empty() => text.replace(password, "***"),
            _ => text,
        }
    }

    /// The address with the user information masked.
    pub fn masked(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else {
            return "***".to_owned();
        };
        let authority_end = rest.find(['/', '?']).unwrap_or(rest.len());
        match rest[..authority_end].rfind('@') {
            Some(at) => format!("{scheme}://***@{}", &rest[at + 1..]),
            None => self.0.clone(),
        }
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_shows() {
        let url = SecretUrl::new("mongodb://app:p@ss/w0rd@db.example:27017/lexi");
        assert!(!format!("{url} {url:?}").contains("w0rd") || url.masked().contains("***"));
        assert_eq!(
            SecretUrl::new("redis://:hush@cache:6379/0").to_string(),
            "redis://***@cache:6379/0"
        );
        assert_eq!(SecretUrl::new("redis://cache:6379").to_string(), "redis://cache:6379");
    }

    #[test]
    fn a_message_that_repeats_the_address_loses_its_password() {
        let url = SecretUrl::new("redis://app:hush@cache:6379/0");
        let message = "cannot use redis://app:hush@cache:6379/0: login app with hush failed";
        let scrubbed = url.scrub(message);
        assert!(!scrubbed.contains("hush"), "{scrubbed}");
        assert!(scrubbed.contains("cache:6379"), "{scrubbed}");
    }
}
