//! The session's document: its last turns and errors.

use super::turn::{Turn, array};
use crate::plan::PastTurn;
use serde_json::{Map, Value, json};

/// Turns that a session keeps.
const TURNS: usize = 20;
/// Errors that a session keeps.
const LAST_ERRORS: usize = 20;

/// The session with this turn in it; a later delivery's turn replaces an earlier one's.
pub fn with_turn(old: Option<&Map<String, Value>>, turn: &Turn<'_>) -> Map<String, Value> {
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
