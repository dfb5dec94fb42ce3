//! Tying a span to the trace of the request or job that it serves.

use crate::trace_context::TraceContext;
use opentelemetry::{
    Context,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState},
};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// Makes `span` a child of `parent`, if there is one, and answers the span's own context for those it calls on. `None`
/// when no traces are exported: then nobody but the caller gives ids.
pub fn join(span: &tracing::Span, parent: Option<&TraceContext>) -> Option<TraceContext> {
    if let Some(parent) = parent {
        // The only failures are a span that is disabled or already started: then there is nothing to join.
        let _ = span.set_parent(Context::new().with_remote_span_context(remote(parent)));
    }
    let context = span.context();
    let own = context.span().span_context().clone();
    let (trace, span) = (own.trace_id().to_bytes(), own.span_id().to_bytes());
    own.is_valid().then(|| {
        let joined = TraceContext::new(u128::from_be_bytes(trace), u64::from_be_bytes(span));
        joined.with_sampled(own.is_sampled())
    })
}

fn remote(parent: &TraceContext) -> SpanContext {
    let flags = if parent.is_sampled() { TraceFlags::SAMPLED } else { TraceFlags::default() };
    let (trace, span) = parent.to_bytes();
    let (trace, span) = (TraceId::from_bytes(trace), SpanId::from_bytes(span));
    SpanContext::new(trace, span, flags, true, TraceState::default())
}
