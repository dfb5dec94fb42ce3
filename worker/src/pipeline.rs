//! The five phases in order, with their times.

use crate::{
    cache_entry,
    engine::{CancelFlag, EngineReport},
    engines::pool::Pool,
    phases::{
        aggregation::{self, Aggregate, Circumstances},
        execution::{self, Findings},
        resource_allocation, task_analysis,
    },
    plan::{PastTurn, Plan},
};
use lexilingo_language::rules;
use lexilingo_shared::{
    config::Config,
    id::{JobId, Tenant},
    request::AnalyzeRequest,
    status::Stage,
    store::{Cache, CacheKey},
    time::Timestamp,
};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;

/// What phases 1 to 4 work with.
pub struct Setting<'a> {
    pub config: &'a Config,
    pub pool: &'a Arc<Pool>,
    pub cache: &'a dyn Cache,
    pub job: &'a JobId,
    pub tenant: &'a Tenant,
    pub past: &'a [PastTurn],
    /// The learner's mastery by concept; empty where there is no profile.
    pub mastery: &'a BTreeMap<String, f64>,
    pub deadline: Instant,
    pub now: Timestamp,
    pub cancel: &'a CancelFlag,
    pub partial: Option<mpsc::Sender<EngineReport>>,
}

/// What phases 1 to 4 made; phase 5 writes it.
pub struct Product {
    pub plan: Plan,
    pub findings: Findings,
    pub aggregate: Aggregate,
    /// Where the answer lies in the cache; `None` when the cache is off.
    pub key: Option<CacheKey>,
    /// Milliseconds by phase.
    pub stage_ms: BTreeMap<&'static str, f64>,
}

/// Runs phases 1 to 4.
pub async fn run(request: &AnalyzeRequest, setting: &Setting<'_>) -> Product {
    let config = setting.config;
    let begun = Instant::now();
    let mut watch = StopWatch::default();

    let models = &config.worker.models;
    let plan = task_analysis::analyze(request, setting.past, models, &config.orchestrator);
    watch.lap(Stage::TaskAnalysis);

    let (ledger, known) = setting.pool.view();
    let allocation = resource_allocation::allocate(&plan, &ledger, &known);
    watch.lap(Stage::ResourceAllocation);

    let key = (config.orchestrator.response_cache_ttl > Duration::ZERO)
        .then(|| cache_entry::key(setting.tenant, request, &plan, models, rules::VERSION));
    let context = execution::Context {
        pool: setting.pool,
        cache: setting.cache,
        key: key.as_ref(),
        deadline: setting.deadline,
        now: setting.now,
        cancel: setting.cancel,
        partial: setting.partial.clone(),
    };
    let findings = execution::execute(&plan, &allocation, request.text.trim(), &context).await;
    watch.lap(Stage::Execution);

    let circumstances = Circumstances {
        job: setting.job,
        rule_pack: rules::VERSION,
        now: setting.now,
        elapsed: begun.elapsed(),
        mastery: setting.mastery,
    };
    let aggregate = aggregation::aggregate(request, &plan, &findings, &circumstances);
    watch.lap(Stage::Aggregation);
    Product { plan, findings, aggregate, key, stage_ms: watch.laps }
}

struct StopWatch {
    since: Instant,
    laps: BTreeMap<&'static str, f64>,
}

impl Default for StopWatch {
    fn default() -> Self {
        StopWatch { since: Instant::now(), laps: BTreeMap::new() }
    }
}

impl StopWatch {
    fn lap(&mut self, stage: Stage) {
        let millis = self.since.elapsed().as_secs_f64() * 1000.0;
        self.laps.insert(stage.as_str(), (millis * 1000.0).round() / 1000.0);
        self.since = Instant::now();
    }
}
