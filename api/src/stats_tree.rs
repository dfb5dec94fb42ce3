//! The original's tree of statistics from the fleet's counters and heartbeats. Pure.

use crate::fleet_view::FleetView;
use lexilingo_shared::{
    model::ModelName, queue::WorkerReport, tally::Distribution, time::Timestamp,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Stats {
    pub orchestrator: OrchestratorStats,
    pub performance: Performance,
    pub resources: Resources,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OrchestratorStats {
    /// Whether a worker is ready.
    pub is_initialized: bool,
    pub loaded_models: Vec<ModelName>,
    /// Sessions with a turn in the last 30 minutes.
    pub active_sessions: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Performance {
    pub overview: Overview,
    pub success_rate: SuccessRate,
    pub cache: CacheStats,
    pub latency: Latency,
    /// By engine.
    pub components: BTreeMap<String, ComponentStats>,
    pub errors: ErrorStats,
    pub models: ModelStats,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Overview {
    pub total_requests: u64,
    pub total_errors: u64,
    pub cache_hits: u64,
    /// Age of the oldest live worker, or of the api while there is none.
    pub uptime_seconds: f64,
    /// Of the last minute.
    pub requests_per_minute: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SuccessRate {
    pub success_count: u64,
    pub error_count: u64,
    /// 100 before the first request.
    #[schema(minimum = 0, maximum = 100)]
    pub success_rate_percent: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CacheStats {
    pub hit_count: u64,
    pub total_cacheable: u64,
    #[schema(minimum = 0, maximum = 100)]
    pub hit_rate_percent: f64,
}

/// Percentiles are upper bounds of buckets that are 9 % wide.
#[derive(Debug, Serialize, ToSchema)]
pub struct Latency {
    pub avg_ms: f64,
    pub min_ms: f64,
    pub max_ms: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentStats {
    pub avg_ms: f64,
    pub p95_ms: f64,
    pub error_count: u64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorStats {
    pub by_type: BTreeMap<String, u64>,
    pub by_component: BTreeMap<String, u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ModelStats {
    pub usage_count: BTreeMap<String, u64>,
    #[schema(required = true)]
    pub most_used: Option<String>,
}

/// Gigabytes of 10⁹ bytes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resources {
    pub budget: Budget,
    pub loaded_models: Vec<ModelName>,
    pub model_count: usize,
    pub system_memory: SystemMemory,
}

/// The sum of the workers' budgets.
#[derive(Debug, Serialize, ToSchema)]
pub struct Budget {
    pub total_gb: f64,
    pub used_gb: f64,
    pub available_gb: f64,
    pub usage_percent: f64,
}

/// The sum over the hosts.
#[derive(Debug, Serialize, ToSchema)]
pub struct SystemMemory {
    pub total_gb: f64,
    pub available_gb: f64,
    pub used_percent: f64,
}

/// The tree; `api_started_at` stands in for the workers' age while there is none.
pub fn of(view: &FleetView, api_started_at: Timestamp) -> Stats {
    let count = |name: &str| view.counters.get(name).copied().unwrap_or(0);
    let loaded: BTreeSet<ModelName> =
        view.workers.iter().flat_map(|worker| &worker.loaded).map(|model| model.name).collect();
    let loaded: Vec<ModelName> = loaded.into_iter().collect();
    let since = view.workers.iter().map(|worker| worker.started_at).min().unwrap_or(api_started_at);
    let uptime_seconds = view.at.since(since).as_secs_f64();
    let (hit_count, total_cacheable) = (count("cache.hit"), count("cache.cacheable"));
    let (success_count, error_count) = (count("requests.ok"), count("requests.error"));
    let usage_count = named(view, "model.", ".used");
    Stats {
        orchestrator: OrchestratorStats {
            is_initialized: view.ready_workers() > 0,
            loaded_models: loaded.clone(),
            active_sessions: view.active_sessions,
        },
        performance: Performance {
            overview: Overview {
                total_requests: count("requests"),
                total_errors: error_count,
                cache_hits: hit_count,
                uptime_seconds,
                requests_per_minute: view.requests_per_minute.unwrap_or(0.0),
            },
            success_rate: SuccessRate {
                success_count,
                error_count,
                success_rate_percent: percent(success_count, success_count + error_count)
                    .unwrap_or(100.0),
            },
            cache: CacheStats {
                hit_count,
                total_cacheable,
                hit_rate_percent: percent(hit_count, total_cacheable).unwrap_or(0.0),
            },
            latency: latency(&view.latency),
            components: components(view),
            errors: ErrorStats {
                by_type: named(view, "errors.type.", ""),
                by_component: named(view, "errors.component.", ""),
            },
            models: ModelStats {
                most_used: usage_count
                    .iter()
                    .max_by_key(|(_, n)| **n)
                    .map(|(name, _)| name.clone()),
                usage_count,
            },
        },
        resources: resources(&view.workers, loaded),
    }
}

/// A share in percent, always within 0..=100: counters that were read while others wrote may disagree for a moment.
fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 100.0).clamp(0.0, 100.0))
}

/// Counters between a prefix and a suffix, by what stands between.
fn named(view: &FleetView, prefix: &str, suffix: &str) -> BTreeMap<String, u64> {
    let inner = |name: &str| {
        let name = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
        (!name.is_empty()).then(|| name.to_owned())
    };
    view.counters.iter().filter_map(|(name, n)| Some((inner(name)?, *n))).collect()
}

fn latency(seen: &Distribution) -> Latency {
    Latency {
        avg_ms: seen.avg,
        min_ms: seen.min,
        max_ms: seen.max,
        p50_ms: seen.p50,
        p95_ms: seen.p95,
        p99_ms: seen.p99,
    }
}

fn components(view: &FleetView) -> BTreeMap<String, ComponentStats> {
    let errors = named(view, "component.", ".errors");
    let mut names: BTreeSet<String> = named(view, "component.", ".count").into_keys().collect();
    names.extend(errors.keys().cloned());
    let one = |name: String| {
        let seen = Distribution::of(&format!("component.{name}"), &view.counters);
        let error_count = errors.get(&name).copied().unwrap_or(0);
        (name, ComponentStats { avg_ms: seen.avg, p95_ms: seen.p95, error_count })
    };
    names.into_iter().map(one).collect()
}

fn resources(workers: &[WorkerReport], loaded_models: Vec<ModelName>) -> Resources {
    let gb = |bytes: u64| bytes as f64 / 1e9;
    let total: u64 = workers.iter().map(|worker| worker.memory.budget_bytes).sum();
    let used: u64 = workers.iter().map(|worker| worker.memory.used_bytes).sum();
    // Workers on one host see the same memory, so each host counts once, by its newest report.
    let mut hosts: BTreeMap<&str, &WorkerReport> = BTreeMap::new();
    for worker in workers {
        let newest = hosts.entry(&worker.host).or_insert(worker);
        if worker.at > newest.at {
            *newest = worker;
        }
    }
    let system: u64 = hosts.values().map(|worker| worker.memory.system_total_bytes).sum();
    let available: u64 = hosts.values().map(|worker| worker.memory.system_available_bytes).sum();
    Resources {
        budget: Budget {
            total_gb: gb(total),
            used_gb: gb(used),
            available_gb: gb(total.saturating_sub(used)),
            usage_percent: if total > 0 { used as f64 / total as f64 * 100.0 } else { 0.0 },
        },
        model_count: loaded_models.len(),
        loaded_models,
        system_memory: SystemMemory {
            total_gb: gb(system),
            available_gb: gb(available),
            used_percent: percent(system.saturating_sub(available), system).unwrap_or(0.0),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexilingo_shared::tally::Tally;
    use proptest::prelude::*;
    use std::time::Duration;

    fn stats(counters: &[(&str, u64)]) -> Stats {
        let counters = counters.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect();
        of(&FleetView { counters, ..FleetView::default() }, Timestamp::default())
    }

    #[test]
    fn one_request_with_two_errors_is_not_minus_100_percent() {
        let stats = stats(&[("requests", 1), ("requests.error", 2), ("errors.type.timeout", 2)]);
        assert_eq!(stats.performance.success_rate.success_rate_percent, 0.0);
        assert_eq!(stats.performance.errors.by_type["timeout"], 2);
    }

    #[test]
    fn components_and_models_are_read_by_their_counters_names() {
        let mut tally = Tally::default();
        tally.observe("component.rules", Duration::from_millis(4));
        tally.add("component.llama3-vi.errors", 3);
        tally.add("model.rules.used", 5);
        tally.add("model.qwen.used", 2);
        let counters: Vec<(&str, u64)> = tally.iter().collect();
        let performance = stats(&counters).performance;
        assert_eq!(performance.components["llama3-vi"].error_count, 3);
        assert!(performance.components["rules"].p95_ms >= 4.0);
        assert_eq!(performance.components.len(), 2);
        assert_eq!(performance.models.most_used.as_deref(), Some("rules"));
    }

    proptest! {
        #[test]
        fn every_percentage_stays_within_bounds(ok in 0u64..9, err in 0u64..9, hit in 0u64..9, cacheable in 0u64..9) {
            let counters = [("requests.ok", ok), ("requests.error", err), ("cache.hit", hit), ("cache.cacheable", cacheable)];
            let performance = stats(&counters).performance;
            for percent in [performance.success_rate.success_rate_percent, performance.cache.hit_rate_percent] {
                prop_assert!((0.0..=100.0).contains(&percent));
            }
        }
    }
}
