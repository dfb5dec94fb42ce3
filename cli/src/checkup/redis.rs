//! Redis as queue and as cache.

use super::{Finding, PATIENCE};
use lexilingo_shared::{config::SecretUrl, store::probe};

/// The queue must neither evict entries nor lose them at a restart.
pub(super) async fn queue(url: &SecretUrl) -> Vec<Finding> {
    let variable = "REDIS_URL";
    let facts = match probe::redis(url, PATIENCE).await {
        Ok(facts) => facts,
        Err(reason) => return vec![unreachable(variable, url, &reason)],
    };
    let mut findings = vec![Finding::ok(variable, format!("{url} is Redis {}", facts.version))];
    if facts.eviction != "noeviction" {
        findings.push(Finding::warn(
            variable,
            format!("maxmemory-policy is {}: a full server drops waiting jobs", facts.eviction),
            config_set(url, "maxmemory-policy noeviction"),
        ));
    }
    if !facts.append_only {
        findings.push(Finding::warn(
            variable,
            "appendonly is off: jobs that were acknowledged are lost when the server restarts",
            config_set(url, "appendonly yes"),
        ));
    }
    findings
}

/// The cache may forget, and should do so rather than refuse to grow.
pub(super) async fn cache(url: &SecretUrl) -> Vec<Finding> {
    let variable = "CACHE_REDIS_URL";
    match probe::redis(url, PATIENCE).await {
        Ok(facts) => {
            let mut findings =
                vec![Finding::ok(variable, format!("{url} is Redis {}", facts.version))];
            if facts.eviction == "noeviction" {
                findings.push(Finding::warn(
                    variable,
                    "maxmemory-policy is noeviction: a full cache takes no new answers",
                    config_set(url, "maxmemory-policy allkeys-lfu"),
                ));
            }
            findings
        }
        Err(reason) => vec![unreachable(variable, url, &reason)],
    }
}

fn unreachable(variable: &str, url: &SecretUrl, reason: &str) -> Finding {
    let (_, port) = host_and_port(url);
    Finding::fail(
        variable,
        format!("{url} cannot be used: {reason}"),
        format!(
            "start it with `mkdir -p data/redis && redis-server --dir data/redis --bind 127.0.0.1 --port {port} \
             --maxmemory-policy noeviction --appendonly yes`, or set {variable} to a server that runs"
        ),
    )
}

fn config_set(url: &SecretUrl, setting: &str) -> String {
    let (host, port) = host_and_port(url);
    format!("`redis-cli -h {host} -p {port} config set {setting}`, and the same in its redis.conf")
}

/// Host and port of the address; never its password.
fn host_and_port(url: &SecretUrl) -> (String, u16) {
    let masked = url.masked();
    let rest = masked.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) => (host.to_owned(), port.parse().unwrap_or(6379)),
        None => (authority.to_owned(), 6379),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_and_port_come_without_the_password() {
        let parts = |url| host_and_port(&SecretUrl::new(url));
        assert_eq!(parts("redis://app:hush@cache:6380/0"), ("cache".to_owned(), 6380));
        assert_eq!(parts("redis://cache"), ("cache".to_owned(), 6379));
    }
}
