//! The answer to one text: what the worker writes, the cache keeps and the api serves.
//!
//! Member names are the public ones (`docs/api.md`); a trait that was asked for and could not be had is `null`, one
//! that was never asked for is absent.

use crate::{errant::ErrantType, level::Level};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How much an error disturbs a reader.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Minor,
    Moderate,
    Critical,
}

/// Where an error stands, as half-open ranges `[start, end)` in three units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Spans {
    #[schema(min_items = 2, max_items = 2)]
    pub utf8: [usize; 2],
    #[schema(min_items = 2, max_items = 2)]
    pub utf16: [usize; 2],
    #[schema(min_items = 2, max_items = 2)]
    pub code_point: [usize; 2],
}

/// One edit of the learner's text with its explanation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GrammarError {
    /// `e1`, `e2`, … in the order of the text.
    pub id: String,
    /// The original system's name of the error type, for old clients.
    #[serde(rename = "type")]
    pub kind: String,
    pub errant: ErrantType,
    /// The learner's own characters; empty where something is missing.
    pub error: String,
    /// What stands there after the edit; empty where something is to be removed.
    pub correction: String,
    pub explanation: String,
    pub explanation_vi: String,
    /// Point, rule, answer: opened one after another.
    #[schema(min_items = 3, max_items = 3)]
    pub hints: [String; 3],
    pub severity: Severity,
    pub rule: String,
    pub concept: String,
    /// The engines that found it.
    pub sources: Vec<String>,
    /// Probability in 0..=1 that the edit is right.
    pub confidence: f64,
    /// Code points, as the original had them.
    pub start_pos: usize,
    pub end_pos: usize,
    pub spans: Spans,
}

/// Grammar findings; applying `errors` to the text gives exactly `corrected`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Grammar {
    pub errors: Vec<GrammarError>,
    pub corrected: String,
}

/// Shares of the known content words by level, and the share of content words that were known.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
pub struct VocabularyProfile {
    #[serde(flatten)]
    pub shares: BTreeMap<Level, f64>,
    pub coverage: f64,
    /// How sure the level of the text is, in 0..=1.
    #[serde(default)]
    pub confidence: f64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<VocabularySuggestion>,
}

/// A word of the text that could be more precise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VocabularySuggestion {
    /// As the text has it.
    pub word: String,
    pub level: Level,
    /// In the form that the sentence needs.
    pub suggestion: String,
    pub suggestion_level: Level,
    pub spans: Spans,
}

/// A trait of the answer: never asked for (absent), asked for and missing (`null`), or had.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Trait<T> {
    #[default]
    NotAsked,
    Missing,
    Had(T),
}

impl<T> Trait<T> {
    pub fn had(&self) -> Option<&T> {
        match self {
            Trait::Had(value) => Some(value),
            _ => None,
        }
    }

    pub fn is_not_asked(&self) -> bool {
        matches!(self, Trait::NotAsked)
    }

    pub fn is_missing(&self) -> bool {
        matches!(self, Trait::Missing)
    }

    /// `Had` or `Missing`: for traits that were asked for.
    pub fn asked(value: Option<T>) -> Self {
        value.map_or(Trait::Missing, Trait::Had)
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Trait<U> {
        match self {
            Trait::NotAsked => Trait::NotAsked,
            Trait::Missing => Trait::Missing,
            Trait::Had(value) => Trait::Had(f(value)),
        }
    }
}

impl<T: Serialize> Serialize for Trait<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.had().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Trait<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Trait::asked(Option::<T>::deserialize(deserializer)?))
    }
}

/// The session-independent part of an answer: what the exact cache holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Analysis {
    /// 0..=1.
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<f64>)]
    pub fluency: Trait<f64>,
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<Grammar>)]
    pub grammar: Trait<Grammar>,
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<Level>)]
    pub vocabulary: Trait<Level>,
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<VocabularyProfile>)]
    pub vocabulary_profile: Trait<VocabularyProfile>,
    /// The speech engines' own object.
    #[serde(default, skip_serializing_if = "Trait::is_not_asked")]
    #[schema(value_type = Option<serde_json::Value>)]
    pub pronunciation: Trait<serde_json::Value>,
}

impl Spans {
    /// The three spellings of byte ranges of `text`, which must be sorted by start and lie on character boundaries.
    /// One pass over the text.
    pub fn of(text: &str, ranges: &[std::ops::Range<usize>]) -> Vec<Spans> {
        let (mut byte, mut utf16, mut code_point) = (0, 0, 0);
        let mut rest = text.chars();
        let mut walk = |to: usize| {
            while byte < to {
                let Some(c) = rest.next() else { break };
                byte += c.len_utf8();
                utf16 += c.len_utf16();
                code_point += 1;
            }
            (utf16, code_point)
        };
        let mut reached = 0;
        ranges
            .iter()
            .map(|range| {
                debug_assert!(range.start >= reached, "ranges are sorted and do not overlap");
                let (start16, start_point) = walk(range.start);
                let (end16, end_point) = walk(range.end);
                reached = range.end;
                Spans {
                    utf8: [range.start, range.end],
                    utf16: [start16, end16],
                    code_point: [start_point, end_point],
                }
            })
            .collect()
    }

    fn shifted(&self, prefix: &str) -> Spans {
        let by = |span: [usize; 2], n: usize| [span[0] + n, span[1] + n];
        Spans {
            utf8: by(self.utf8, prefix.len()),
            utf16: by(self.utf16, prefix.encode_utf16().count()),
            code_point: by(self.code_point, prefix.chars().count()),
        }
    }
}

impl Grammar {
    /// Whether applying the edits to `text` gives exactly `corrected`, and every edit quotes what stands there.
    pub fn is_consistent(&self, text: &str) -> bool {
        apply(text, &self.errors).as_deref() == Some(self.corrected.as_str())
    }

    /// The same findings for a text that has `prefix` before and `suffix` behind.
    pub fn surrounded(mut self, prefix: &str, suffix: &str) -> Grammar {
        for error in &mut self.errors {
            error.spans = error.spans.shifted(prefix);
            [error.start_pos, error.end_pos] = error.spans.code_point;
        }
        self.corrected = format!("{prefix}{}{suffix}", self.corrected);
        self
    }
}

/// Applies edits, sorted by place; `None` when they overlap, leave the text or do not quote it.
pub fn apply(text: &str, errors: &[GrammarError]) -> Option<String> {
    let mut corrected = String::with_capacity(text.len());
    let mut done = 0;
    for error in errors {
        let [start, end] = error.spans.utf8;
        if start < done || text.get(start..end)? != error.error {
            return None;
        }
        corrected.push_str(&text[done..start]);
        corrected.push_str(&error.correction);
        done = end;
    }
    corrected.push_str(text.get(done..)?);
    Some(corrected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spans_count_in_three_units(before in "\\PC{0,20}", word in "\\PC{0,8}", after in "\\PC{0,8}") {
            let text = format!("{before}{word}{after}");
            let range = before.len()..before.len() + word.len();
            let spans = &Spans::of(&text, std::slice::from_ref(&range))[0];
            prop_assert_eq!(&text[spans.utf8[0]..spans.utf8[1]], word.as_str());
            let utf16: Vec<u16> = text.encode_utf16().collect();
            prop_assert_eq!(String::from_utf16(&utf16[spans.utf16[0]..spans.utf16[1]]).unwrap(), word.clone());
            let points: String = text.chars().skip(spans.code_point[0]).take(spans.code_point[1] - spans.code_point[0]).collect();
            prop_assert_eq!(points, word);
        }
    }

    #[test]
    fn a_missing_trait_is_null_and_one_not_asked_for_is_absent() {
        let analysis = Analysis {
            fluency: Trait::Missing,
            grammar: Trait::NotAsked,
            vocabulary: Trait::Had(Level::A2),
            vocabulary_profile: Trait::NotAsked,
            pronunciation: Trait::NotAsked,
        };
        let json = serde_json::to_string(&analysis).unwrap();
        assert_eq!(json, r#"{"fluency":null,"vocabulary":"A2"}"#);
        assert_eq!(serde_json::from_str::<Analysis>(&json).unwrap(), analysis);
    }
}
