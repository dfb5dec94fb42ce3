//! Who is let in, and how much they may ask for.

use super::{env::Env, storage::Backend};
use crate::webhook::Policy;
use std::net::SocketAddr;

#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// Whether requests need an API key. `API_AUTH`; without it only a service on embedded storage that listens on
    /// loopback asks for none.
    pub keys: bool,
    /// `RATE_LIMIT_PER_MINUTE`: submissions of one class by one key; 0 is no limit.
    pub rate_limit_per_minute: u64,
    /// `DAILY_QUOTA`: submissions by one key in a day; 0 is no limit.
    pub daily_quota: u64,
    /// `WEBHOOK_ALLOW_PRIVATE`: where webhooks may go.
    pub webhooks: Policy,
    /// `CORS_ORIGINS`: pages of these origins may call the api from a browser.
    pub cors_origins: Vec<String>,
}

impl Access {
    pub fn read(env: &mut Env<'_>, bind: SocketAddr, backend: &Backend) -> Self {
        let alone = matches!(backend, Backend::Embedded { .. }) && bind.ip().is_loopback();
        let keys = env.flag("API_AUTH", !alone);
        if !keys && !alone {
            let why = if bind.ip().is_loopback() {
                "a fleet serves more than one user".to_owned()
            } else {
                format!("{bind} can be reached from other machines")
            };
            let problem = format!(
                "may be off only on embedded storage and on loopback: {why}. Leave it unset and make a key with \
                 `lexilingo keys create --tenant NAME`"
            );
            env.fault("API_AUTH", problem);
        }
        Access {
            keys,
            rate_limit_per_minute: env.number("RATE_LIMIT_PER_MINUTE", 60, 0, 1_000_000_000),
            daily_quota: env.number("DAILY_QUOTA", 0, 0, 1_000_000_000_000),
            webhooks: if env.flag("WEBHOOK_ALLOW_PRIVATE", false) {
                Policy::Anywhere
            } else {
                Policy::Public
            },
            cors_origins: cors_origins(env),
        }
    }
}

fn cors_origins(env: &mut Env<'_>) -> Vec<String> {
    const NAME: &str = "CORS_ORIGINS";
    let text = env.text(NAME).unwrap_or_default();
    let origins = text.split(',').map(str::trim).filter(|origin| !origin.is_empty());
    let origins: Vec<String> = origins.map(str::to_owned).collect();
    for origin in &origins {
        if !is_origin(origin) {
            let problem = format!("“{origin}” is not an origin such as https://school.example");
            env.fault(NAME, problem);
        }
    }
    origins
}

/// `scheme://host[:port]` as browsers send it.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
        !host.is_empty() && host.chars().all(fine)
    })
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Faults};

    fn read(pairs: &[(&str, &str)]) -> Result<Config, Faults> {
        Config::read(&|name| {
            pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        })
    }

    const FLEET: [(&str, &str); 2] =
        [("REDIS_URL", "redis://127.0.0.1"), ("MONGODB_URI", "mongodb://127.0.0.1")];

    #[test]
    fn only_the_single_user_on_loopback_needs_no_key() {
        let keys = |pairs: &[(&str, &str)]| read(pairs).unwrap().access.keys;
        assert!(!keys(&[]));
        assert!(!keys(&[("LEXILINGO_BIND", "[::1]:8000")]));
        assert!(keys(&[("API_AUTH", "on")]));
        assert!(keys(&[("LEXILINGO_BIND", "0.0.0.0:8000")]));
        assert!(keys(&FLEET));
        let open = ("API_AUTH", "off");
        assert!(!keys(&[open]));
        for pairs in
            [vec![open, ("LEXILINGO_BIND", "0.0.0.0:8000")], [&[open], &FLEET[..]].concat()]
        {
            let faults = read(&pairs).unwrap_err();
            assert_eq!(faults.0[0].variable, "API_AUTH");
            assert!(faults.0[0].problem.contains("keys create"), "{faults}");
        }
    }

    #[test]
    fn origins_are_listed_one_by_one() {
        let origins = "https://school.example, http://localhost:5173";
        let config = read(&[("CORS_ORIGINS", origins)]).unwrap();
        assert_eq!(config.access.cors_origins, ["https://school.example", "http://localhost:5173"]);
        for bad in ["*", "school.example", "https://school.example/app", "https://", "null"] {
            assert!(read(&[("CORS_ORIGINS", bad)]).is_err(), "{bad}");
        }
    }
}
