//! W3C trace context: which trace a request belongs to, carried in the job so that the worker's spans join it.

use opentelemetry::{
    Context,
    trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState},
};
use std::{fmt, str::FromStr};
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// A `traceparent` header of version 00, or the part of a later one that version 00 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceParent {
    trace: TraceId,
    parent: SpanId,
    sampled: bool,
}

/// The text is not a `traceparent`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a W3C traceparent")]
pub struct MalformedTraceParent;

impl TraceParent {
    /// The start of a new, sampled trace; `random` carries both ids (an all-zero id is not allowed and becomes 1).
    pub fn new(trace: u128, parent: u64) -> Self {
        TraceParent {
            trace: TraceId::from_bytes(trace.max(1).to_be_bytes()),
            parent: SpanId::from_bytes(parent.max(1).to_be_bytes()),
            sampled: true,
        }
    }

    /// 32 hex digits, as logs and problem objects show it.
    pub fn trace_id(&self) -> String {
        self.trace.to_string()
    }

    /// Makes `span` a child of this parent in exported traces; nothing happens when none are exported.
    pub fn adopt(&self, span: &tracing::Span) {
        let flags = if self.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
        let remote = SpanContext::new(self.trace, self.parent, flags, true, TraceState::default());
        // The only failures are a span that is disabled or already started: then there is nothing to join.
        let _ = span.set_parent(Context::new().with_remote_span_context(remote));
    }
}

impl FromStr for TraceParent {
    type Err = MalformedTraceParent;

    fn from_str(text: &str) -> Result<Self, MalformedTraceParent> {
        let mut parts = text.split('-');
        let mut next = |length: usize| {
            let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            let part = parts.next().filter(|part| part.len() == length && part.chars().all(digit));
            part.ok_or(MalformedTraceParent)
        };
        let (version, trace, parent, flags) = (next(2)?, next(32)?, next(16)?, next(2)?);
        // Version ff is forbidden; version 00 has exactly four parts, later ones may have more.
        if version == "ff" || (version == "00" && parts.next().is_some()) {
            return Err(MalformedTraceParent);
        }
        let trace = TraceId::from_hex(trace).map_err(|_| MalformedTraceParent)?;
        let parent = SpanId::from_hex(parent).map_err(|_| MalformedTraceParent)?;
        if trace == TraceId::INVALID || parent == SpanId::INVALID {
            return Err(MalformedTraceParent);
        }
        let flags = u8::from_str_radix(flags, 16).map_err(|_| MalformedTraceParent)?;
        Ok(TraceParent { trace, parent, sampled: flags & 1 == 1 })
    }
}

impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{}-{}-{:02x}", self.trace, self.parent, u8::from(self.sampled))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_traceparent_reads_back() {
        let parsed: TraceParent = EXAMPLE.parse().unwrap();
        assert_eq!(parsed.to_string(), EXAMPLE);
        assert_eq!(parsed.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert!(TraceParent::new(0, 0).to_string().parse::<TraceParent>().is_ok());
    }

    #[test]
    fn a_later_version_is_read_as_far_as_it_is_known() {
        assert!(format!("cc{}-what-follows", &EXAMPLE[2..]).parse::<TraceParent>().is_ok());
    }

    #[test]
    fn malformed_ones_are_refused() {
        let zero_trace = format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32));
        let longer = format!("{EXAMPLE}-more");
        let upper = EXAMPLE.to_uppercase();
        for bad in ["", "00", zero_trace.as_str(), &longer, &upper, &EXAMPLE.replace("00-", "ff-")]
        {
            assert_eq!(bad.parse::<TraceParent>(), Err(MalformedTraceParent), "{bad}");
        }
    }
}
