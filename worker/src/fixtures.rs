//! What several unit tests begin with.

use lexilingo_shared::{
    analysis::{GrammarError, Severity, Spans},
    errant::{Category, ErrantType},
};

/// A verb error at the first place of `wrong` in `text`.
pub fn error(text: &str, wrong: &str, right: &str) -> GrammarError {
    let start = text.find(wrong).unwrap();
    let range = start..start + wrong.len();
    let spans = Spans::of(text, std::slice::from_ref(&range)).remove(0);
    GrammarError {
        id: "e1".to_owned(),
        kind: "verb_tense".to_owned(),
        errant: ErrantType::replacement(Category::VerbTense),
        error: wrong.to_owned(),
        correction: right.to_owned(),
        explanation: format!("“{wrong}” must be “{right}”."),
        explanation_vi: format!("“{wrong}” phải là “{right}”."),
        hints: Default::default(),
        severity: Severity::Moderate,
        rule: "past-tense".to_owned(),
        concept: "past-simple".to_owned(),
        sources: vec!["rules".to_owned()],
        confidence: 0.9,
        start_pos: spans.code_point[0],
        end_pos: spans.code_point[1],
        spans,
    }
}
