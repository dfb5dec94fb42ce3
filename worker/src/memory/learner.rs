//! The learner's profile.

use super::{
    applied,
    mastery::Masteries,
    recent::Recent,
    turn::{Turn, array},
};
use lexilingo_language::knowledge::{KnowledgeGraph, next_concept};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Error types that a profile keeps, by frequency, and examples of each.
const COMMON: usize = 20;
const EXAMPLES: usize = 5;
/// Different words that a profile counts.
const WORDS: usize = 2_000;
/// From this confidence on the estimated level stands for the one that requests name.
const SURE: f64 = 0.5;

/// The learner's profile with this job counted; unchanged when it was counted before.
pub fn with_turn(
    old: Option<&Map<String, Value>>,
    turn: &Turn<'_>,
    new_session: bool,
) -> Option<Map<String, Value>> {
    let mut body = old.cloned().unwrap_or_default();
    if !applied::note(&mut body, turn.job()) {
        return None;
    }
    let number = |name: &str| body.get(name).and_then(Value::as_u64).unwrap_or(0);
    let (interactions, sessions) = (number("interactions"), number("sessions_completed"));
    let mut common = array(&body, "common_errors");
    for error in turn.errors() {
        let form = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
        let example = json!(format!("{} → {}", form("error"), form("correction")));
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
    let recent = Recent::of(&body).with(turn);
    recent.store(&mut body);
    for entry in &mut common {
        entry["trend"] = json!(entry["type"].as_str().and_then(|kind| recent.trend(kind)));
    }
    common.sort_by_key(|entry| std::cmp::Reverse(entry["frequency"].as_u64().unwrap_or(0)));
    common.truncate(COMMON);
    let words = words(&body, &turn.result.text);
    body.insert("vocabulary_count".to_owned(), json!(words.len()));
    body.insert("words".to_owned(), json!(words));
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
    body.insert("improvement_rate".to_owned(), json!(recent.improvement()));
    let estimate = recent.estimate();
    let estimated = estimate.map(|found| {
        json!({"level": found.level, "score": rounded(found.score),
               "confidence": rounded(found.confidence), "progress": rounded(found.progress)})
    });
    body.insert("estimated_level".to_owned(), json!(estimated));
    let sure = estimate.filter(|found| found.confidence >= SURE);
    let level = sure.map_or(turn.request.level(), |found| found.level);
    let masteries = Masteries::of(&body).with(turn);
    masteries.store(&mut body);
    let now = masteries.at(turn.now);
    let next = next_concept(KnowledgeGraph::shared(), level, |id| now.get(id).copied());
    body.insert("recommended_focus".to_owned(), json!(masteries.focus(turn.now)));
    body.insert("next_concept".to_owned(), json!(next.map(|concept| &concept.id)));
    Some(body)
}

fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

/// The different words that the learner has used, lower-case, the text's among them.
fn words(body: &Map<String, Value>, text: &str) -> BTreeSet<String> {
    let known = array(body, "words");
    let mut words: BTreeSet<String> =
        known.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\'') {
        let word = word.trim_matches('\'').to_lowercase();
        if words.len() < WORDS && !word.is_empty() && word.len() <= 40 {
            words.insert(word);
        }
    }
    words
}
