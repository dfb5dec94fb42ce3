//! One delivery of one analyze job, from its lease to its end.

use crate::{
    effects::Effects,
    engine::{CancelFlag, EngineReport},
    input,
    memory::{mastery::Masteries, session},
    outcome::Outcome,
    phases::state_management,
    pipeline::{self, Product},
    services::Services,
};
use lexilingo_shared::{
    error_code::ErrorCode,
    job::{JobError, JobInput, JobRecord},
    queue::{Delivery, Finish, Hold, Lookup, Progress, Started},
    request::AnalyzeRequest,
    retry,
    status::{JobStatus, Stage},
    store::{Collection, DocumentKey},
    store_error::{StoreError, StoreResult},
    tally::Tally,
};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use tokio::sync::mpsc;
use tracing::{info, warn};

/// How long an entry without a job is kept: whoever takes the job in writes both at the same time.
const NOT_THERE_PATIENCE: Duration = Duration::from_secs(60);
/// How long a run lasts before clients are told of its stage.
const WORTH_TELLING: Duration = Duration::from_millis(20);
/// How often a long run asks whether its job still wants it.
const HOLD_CHECK: Duration = Duration::from_millis(250);

/// How long a learner's profile is waited for before a text is analysed without it.
const PROFILE_PATIENCE: Duration = Duration::from_millis(50);

/// Works on a delivery; the entry is settled by the caller.
pub async fn handle(services: &Services, delivery: &Delivery) -> Outcome {
    let started = match services.stores.jobs.start(delivery, services.now()).await {
        Ok(started) => started,
        Err(e) => return store_failed(e),
    };
    let (record, input, past) = match started {
        Started::Run { record, input, past } => (record, input, past),
        Started::NotThere => return not_there(services, delivery),
        Started::Ended(_) | Started::Stale | Started::Expired => return Outcome::Done,
        Started::InputMissing => {
            let error = job_error(ErrorCode::InputMissing, "The text is no longer kept.");
            return fail(services, delivery, error).await;
        }
    };
    if let Some(error) = unworkable(delivery) {
        services.metrics.jobs_quarantined.inc();
        return fail(services, delivery, error).await;
    }
    let waited = services.now().since(record.created_at);
    let lane = delivery.lane.class.as_str();
    services.metrics.job_wait_seconds.with_label_values(&[lane]).observe(waited.as_secs_f64());
    match work(services, delivery, &record, input, &past).await {
        Ok(()) => Outcome::Done,
        Err(e) => attempt_failed(services, delivery, &record, &e).await,
    }
}

/// An entry without a job: it may still come, or whoever took it in has died between the two.
fn not_there(services: &Services, delivery: &Delivery) -> Outcome {
    if services.now().since(delivery.entry.created_at()) > NOT_THERE_PATIENCE {
        warn!(job_id = delivery.entry.as_str(), "entry without a job is dropped");
        return Outcome::Done;
    }
    Outcome::RetryAfter(retry::next_delay(1, rand::random()))
}

/// Why this delivery must not be worked on at all.
fn unworkable(delivery: &Delivery) -> Option<JobError> {
    if delivery.crashes >= retry::MAX_CRASHES {
        let detail = format!("It ended its worker {} times.", delivery.crashes);
        return Some(job_error(ErrorCode::JobCrashedWorkers, &detail));
    }
    let reason = delivery.envelope.as_ref().err()?;
    Some(job_error(ErrorCode::EnvelopeUnreadable, reason))
}

async fn work(
    services: &Services,
    delivery: &Delivery,
    record: &JobRecord,
    input: JobInput,
    past: &[String],
) -> StoreResult<()> {
    let begun = Instant::now();
    let now = services.now();
    let request = input::read(services.stores.blobs.as_ref(), &record.tenant, input, now).await?;
    let past = session::past_turns(past, request.user_id.as_deref());
    let mastery = mastery(services, record, &request).await;
    let cancel = CancelFlag::default();
    let (partial, parts) = mpsc::channel(16);
    let setting = pipeline::Setting {
        config: &services.config,
        pool: &services.pool,
        cache: services.stores.cache.as_ref(),
        job: &record.id,
        tenant: &record.tenant,
        past: &past,
        mastery: &mastery,
        deadline: Instant::now() + record.deadline_at.since(now),
        now,
        cancel: &cancel,
        partial: Some(partial),
    };
    let running = async {
        let product = pipeline::run(&request, &setting).await;
        drop(setting);
        product
    };
    let watching = watch(services, delivery, record, parts, &cancel);
    let mut product = tokio::select! {
        biased;
        product = running => product,
        // The job has ended or gone to another delivery: what this one does is of no use.
        () = watching => return Ok(()),
    };
    let written = Instant::now();
    let context = state_management::Context {
        stores: &services.stores,
        settings: &services.config.orchestrator,
        tenant: &record.tenant,
        delivery,
        key: product.key.as_ref(),
        now: services.now(),
    };
    let committed = state_management::commit(
        request,
        &product.plan,
        &product.aggregate,
        &product.stage_ms,
        &context,
    )
    .await?;
    let millis = written.elapsed().as_secs_f64() * 1000.0;
    product.stage_ms.insert(Stage::StateManagement.as_str(), millis);
    if let Some(effects) = committed {
        account(services, delivery, &effects, &product, begun.elapsed());
        services.document_writer.push(effects);
    }
    Ok(())
}

/// What the profile knows of the learner, by concept. An answer that knows less is better than one that waits.
async fn mastery(
    services: &Services,
    record: &JobRecord,
    request: &AnalyzeRequest,
) -> BTreeMap<String, f64> {
    let Some(user) = &request.user_id else { return BTreeMap::new() };
    let key = DocumentKey::new(Collection::Profiles, &record.tenant, user.as_str());
    let now = services.now();
    let reading = services.stores.documents.get(&key, now);
    match tokio::time::timeout(PROFILE_PATIENCE, reading).await {
        Ok(Ok(profile)) => {
            profile.map_or_else(BTreeMap::new, |profile| Masteries::of(&profile.body).at(now))
        }
        Ok(Err(e)) => {
            warn!(error = %e, "profile cannot be read");
            BTreeMap::new()
        }
        Err(_) => BTreeMap::new(),
    }
}

/// Tells clients how the run goes; returns when the job no longer wants it.
async fn watch(
    services: &Services,
    delivery: &Delivery,
    record: &JobRecord,
    mut parts: mpsc::Receiver<EngineReport>,
    cancel: &CancelFlag,
) {
    let jobs = &services.stores.jobs;
    let advance = async |progress: Progress| {
        !matches!(
            jobs.advance(delivery, &progress, services.now()).await,
            Ok(Hold::Ended(_) | Hold::Lost)
        )
    };
    tokio::time::sleep(WORTH_TELLING).await;
    let mut wanted = advance(Progress::Stage(Stage::Execution)).await;
    let mut listening = true;
    while wanted {
        wanted = tokio::select! {
            part = parts.recv(), if listening => match part {
                Some(part) => match serde_json::to_string(&part) {
                    Ok(part) => advance(Progress::Partial(part)).await,
                    Err(_) => true,
                },
                None => { listening = false; true }
            },
            () = tokio::time::sleep(HOLD_CHECK) => {
                match jobs.get(&record.tenant, &record.id, services.now()).await {
                    Ok(Lookup::Found(now)) =>
                        now.status == JobStatus::Processing && now.fence == delivery.fence,
                    Ok(_) => false,
                    Err(_) => true,
                }
            }
        };
    }
    cancel.cancel();
    info!(job_id = record.id.as_str(), "run stopped: the job no longer wants it");
}

async fn attempt_failed(
    services: &Services,
    delivery: &Delivery,
    record: &JobRecord,
    error: &StoreError,
) -> Outcome {
    services.metrics.job_attempts.with_label_values(&["error"]).inc();
    let failures = record.failures + 1;
    warn!(job_id = record.id.as_str(), failures, error = %error, "attempt failed");
    if failures >= retry::MAX_ATTEMPTS || matches!(error, StoreError::Corrupt { .. }) {
        let detail = format!("The last of {failures} attempts ended with: {error}");
        return fail(services, delivery, job_error(ErrorCode::AttemptsExhausted, &detail)).await;
    }
    let retrying = services.stores.jobs.advance(delivery, &Progress::Retrying, services.now());
    match retrying.await {
        Ok(Hold::Held) | Err(_) => Outcome::RetryAfter(retry::next_delay(failures, rand::random())),
        Ok(_) => Outcome::Done,
    }
}

/// Ends the job as failed.
pub async fn fail(services: &Services, delivery: &Delivery, error: JobError) -> Outcome {
    let finish = Finish::Failed(error.clone());
    match services.stores.jobs.finish(delivery, &finish, services.now()).await {
        Ok(_) => {
            let class = delivery.lane.class.as_str();
            services.metrics.jobs_finished.with_label_values(&[class, "failed", ""]).inc();
            let mut tally = Tally::default();
            tally.add("requests", 1);
            tally.add("requests.error", 1);
            tally.add(format!("errors.type.{}", error.code), 1);
            services.counters.merge(tally);
            Outcome::GiveUp(error)
        }
        Err(e) => store_failed(e),
    }
}

fn store_failed(error: StoreError) -> Outcome {
    warn!(error = %error, "store failed; the delivery is tried again");
    Outcome::RetryAfter(retry::next_delay(2, rand::random()))
}

fn job_error(code: ErrorCode, detail: &str) -> JobError {
    JobError { code, detail: detail.to_owned() }
}

/// Counts a finished job: once each for the job, its cache look-up, its engines.
fn account(
    services: &Services,
    delivery: &Delivery,
    effects: &Effects,
    product: &Product,
    took: Duration,
) {
    let metadata = &product.aggregate.result.metadata;
    let metrics = &services.metrics;
    let level = metadata.degradation.level.to_string();
    let class = delivery.lane.class.as_str();
    metrics.jobs_finished.with_label_values(&[class, "succeeded", level.as_str()]).inc();
    for (stage, millis) in &product.stage_ms {
        metrics.job_run_seconds.with_label_values(&[class, *stage]).observe(millis / 1000.0);
    }
    let mut tally = Tally::default();
    tally.add("requests", 1);
    // An apology is not a success, whatever the job's state says.
    let failed = metadata.degradation.level == 3;
    tally.add(if failed { "requests.error" } else { "requests.ok" }, 1);
    tally.add(format!("degradation.{level}"), 1);
    tally.observe("latency", took);
    if product.key.is_some() {
        tally.add("cache.cacheable", 1);
        let result = if metadata.cached { "hit" } else { "miss" };
        metrics.cache_lookups.with_label_values(&["exact", result]).inc();
        if metadata.cached {
            tally.add("cache.hit", 1);
        }
    }
    let mut causes = Vec::new();
    for outcome in &product.findings.outcomes {
        let engine = outcome.engine.as_str();
        tally.observe(&format!("component.{engine}"), outcome.elapsed);
        let seconds = outcome.elapsed.as_secs_f64();
        metrics.model_inference_seconds.with_label_values(&[engine]).observe(seconds);
        match &outcome.answer {
            Ok(_) => tally.add(format!("model.{engine}.used"), 1),
            Err(e) => {
                causes.push(e.kind());
                tally.add(format!("component.{engine}.errors"), 1);
                tally.add(format!("errors.component.{engine}"), 1);
                tally.add(format!("errors.type.engine-{}", e.kind()), 1);
                if e.kind() == "timeout" {
                    metrics.model_timeouts.with_label_values(&[engine]).inc();
                }
            }
        }
    }
    if metadata.degradation.level > 0 {
        let cause = causes.first().copied().unwrap_or("not_configured");
        metrics.fallbacks.with_label_values(&[level.as_str(), cause]).inc();
    }
    services.counters.touch(format!("{}/{}", effects.tenant, effects.request.session_id));
    services.counters.merge(tally);
}
