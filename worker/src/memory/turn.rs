//! One finished request as session and profile see it.

use lexilingo_shared::{
    analysis::GrammarError, request::AnalyzeRequest, result::AnalysisResult, time::Timestamp,
};
use serde_json::{Map, Value, json};

pub struct Turn<'a> {
    pub request: &'a AnalyzeRequest,
    pub result: &'a AnalysisResult,
    pub fence: u64,
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
}

/// The array under this name; empty when there is none.
pub fn array(body: &Map<String, Value>, name: &str) -> Vec<Value> {
    body.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
}
