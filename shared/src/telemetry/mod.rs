//! Logs to standard error and, when a collector is named, traces to it. Learner text belongs in neither.

mod json_line;
mod otlp;
pub mod span;

use crate::config::{LogFormat, Service};
use json_line::JsonLine;
use std::io::IsTerminal;
use tracing::Subscriber;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::LevelFilter,
    fmt::{self, format::JsonFields},
    layer::SubscriberExt,
    registry::LookupSpan,
    util::SubscriberInitExt,
};

pub use span::join;

/// Keeps telemetry going; dropping it sends the spans that still wait, for at most two seconds.
#[must_use = "spans that still wait are sent when the guard is dropped"]
pub struct TelemetryGuard {
    _export: Option<otlp::Export>,
}

/// Starts logging, and exporting when `OTEL_EXPORTER_OTLP_ENDPOINT` is set, for the whole process. `program` is the
/// service name in traces. A second call in one process changes nothing.
pub fn init(service: &Service, program: &str) -> TelemetryGuard {
    let (filter, unusable) = filter(&service.log_level);
    let (spans, export) = match service.otlp_endpoint.as_deref() {
        Some(endpoint) => match otlp::start(endpoint, program) {
            Ok((layer, export)) => (Some(layer), Some(Ok(export))),
            Err(problem) => (None, Some(Err(problem))),
        },
        None => (None, None),
    };
    // Each has its own filter: quieter logs must not thin out the traces.
    let spans = spans.map(|layer| layer.with_filter(LevelFilter::INFO));
    let lines = lines(service.log_format, std::io::stderr().is_terminal()).with_filter(filter);
    let subscriber = tracing_subscriber::registry().with(spans).with(lines);
    let first = subscriber.try_init().is_ok();
    if let Some(problem) = unusable.filter(|_| first) {
        tracing::warn!(variable = "LOG_LEVEL", problem, "log filter not usable, using info");
    }
    let export = match export {
        Some(Err(problem)) => {
            let variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
            tracing::warn!(variable, %problem, "traces are not exported");
            None
        }
        Some(Ok(export)) => Some(export),
        None => None,
    };
    TelemetryGuard { _export: export }
}

/// The filter that was asked for, or `info` and what is wrong with the one that was.
fn filter(directives: &str) -> (EnvFilter, Option<String>) {
    match EnvFilter::try_new(directives) {
        Ok(filter) => (filter, None),
        Err(problem) => (EnvFilter::new("info"), Some(problem.to_string())),
    }
}

fn lines<S>(format: LogFormat, terminal: bool) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let layer = fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Json => layer.fmt_fields(JsonFields::new()).event_format(JsonLine).boxed(),
        // The layer's own default obeys NO_COLOR, so it is only ever narrowed here.
        LogFormat::Human if terminal => layer.boxed(),
        LogFormat::Human => layer.with_ansi(false).boxed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_cannot_be_read_falls_back_to_info_and_says_so() {
        assert!(filter("info,lexilingo_worker=debug").1.is_none());
        let (fallback, problem) = filter("lexilingo=loud");
        assert_eq!(fallback.to_string(), "info");
        assert!(problem.is_some());
    }
}
