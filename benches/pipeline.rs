//! The pure phases: 1 (task analysis), 2 (resource allocation) and 4 (aggregation).

use criterion::{Criterion, criterion_group, criterion_main};
use lexilingo_benches::request::{self, Author};
use lexilingo_shared::{
    analysis::Grammar,
    config::Config,
    id::JobId,
    level::Level,
    model::{ModelName, ModelSet},
    request::AnalyzeRequest,
    time::Timestamp,
};
use lexilingo_worker::{
    engine::EngineReport,
    ledger::{Holding, Ledger},
    phases::{
        aggregation::{self, Circumstances},
        execution::{EngineOutcome, Findings},
        resource_allocation, task_analysis,
    },
    plan::Plan,
};
use std::{collections::BTreeMap, hint::black_box, time::Duration};

fn phases(criterion: &mut Criterion) {
    let body = Author::new().repeat(&request::text(1));
    let asked: AnalyzeRequest = serde_json::from_str(&body).expect("a request");
    let settings = Config::read(&|_| None).expect("defaults are valid").orchestrator;
    let models: ModelSet = "rules".parse().expect("a model");
    let plan = task_analysis::analyze(&asked, &[], &models, &settings);
    let mut group = criterion.benchmark_group("phases");
    group.bench_function("1 task analysis", |bencher| {
        bencher.iter(|| task_analysis::analyze(black_box(&asked), &[], &models, &settings));
    });

    let ledger = ledger();
    let known = BTreeMap::new();
    group.bench_function("2 resource allocation", |bencher| {
        bencher.iter(|| resource_allocation::allocate(black_box(&plan), &ledger, &known));
    });

    let findings = findings(&asked, &plan);
    let job = JobId::new(Timestamp::from_millis(1), 1);
    let circumstances = Circumstances {
        job: &job,
        rule_pack: "bench",
        now: Timestamp::from_millis(1),
        elapsed: Duration::from_millis(1),
        mastery: &BTreeMap::new(),
    };
    group.bench_function("4 aggregation", |bencher| {
        bencher
            .iter(|| aggregation::aggregate(black_box(&asked), &plan, &findings, &circumstances));
    });
    group.finish();
}

fn ledger() -> Ledger {
    let mut ledger = Ledger::new(1 << 30);
    let holding = Holding { bytes: 0, pinned: true, leases: 0, last_used: 0, reload_cost: 0 };
    ledger.hold(ModelName::Rules, holding);
    ledger
}

fn findings(asked: &AnalyzeRequest, plan: &Plan) -> Findings {
    let report = EngineReport {
        fluency: Some(0.9),
        grammar: Some(Grammar { errors: Vec::new(), corrected: asked.text.clone() }),
        vocabulary: Some(Level::A2),
        confidence: Some(0.9),
        ..EngineReport::default()
    };
    let outcome = |engine| EngineOutcome {
        engine,
        answer: Ok(report.clone()),
        elapsed: Duration::from_millis(1),
    };
    let outcomes = plan.engines.iter().map(|step| outcome(step.engine)).collect();
    Findings { outcomes, ..Findings::default() }
}

criterion_group!(benches, phases);
criterion_main!(benches);
