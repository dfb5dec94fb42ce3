//! The session's document: its last turns and errors.

use super::{
    applied,
    turn::{Turn, array},
};
use crate::{phases::aggregation::Aggregate, plan::PastTurn};
use lexilingo_shared::request::AnalyzeRequest;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Turns that a session keeps.
const TURNS: usize = 20;
/// Errors that a session keeps.
const LAST_ERRORS: usize = 20;

/// The session with this turn in it; `None` when it has it already. A session belongs to one learner: another one begins
/// it anew, and finds nothing of the first.
pub fn with_turn(old: Option<&Map<String, Value>>, turn: &Turn<'_>) -> Option<Map<String, Value>> {
    let user = turn.request.user_id.as_deref();
    let own = old.filter(|body| !is_anothers(body, user));
    let mut body = own.cloned().unwrap_or_default();
    if own.is_none() {
        body.insert("begun_by".to_owned(), json!(turn.job()));
    }
    if !applied::note(&mut body, turn.job()) {
        return None;
    }
    let mut turns = array(&body, "turns");
    let count = body.get("turn_count").and_then(Value::as_u64).unwrap_or(0);
    turns.push(json!({
        "job_id": turn.job(),
        "at": turn.now,
        "text": turn.result.text,
        "corrected": turn.result.analysis.grammar.had().map(|grammar| &grammar.corrected),
        "errors": turn.errors(),
        "strategy": turn.result.strategy,
        "next_action": turn.result.next_action,
        "overall": turn.result.score.overall,
    }));
    turns.drain(..turns.len().saturating_sub(TURNS));
    let last_errors = errors_of(&turns);
    body.insert("session_id".to_owned(), json!(turn.request.session_id));
    let owner = user.map(str::to_owned).or_else(|| user_of(&body).map(str::to_owned));
    body.insert("user_id".to_owned(), json!(owner));
    body.insert("turn_count".to_owned(), json!(count + 1));
    body.insert("turns".to_owned(), json!(turns));
    body.insert("last_errors".to_owned(), json!(last_errors));
    body.insert("updated_at".to_owned(), json!(turn.now));
    Some(body)
}

/// The session without one job's turn; `None` when it has no such turn.
pub fn without_turn(old: &Map<String, Value>, job: &str) -> Option<Map<String, Value>> {
    let (mut body, turns) = (old.clone(), array(old, "turns"));
    let kept: Vec<Value> = turns.iter().filter(|turn| turn["job_id"] != job).cloned().collect();
    if kept.len() == turns.len() {
        return None;
    }
    applied::forget(&mut body, job);
    body.insert("turn_count".to_owned(), json!(kept.len()));
    body.insert("last_errors".to_owned(), json!(errors_of(&kept)));
    body.insert("turns".to_owned(), json!(kept));
    Some(body)
}

/// Whether a job's turn was the first of the session.
pub fn was_begun_by(session: Option<&Map<String, Value>>, job: &str) -> bool {
    session.and_then(|body| body.get("begun_by")).is_some_and(|first| first == job)
}

/// Whether the session has no turn left.
pub fn is_empty(body: &Map<String, Value>) -> bool {
    array(body, "turns").is_empty()
}

fn user_of(body: &Map<String, Value>) -> Option<&str> {
    body.get("user_id").and_then(Value::as_str)
}

/// Whether the session is a learner's and the user is another one. A user who is not named may be the same.
fn is_anothers(body: &Map<String, Value>, user: Option<&str>) -> bool {
    is_another(user_of(body), user)
}

fn is_another(owner: Option<&str>, user: Option<&str>) -> bool {
    matches!((owner, user), (Some(owner), Some(user)) if owner != user)
}

/// The last errors of these turns.
fn errors_of(turns: &[Value]) -> Vec<Value> {
    let errors: Vec<Value> = turns
        .iter()
        .flat_map(|turn| turn["errors"].as_array().cloned().unwrap_or_default())
        .collect();
    errors[errors.len().saturating_sub(LAST_ERRORS)..].to_vec()
}

/// A turn as it is kept for the session's next requests.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptTurn {
    user: Option<String>,
    #[serde(flatten)]
    turn: PastTurn,
}

impl KeptTurn {
    pub fn of(request: &AnalyzeRequest, aggregate: &Aggregate, past: &[PastTurn]) -> KeptTurn {
        let result = &aggregate.result;
        let errors = result.analysis.grammar.had().map_or(&[][..], |grammar| &grammar.errors);
        let concepts: BTreeSet<&String> = errors.iter().map(|error| &error.concept).collect();
        KeptTurn {
            user: request.user_id.clone(),
            turn: PastTurn {
                number: number(past),
                strategy: result.strategy.as_str().to_owned(),
                concepts: concepts.into_iter().cloned().collect(),
                exercise: aggregate.exercise.clone(),
            },
        }
    }
}

/// The place in the session, from 1, of the turn that comes after these.
pub fn number(past: &[PastTurn]) -> u32 {
    past.last().map_or(0, |turn| turn.number).saturating_add(1)
}

/// The user's turns among the session's last ones, oldest first. What cannot be read is left out: an answer that looks
/// back on less is better than none.
pub fn past_turns(kept: &[String], user: Option<&str>) -> Vec<PastTurn> {
    let mut owner: Option<String> = None;
    let mut own = Vec::new();
    let turns = kept.iter().filter_map(|turn| serde_json::from_str::<KeptTurn>(turn).ok());
    for KeptTurn { user, turn } in turns {
        // A session begins anew with another learner.
        if is_another(owner.as_deref(), user.as_deref()) {
            own.clear();
        }
        owner = user.or(owner);
        own.push(turn);
    }
    if is_another(owner.as_deref(), user) { Vec::new() } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(json: Value) -> Map<String, Value> {
        json.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_turn_is_taken_out_with_its_errors() {
        let turn = |job: &str| json!({"job_id": job, "text": job, "errors": [{"rule": job}]});
        let old = body(json!({"turns": [turn("a"), turn("b")], "turn_count": 2}));
        let left = without_turn(&old, "a").unwrap();
        assert!(!json!(left).to_string().contains("\"a\""));
        assert_eq!(left["last_errors"], json!([{"rule": "b"}]));
        assert_eq!(without_turn(&left, "a"), None);
    }

    #[test]
    fn nobody_looks_back_on_anothers_turns() {
        let turn = |user: Option<&str>| {
            json!({"user": user, "strategy": "praise", "concepts": []}).to_string()
        };
        let kept = [turn(Some("lan")), turn(None)];
        assert_eq!(past_turns(&kept, Some("lan")).len(), 2);
        assert_eq!(past_turns(&kept, None).len(), 2);
        assert_eq!(past_turns(&kept, Some("minh")).len(), 0);
        let shared = [turn(Some("lan")), turn(Some("minh")), turn(Some("minh"))];
        assert_eq!(past_turns(&shared, Some("minh")).len(), 2);
        assert_eq!(past_turns(&["{".to_owned(), turn(None)], None).len(), 1);
    }
}
