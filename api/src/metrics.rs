//! Every metric of the api: name, help, labels.

use crate::fleet_view::FleetView;
use lexilingo_shared::{lane::Class, time::Timestamp};
use prometheus::{
    Encoder, GaugeVec, HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry,
    TextEncoder,
};
use std::time::Duration;

/// Bounds hold 0.35 s (the latency target) and 2 s (the pipeline's own limit).
const SECONDS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0,
];

pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    duration: HistogramVec,
    submitted: IntCounterVec,
    jobs: IntGaugeVec,
    queue_age: GaugeVec,
    worker_up: IntGaugeVec,
    heartbeat_age: GaugeVec,
}

impl Metrics {
    pub fn new() -> prometheus::Result<Metrics> {
        let registry = Registry::new();
        let gauge = |name: &str, help: &str, labels: &[&str]| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(gauge.clone()))?;
            prometheus::Result::Ok(gauge)
        };
        let seconds = |name: &str, help: &str, labels: &[&str]| {
            let gauge = GaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(gauge.clone()))?;
            prometheus::Result::Ok(gauge)
        };
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone()))?;
            prometheus::Result::Ok(counter)
        };
        let duration = HistogramVec::new(
            HistogramOpts::new(
                "lexilingo_http_request_duration_seconds",
                "Time from a request's head to its response's head.",
            )
            .buckets(SECONDS.to_vec()),
            &["route", "method", "status"],
        )?;
        registry.register(Box::new(duration.clone()))?;
        Ok(Metrics {
            requests: counter(
                "lexilingo_http_requests_total",
                "Requests answered.",
                &["route", "method", "status"],
            )?,
            duration,
            submitted: counter(
                "lexilingo_jobs_submitted_total",
                "Jobs taken in; replays of an idempotency key are not counted again.",
                &["lane"],
            )?,
            jobs: gauge(
                "lexilingo_jobs",
                "Queue entries by state: waiting, scheduled, running, dead.",
                &["lane", "state"],
            )?,
            queue_age: seconds(
                "lexilingo_job_queue_age_seconds",
                "Age of the oldest waiting entry.",
                &["lane"],
            )?,
            worker_up: gauge("lexilingo_worker_up", "Workers with a live heartbeat.", &["pool"])?,
            heartbeat_age: seconds(
                "lexilingo_worker_heartbeat_age_seconds",
                "Age of the oldest live heartbeat.",
                &["pool"],
            )?,
            registry,
        })
    }

    pub fn served(&self, route: &str, method: &str, status: u16, elapsed: Duration) {
        let status = status.to_string();
        let labels = [route, method, status.as_str()];
        self.requests.with_label_values(&labels).inc();
        self.duration.with_label_values(&labels).observe(elapsed.as_secs_f64());
    }

    pub fn submitted(&self, class: Class) {
        self.submitted.with_label_values(&[class.as_str()]).inc();
    }

    /// Sets the gauges of the whole fleet. Pools that are gone stay, at zero, so that an alert can see it.
    pub fn show_fleet(&self, view: &FleetView, now: Timestamp) {
        // A class sums up the queues of all capabilities.
        self.jobs.reset();
        self.queue_age.reset();
        for (lane, stats) in &view.lanes {
            let class = lane.class.as_str();
            let states = [
                ("waiting", stats.waiting),
                ("scheduled", stats.scheduled),
                ("running", stats.running),
                ("dead", stats.dead),
            ];
            for (state, count) in states {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                self.jobs.with_label_values(&[class, state]).add(count);
            }
            let age = self.queue_age.with_label_values(&[class]);
            age.set(age.get().max(stats.oldest.unwrap_or_default().as_secs_f64()));
        }
        for family in prometheus::core::Collector::collect(&self.worker_up) {
            for metric in family.get_metric() {
                for label in metric.get_label() {
                    self.worker_up.with_label_values(&[label.value()]).set(0);
                }
            }
        }
        self.heartbeat_age.reset();
        for worker in &view.workers {
            self.worker_up.with_label_values(&[worker.pool.as_str()]).inc();
            let age = self.heartbeat_age.with_label_values(&[worker.pool.as_str()]);
            age.set(age.get().max(now.since(worker.at).as_secs_f64()));
        }
    }

    /// The text format of Prometheus.
    pub fn text(&self) -> prometheus::Result<Vec<u8>> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(text)
    }
}
