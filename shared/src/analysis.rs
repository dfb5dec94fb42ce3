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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VocabularyProfile {
    #[serde(flatten)]
    pub shares: BTreeMap<Level, f64>,
    pub coverage: f64,
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
