//! Which third-party crates may be seen from where. A crate that shows up elsewhere cannot be exchanged any more.

use crate::tree;

/// Names of crates in code, and the beginnings of the paths that may use them. Tests and benches may use all.
const SEAMS: &[(&[&str], &[&str])] = &[
    (&["apalis", "apalis_core"], &["worker/src/consumer.rs"]),
    // For the layout of a lane's keys, nothing else.
    (&["apalis_redis"], &["shared/src/queue/redis/keys.rs"]),
    (&["redis"], &["shared/src/queue/redis/", "shared/src/store/"]),
    (&["mongodb"], &["shared/src/store/", "migrations/"]),
    (&["rusqlite"], &["shared/src/store/embedded/", "shared/src/queue/embedded/"]),
    (&["axum"], &["api/", "worker/src/ops"]),
    (&["harper_core"], &["worker/language/src/analysis/", "worker/language/src/rules/"]),
    (&["fst"], &["worker/language/src/analysis/dictionary.rs"]),
    (&["petgraph"], &["worker/language/src/knowledge/"]),
    (&["reqwest"], &["worker/src/engines/remote", "shared/src/telemetry/", "cli/"]),
    (&["ureq"], &["cli/src/download"]),
    (&["llama_cpp_2", "llama_cpp_sys_2"], &["worker/engine-llama/"]),
    (&["opentelemetry", "tracing_opentelemetry"], &["shared/src/telemetry/"]),
    (&["clap", "anstyle", "anstream"], &["cli/"]),
];

#[test]
fn every_dependency_stays_behind_its_seam() {
    let mut broken = Vec::new();
    for (path, text) in tree::sources() {
        let free = ["tests/", "benches/", "cli/tests/"];
        if free.iter().any(|free| path.starts_with(free)) || path.ends_with("/tests.rs") {
            continue;
        }
        for (crates, homes) in SEAMS {
            if homes.iter().any(|home| path.starts_with(home)) {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                if let Some(used) = crates.iter().find(|name| uses(line, name)) {
                    broken.push(format!("{path}:{}: {used}", number + 1));
                }
            }
        }
    }
    tree::none(broken, "crates are used behind their seams only (tests/tidy/seams.rs)");
}

/// Whether the line names the crate itself, not a module of ours with the same name.
fn uses(line: &str, name: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with("//") {
        return false;
    }
    let imported = line.strip_prefix("use ").or_else(|| line.strip_prefix("pub use "));
    imported.is_some_and(|path| {
        path.strip_prefix(name).is_some_and(|rest| rest.starts_with("::") || rest.starts_with(';'))
    }) || line.contains(&format!("{name}::")) && names_crate(line, name)
}

/// An inline path such as `axum::Router`, at a place where no longer path ends. Modules of ours that share a crate's
/// name are called by functions in lower case; types and macros of the crate begin in upper case.
fn names_crate(line: &str, name: &str) -> bool {
    line.match_indices(&format!("{name}::")).any(|(at, found)| {
        let before = line[..at].chars().next_back();
        let joined = before.is_some_and(|c| c == ':' || c == '_' || c.is_alphanumeric());
        let after = line[at + found.len()..].chars().next();
        !joined && after.is_some_and(char::is_uppercase)
    })
}

#[test]
fn a_module_is_not_taken_for_the_crate_of_its_name() {
    assert!(uses("use redis::Client;", "redis"));
    assert!(uses("    let client = redis::Client::open(url)?;", "redis"));
    assert!(!uses("use crate::queue::redis::Keys;", "redis"));
    assert!(!uses("findings.extend(redis::queue(url).await);", "redis"));
    assert!(!uses("// redis::Client is behind the seam", "redis"));
}

#[test]
fn api_and_worker_do_not_know_each_other() {
    let pairs = [("api/", "lexilingo_worker::"), ("worker/", "lexilingo_api::")];
    let inner = ["lexilingo_api::", "lexilingo_worker::", "lexilingo_migrations::"];
    let broken = tree::sources().into_iter().filter(|(path, text)| {
        pairs.iter().any(|(home, other)| path.starts_with(home) && text.contains(other))
            || path.starts_with("shared/") && inner.iter().any(|name| text.contains(name))
    });
    tree::none(
        broken.map(|(path, _)| path).collect(),
        "crates depend on shared, not on each other",
    );
}
