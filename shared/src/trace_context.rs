//! W3C Trace Context: the `traceparent` header of a request, carried through its job.

use std::{fmt, str::FromStr};

/// The text is not a `traceparent` that may be continued.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a traceparent")]
pub struct MalformedTraceparent;

/// Which trace something belongs to, and which span is its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TraceContext {
    trace_id: u128,
    span_id: u64,
    flags: u8,
}

/// Bit of the flags: the caller may have recorded the trace.
const SAMPLED: u8 = 1;

impl TraceContext {
    /// A new sampled trace. Zero names no trace, so it becomes one.
    pub fn new(trace_id: u128, span_id: u64) -> Self {
        TraceContext { trace_id: trace_id.max(1), span_id: span_id.max(1), flags: SAMPLED }
    }

    /// A span of the same trace.
    pub fn child(self, span_id: u64) -> Self {
        TraceContext { span_id: span_id.max(1), ..self }
    }

    /// 32 hexadecimal digits.
    pub fn trace_id(&self) -> String {
        format!("{:032x}", self.trace_id)
    }

    /// 16 hexadecimal digits.
    pub fn span_id(&self) -> String {
        format!("{:016x}", self.span_id)
    }

    pub fn with_sampled(self, sampled: bool) -> Self {
        TraceContext { flags: if sampled { SAMPLED } else { 0 }, ..self }
    }

    /// Trace and span as the wire formats of tracing systems have them.
    pub fn to_bytes(&self) -> ([u8; 16], [u8; 8]) {
        (self.trace_id.to_be_bytes(), self.span_id.to_be_bytes())
    }

    pub fn is_sampled(&self) -> bool {
        self.flags & SAMPLED != 0
    }
}

impl fmt::Display for TraceContext {
    /// The header's value in version 00.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace_id, self.span_id, self.flags)
    }
}

impl FromStr for TraceContext {
    type Err = MalformedTraceparent;

    /// Accepts version 00 exactly, and later versions as far as they start like it, as the recommendation asks for.
    fn from_str(s: &str) -> Result<Self, MalformedTraceparent> {
        let mut parts = s.split('-');
        let mut field = |digits: usize| {
            let part = parts.next().ok_or(MalformedTraceparent)?;
            let is_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
            if part.len() == digits && part.bytes().all(is_hex) {
                u128::from_str_radix(part, 16).map_err(|_| MalformedTraceparent)
            } else {
                Err(MalformedTraceparent)
            }
        };
        let (version, trace_id, span_id, flags) = (field(2)?, field(32)?, field(16)?, field(2)?);
        let has_more = parts.next().is_some();
        if version == 0xff || (version == 0 && has_more) || trace_id == 0 || span_id == 0 {
            return Err(MalformedTraceparent);
        }
        // Both widths were checked above, so neither cast can cut anything off.
        Ok(TraceContext { trace_id, span_id: span_id as u64, flags: flags as u8 & SAMPLED })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EXAMPLE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn the_recommendations_example_reads_back() {
        let context: TraceContext = EXAMPLE.parse().unwrap();
        assert_eq!(context.to_string(), EXAMPLE);
        assert_eq!(context.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert!(context.is_sampled());
    }

    #[test]
    fn a_later_version_is_continued_as_version_00() {
        let later = EXAMPLE.replacen("00", "cc", 1) + "-what-the-future-brings";
        assert_eq!(later.parse::<TraceContext>().unwrap().to_string(), EXAMPLE);
    }

    #[test]
    fn what_the_recommendation_forbids_is_refused() {
        for bad in [
            "",
            "00",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ] {
            assert_eq!(bad.parse::<TraceContext>(), Err(MalformedTraceparent), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_context_reads_back(trace_id: u128, span_id: u64, child: u64) {
            let context = TraceContext::new(trace_id, span_id).child(child);
            prop_assert_eq!(context.to_string().parse(), Ok(context));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".*") {
            let _ = text.parse::<TraceContext>();
        }
    }
}
