//! The worker's Prometheus metrics: name, help and labels, declared once. Never a learner, session, text or job in a
//! label.

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGaugeVec, Opts, Registry,
    TextEncoder,
};

/// Seconds; the targets 0.35 and 2 are bounds of buckets.
const SECONDS: [f64; 14] =
    [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 1.0, 2.0, 5.0, 10.0];

#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    pub jobs_finished: IntCounterVec,
    pub job_wait_seconds: HistogramVec,
    pub job_run_seconds: HistogramVec,
    pub job_attempts: IntCounterVec,
    pub jobs_quarantined: IntCounter,
    pub cache_lookups: IntCounterVec,
    pub fallbacks: IntCounterVec,
    pub model_inference_seconds: HistogramVec,
    pub model_timeouts: IntCounterVec,
    pub model_resident_bytes: IntGaugeVec,
    pub memory_bytes: IntGaugeVec,
    pub mongo_write_queue: IntGaugeVec,
    pub webhook_attempts: IntCounterVec,
}

impl Metrics {
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let metric = IntCounterVec::new(Opts::new(format!("lexilingo_{name}"), help), labels)?;
            registry.register(Box::new(metric.clone()))?;
            prometheus::Result::Ok(metric)
        };
        let gauge = |name: &str, help: &str, labels: &[&str]| {
            let metric = IntGaugeVec::new(Opts::new(format!("lexilingo_{name}"), help), labels)?;
            registry.register(Box::new(metric.clone()))?;
            prometheus::Result::Ok(metric)
        };
        let seconds = |name: &str, help: &str, labels: &[&str]| {
            let options =
                HistogramOpts::new(format!("lexilingo_{name}"), help).buckets(SECONDS.to_vec());
            let metric = HistogramVec::new(options, labels)?;
            registry.register(Box::new(metric.clone()))?;
            prometheus::Result::Ok(metric)
        };
        let jobs_quarantined = IntCounter::new(
            "lexilingo_jobs_quarantined_total",
            "Jobs kept aside because they ended their worker too often",
        )?;
        registry.register(Box::new(jobs_quarantined.clone()))?;
        Ok(Metrics {
            jobs_finished: counter(
                "jobs_finished_total",
                "Jobs that ended, by state and degradation level",
                &["lane", "outcome", "degradation"],
            )?,
            job_wait_seconds: seconds(
                "job_wait_seconds",
                "Time from submission to start",
                &["lane"],
            )?,
            job_run_seconds: seconds("job_run_seconds", "Time in a phase", &["lane", "stage"])?,
            job_attempts: counter(
                "job_attempts_total",
                "Attempts that did not end their job",
                &["reason"],
            )?,
            jobs_quarantined,
            cache_lookups: counter("cache_lookups_total", "Cache look-ups", &["layer", "result"])?,
            fallbacks: counter("fallbacks_total", "Degraded answers", &["level", "cause"])?,
            model_inference_seconds: seconds(
                "model_inference_seconds",
                "Time of one run of a model",
                &["model"],
            )?,
            model_timeouts: counter("model_timeouts_total", "Runs that took too long", &["model"])?,
            model_resident_bytes: gauge(
                "model_resident_bytes",
                "Bytes that a loaded model holds",
                &["model", "kind"],
            )?,
            memory_bytes: gauge(
                "memory_bytes",
                "Memory budget of this worker, what engines hold of it, and the whole process",
                &["kind"],
            )?,
            mongo_write_queue: gauge(
                "mongo_write_queue",
                "Jobs of the fleet whose documents wait to be written, and those dropped",
                &["kind"],
            )?,
            webhook_attempts: counter(
                "webhook_attempts_total",
                "Attempts to deliver webhooks: delivered, failed, gone",
                &["outcome"],
            )?,
            registry,
        })
    }

    /// The text exposition format.
    pub fn encode(&self) -> Vec<u8> {
        let mut text = Vec::new();
        // Writing into memory fails only for metrics that were declared wrong, which the tests would see.
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        text
    }
}
