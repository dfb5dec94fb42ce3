//! Joins a span to a trace that began elsewhere, so that the spans of api and worker lie in one trace.

use crate::trace_context::TraceContext;
use opentelemetry::{
    Context,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState},
};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Makes `span` a child of `parent` in exported traces; nothing happens when none are exported. To be called before the
/// span is entered.
pub fn adopt(span: &tracing::Span, parent: &TraceContext) {
    let (Ok(trace), Ok(parent_span)) =
        (TraceId::from_hex(&parent.trace_id()), SpanId::from_hex(&parent.span_id()))
    else {
        return;
    };
    let flags = if parent.is_sampled() { TraceFlags::SAMPLED } else { TraceFlags::default() };
    let remote = SpanContext::new(trace, parent_span, flags, true, TraceState::default());
    // The only failures are a span that is disabled or already started: then there is nothing to join.
    let _ = span.set_parent(Context::new().with_remote_span_context(remote));
}
