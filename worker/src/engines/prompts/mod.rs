//! What language models are told. A changed text gets a new version, so that a result names what it was made with.

use crate::{engine::EngineInput, task::Task};
use lexilingo_engine_protocol::completion::Prompt;
use lexilingo_language::suggestion::Kind;
use lexilingo_shared::level::Level;
use serde_json::{Map, Value, json};

/// Versions of the two texts.
pub const COMPREHENSIVE: &str = "comprehensive-1";
pub const VIETNAMESE: &str = "vietnamese-1";

/// The same text gets the same answer, whenever it is asked for.
pub const SEED: u32 = 20_241_123;

/// Entries that an answer may have: more than a learner can take in at once.
const MOST_ERRORS: usize = 12;
/// Characters of a group of words, and of a reply.
const LONGEST_WORDS: usize = 60;
const LONGEST_REPLY: usize = 320;

/// Fluency, vocabulary level, errors with corrections, confidence and reply of one text, as far as they are asked for.
pub fn comprehensive(input: &EngineInput) -> Prompt {
    Prompt {
        system: include_str!("comprehensive.txt").trim().to_owned(),
        user: format!("Learner's level: {}. Text: {}", input.level, input.text),
        schema: Some(schema(&input.tasks)),
        max_tokens: 400,
        temperature: 0.0,
        seed: SEED,
    }
}

/// Every array, string and number is bounded, so that every answer comes to an end and parses. What is worth most comes
/// first: an answer that is cut short is used as far as it came.
fn schema(tasks: &[Task]) -> Value {
    let words = json!({"type": "string", "maxLength": LONGEST_WORDS});
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
    let error = json!({
        "type": "object", "additionalProperties": false, "required": ["wrong", "right", "type"],
        "properties": {"wrong": words, "right": words, "type": {"type": "string", "enum": kinds}},
    });
    let errors = json!({"type": "array", "maxItems": MOST_ERRORS, "items": error});
    let percent = json!({"type": "integer", "minimum": 0, "maximum": 100});
    let levels: Vec<String> = Level::ALL.iter().map(Level::to_string).collect();
    let asked = |task| tasks.contains(&task);
    let members = [
        (asked(Task::Grammar), "errors", errors),
        (asked(Task::Fluency), "fluency", percent.clone()),
        (asked(Task::Vocabulary), "level", json!({"type": "string", "enum": levels})),
        (asked(Task::Grammar), "confidence", percent),
        (asked(Task::Dialogue), "reply", json!({"type": "string", "maxLength": LONGEST_REPLY})),
    ];
    let properties: Map<String, Value> = members
        .into_iter()
        .filter(|(asked, ..)| *asked)
        .map(|(_, name, schema)| (name.to_owned(), schema))
        .collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

/// A Vietnamese explanation of the findings. None when there is nothing to explain.
pub fn vietnamese(input: &EngineInput) -> Option<Prompt> {
    if input.findings.is_empty() {
        return None;
    }
    let edits: Vec<String> = input
        .findings
        .iter()
        .take(3)
        .map(|e| format!("“{}” → “{}” ({})", e.error, e.correction, e.explanation_vi))
        .collect();
    Some(Prompt {
        system: include_str!("vietnamese.txt").trim().to_owned(),
        user: format!("Câu: {}\nChỗ sửa: {}", input.text, edits.join("; ")),
        schema: None,
        max_tokens: 160,
        temperature: 0.0,
        seed: SEED,
    })
}
