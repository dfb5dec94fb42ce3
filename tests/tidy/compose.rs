//! `compose.yaml`, the Dockerfile and what they refer to fit together.

use crate::tree;
use serde_yaml_ng::Value;

fn yaml(path: &str) -> Value {
    let text = tree::text(path).unwrap_or_else(|| panic!("{path} is not there"));
    let mut value: Value = serde_yaml_ng::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
    value.apply_merge().unwrap_or_else(|e| panic!("{path}: {e}"));
    value
}

#[test]
fn every_service_has_a_health_check_and_waits_for_what_exists() {
    let compose = yaml("compose.yaml");
    let services = compose["services"].as_mapping().expect("services");
    let mut broken = Vec::new();
    for (name, service) in services {
        let name = name.as_str().expect("a name");
        if name != "migrate" && service["healthcheck"]["test"].is_null() {
            broken.push(format!("{name} has no health check"));
        }
        for (other, how) in service["depends_on"].as_mapping().into_iter().flatten() {
            let wanted = if other == "migrate" {
                "service_completed_successfully"
            } else {
                "service_healthy"
            };
            if how["condition"] != *wanted || !services.contains_key(other) {
                broken.push(format!("{name} does not wait well for {other:?}"));
            }
        }
    }
    tree::none(broken, "compose starts in order");
    for name in ["backend", "worker", "redis", "redis-cache", "mongo", "migrate", "prometheus"] {
        assert!(services.contains_key(name), "{name}");
    }
    assert_eq!(services["worker"]["deploy"]["replicas"], 2);
}

#[test]
fn the_queue_never_evicts_and_the_cache_does() {
    let compose = yaml("compose.yaml");
    let command = |name: &str| {
        let words = compose["services"][name]["command"].as_sequence().expect("a command");
        words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
    };
    assert!(command("redis").contains("--maxmemory-policy noeviction --appendonly yes"));
    assert!(command("redis-cache").contains("--maxmemory-policy allkeys-lfu"));
}

#[test]
fn compose_builds_targets_that_the_dockerfile_has() {
    let dockerfile = tree::text("Dockerfile").expect("a Dockerfile");
    let compose = yaml("compose.yaml");
    for (name, service) in compose["services"].as_mapping().expect("services") {
        if let Some(target) = service["build"]["target"].as_str() {
            let stage = format!(" AS {target}\n");
            assert!(dockerfile.contains(&stage), "{name:?} builds {target}");
        }
    }
}

#[test]
fn prometheus_asks_services_that_exist() {
    let prometheus = yaml("k8s/compose/prometheus.yml");
    let compose = yaml("compose.yaml");
    let text = serde_yaml_ng::to_string(&prometheus["scrape_configs"]).expect("scrape_configs");
    for name in ["backend", "worker"] {
        assert!(text.contains(name) && !compose["services"][name].is_null(), "{name}");
    }
    let mounted = serde_yaml_ng::to_string(&compose["services"]["prometheus"]).expect("a service");
    assert!(mounted.contains("./k8s/compose/prometheus.yml:"));
}
