//! The documents that a request changes: session and learner profile. Pure: old body and result → new body, so that
//! doing it twice for one job changes nothing more.

use crate::phases::task_analysis::PastTurn;
use lexilingo_shared::{request::AnalyzeRequest, result::AnalysisResult, time::Timestamp};
use serde_json::{Map, Value, json};

/// Turns that a session keeps.
const TURNS: usize = 20;
/// Errors that a session and a profile keep.
const LAST_ERRORS: usize = 20;
/// Job ids that a profile remembers, so that a job counts once.
const APPLIED: usize = 100;
/// Error types that a profile keeps, by frequency, and examples of each.
const COMMON: usize = 20;
const EXAMPLES: usize = 5;

/// One finished request as session and profile see it.
pub struct Turn<'a> {
    pub request: &'a AnalyzeRequest,
    pub result: &'a AnalysisResult,
    pub fence: u64,
    pub now: Timestamp,
}

impl Turn<'_> {
    fn job(&self) -> &str {
        self.result.metadata.job_id.as_str()
    }

    fn errors(&self) -> Vec<Value> {
        let grammar = self.result.analysis.grammar.had();
        grammar.map_or_else(Vec::new, |grammar| {
            let entry = |e: &lexilingo_shared::analysis::GrammarError| {
                json!({"rule": e.rule, "type": e.kind, "errant": e.errant, "error": e.error,
                       "correction": e.correction})
            };
            grammar.errors.iter().map(entry).collect()
        })
    }
}

/// The session with this turn in it; a later delivery's turn replaces an earlier one's.
pub fn session(old: Option<&Map<String, Value>>, turn: &Turn<'_>) -> Map<String, Value> {
    let mut body = old.cloned().unwrap_or_default();
    let mut turns = array(&body, "turns");
    let mut count = body.get("turn_count").and_then(Value::as_u64).unwrap_or(0);
    let entry = json!({
        "job_id": turn.job(),
        "fence": turn.fence,
        "at": turn.now,
        "text": turn.result.text,
        "corrected": turn.result.analysis.grammar.had().map(|grammar| &grammar.corrected),
        "errors": turn.errors(),
        "strategy": turn.result.strategy,
        "next_action": turn.result.next_action,
        "overall": turn.result.score.overall,
    });
    match turns.iter_mut().find(|old| old["job_id"] == turn.job()) {
        Some(old) if old["fence"].as_u64().unwrap_or(0) < turn.fence => *old = entry,
        Some(_) => {}
        None => {
            turns.push(entry);
            count += 1;
        }
    }
    turns.drain(..turns.len().saturating_sub(TURNS));
    let last_errors: Vec<Value> = turns
        .iter()
        .flat_map(|turn| turn["errors"].as_array().cloned().unwrap_or_default())
        .collect();
    let last_errors = last_errors[last_errors.len().saturating_sub(LAST_ERRORS)..].to_vec();
    body.insert("session_id".to_owned(), json!(turn.request.session_id));
    body.insert("user_id".to_owned(), json!(turn.request.user_id));
    body.insert("turn_count".to_owned(), json!(count));
    body.insert("turns".to_owned(), json!(turns));
    body.insert("last_errors".to_owned(), json!(last_errors));
    body.insert("updated_at".to_owned(), json!(turn.now));
    body
}

/// The session's turns as planning looks back on them, oldest first.
pub fn past_turns(session: Option<&Map<String, Value>>, except: &str) -> Vec<PastTurn> {
    let turns = session.map(|body| array(body, "turns")).unwrap_or_default();
    turns
        .iter()
        .filter(|turn| turn["job_id"] != except)
        .map(|turn| PastTurn {
            strategy: turn["strategy"].as_str().unwrap_or_default().to_owned(),
            rules: turn["errors"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|error| Some(error["rule"].as_str()?.to_owned()))
                .collect(),
        })
        .collect()
}

/// The learner's profile with this job counted; unchanged when it was counted before.
pub fn learner(
    old: Option<&Map<String, Value>>,
    turn: &Turn<'_>,
    new_session: bool,
) -> Option<Map<String, Value>> {
    let mut body = old.cloned().unwrap_or_default();
    let mut applied = array(&body, "applied_jobs");
    if applied.iter().any(|job| job == turn.job()) {
        return None;
    }
    applied.push(json!(turn.job()));
    applied.drain(..applied.len().saturating_sub(APPLIED));
    let number = |name: &str| body.get(name).and_then(Value::as_u64).unwrap_or(0);
    let (interactions, sessions) = (number("interactions"), number("sessions_completed"));
    let mut common = array(&body, "common_errors");
    for error in turn.errors() {
        let example = json!({"error": error["error"], "correction": error["correction"]});
        match common.iter_mut().find(|entry| entry["type"] == error["type"]) {
            Some(entry) => {
                entry["frequency"] = json!(entry["frequency"].as_u64().unwrap_or(0) + 1);
                if let Some(examples) = entry["examples"].as_array_mut() {
                    examples.retain(|old| *old != example);
                    examples.push(example);
                    examples.drain(..examples.len().saturating_sub(EXAMPLES));
                }
            }
            None => {
                common.push(json!({"type": error["type"], "frequency": 1, "examples": [example]}))
            }
        }
    }
    common.sort_by_key(|entry| std::cmp::Reverse(entry["frequency"].as_u64().unwrap_or(0)));
    common.truncate(COMMON);
    let profile = &turn.request.learner_profile;
    body.insert("user_id".to_owned(), json!(turn.request.user_id));
    body.insert("level".to_owned(), json!(turn.request.level()));
    if let Some(language) = &profile.native_language {
        body.insert("native_language".to_owned(), json!(language));
    }
    body.insert("interactions".to_owned(), json!(interactions + 1));
    body.insert("sessions_completed".to_owned(), json!(sessions + u64::from(new_session)));
    body.insert("common_errors".to_owned(), json!(common));
    body.insert("last_active".to_owned(), json!(turn.now));
    body.insert("applied_jobs".to_owned(), json!(applied));
    Some(body)
}

fn array(body: &Map<String, Value>, name: &str) -> Vec<Value> {
    body.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
}
