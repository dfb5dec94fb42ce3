//! Spans to an OTLP/HTTP collector. A slow or dead collector costs spans, never time: the queue is bounded, what does
//! not fit is dropped, and every request has its own limit.

use opentelemetry::trace::TracerProvider;
use opentelemetry_otlp::{WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    error::{OTelSdkError, OTelSdkResult},
    trace::{SdkTracerProvider, SpanData, SpanExporter, Tracer},
};
use std::{sync::Arc, time::Duration};
use tokio::runtime::Runtime;
use tracing::Subscriber;
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::registry::LookupSpan;

/// Time that one request to the collector may take.
const REQUEST: Duration = Duration::from_secs(5);
/// Time that the last spans get when the program ends.
const FAREWELL: Duration = Duration::from_secs(2);

/// A running export; dropping it sends what still waits.
pub(super) struct Export {
    provider: SdkTracerProvider,
    runtime: Option<Runtime>,
}

/// The layer that makes spans of the program's own, and the export behind it. `endpoint` is the collector's base address.
pub(super) fn start<S>(
    endpoint: &str,
    program: &str,
) -> anyhow::Result<(OpenTelemetryLayer<S, Tracer>, Export)>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let client = reqwest::Client::builder().timeout(REQUEST).build()?;
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_http()
        .with_http_client(client)
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .with_timeout(REQUEST)
        .build()?;
    // A thread of its own: the batches are sent from a plain thread, where an async client finds no runtime, and the
    // last batch must go out even while the program's own runtime is stopping.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("otlp")
        .enable_all()
        .build()?;
    let exporter = OnRuntime { exporter: Arc::new(exporter), runtime: runtime.handle().clone() };
    let provider = SdkTracerProvider::builder()
        .with_resource(Resource::builder().with_service_name(program.to_owned()).build())
        .with_batch_exporter(exporter)
        .build();
    let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("lexilingo"));
    Ok((layer, Export { provider, runtime: Some(runtime) }))
}

impl Drop for Export {
    fn drop(&mut self) {
        // Spans that a dead collector did not take in time are lost on purpose.
        let _ = self.provider.shutdown_with_timeout(FAREWELL);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// An exporter whose requests run on a runtime of their own.
#[derive(Debug)]
struct OnRuntime<E> {
    exporter: Arc<E>,
    runtime: tokio::runtime::Handle,
}

impl<E: SpanExporter + 'static> SpanExporter for OnRuntime<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let exporter = Arc::clone(&self.exporter);
        let sending = self.runtime.spawn(async move { exporter.export(batch).await });
        sending.await.unwrap_or_else(|lost| Err(OTelSdkError::InternalFailure(lost.to_string())))
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        // Called once, before the first export shares the exporter.
        if let Some(exporter) = Arc::get_mut(&mut self.exporter) {
            exporter.set_resource(resource);
        }
    }
}

#[cfg(test)]
mod tests;
