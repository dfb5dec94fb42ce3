//! One finished request as session and profile see it.

use lexilingo_shared::{
    analysis::GrammarError, request::AnalyzeRequest, result::AnalysisResult, time::Timestamp,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub struct Turn<'a> {
    pub request: &'a AnalyzeRequest,
    pub result: &'a AnalysisResult,
    /// The line for the log.
    pub interaction: &'a Map<String, Value>,
    /// When the job was finished: the same whoever writes it, and whenever.
    pub now: Timestamp,
}

impl Turn<'_> {
    pub fn job(&self) -> &str {
        self.result.metadata.job_id.as_str()
    }

    /// Its errors as documents keep them.
    pub fn errors(&self) -> Vec<Value> {
        let grammar = self.result.analysis.grammar.had();
        grammar.map_or_else(Vec::new, |grammar| {
            let entry = |e: &GrammarError| {
                json!({"rule": e.rule, "type": e.kind, "errant": e.errant, "error": e.error,
                       "correction": e.correction})
            };
            grammar.errors.iter().map(entry).collect()
        })
    }

    /// Right and wrong uses by concept.
    pub fn evidence(&self) -> BTreeMap<String, [u32; 2]> {
        let shown = self.interaction.get(EVIDENCE);
        shown.and_then(|shown| serde_json::from_value(shown.clone()).ok()).unwrap_or_default()
    }
}

/// The log line's member with right and wrong uses by concept: `{"articles": [2, 1]}`.
pub const EVIDENCE: &str = "evidence";

/// The array under this name; empty when there is none.
pub fn array(body: &Map<String, Value>, name: &str) -> Vec<Value> {
    body.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
}
