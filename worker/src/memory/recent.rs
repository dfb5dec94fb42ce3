//! The learner's last texts in figures: what trends and the estimated level are made of.

use super::turn::{Turn, array};
use crate::tutor::score;
use lexilingo_language::learner::{self, Estimate, History};
use lexilingo_shared::{level::Level, time::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const MEMBER: &str = "recent";
/// Texts that are kept: as many as the estimate of the level needs to be sure.
const KEPT: usize = 20;
/// Fewer texts than this show no trend.
const LEAST: usize = 4;
/// A change by less than this share is none.
const STEADY: f64 = 0.15;

/// One text that was judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Text {
    at: Timestamp,
    /// How many by their original names.
    errors: BTreeMap<String, u32>,
    vocabulary: Option<Level>,
    /// In 0..=1.
    fluency: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    Improving,
    Stable,
    Worsening,
}

/// The mean score of the newer half less that of the older one, each in −1..=1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Improvement {
    pub grammar: Option<f64>,
    pub vocabulary: Option<f64>,
    pub fluency: Option<f64>,
}

/// The last texts, oldest first.
pub struct Recent(Vec<Text>);

impl Recent {
    /// What the profile holds; a text that cannot be read is left out.
    pub fn of(body: &Map<String, Value>) -> Recent {
        let texts = array(body, MEMBER).into_iter();
        Recent(texts.filter_map(|text| serde_json::from_value(text).ok()).collect())
    }

    /// With a turn's text, where its English was judged. In the order in which the texts were finished, whoever writes
    /// them first.
    pub fn with(mut self, turn: &Turn<'_>) -> Recent {
        let analysis = &turn.result.analysis;
        let Some(grammar) = analysis.grammar.had() else { return self };
        let mut errors = BTreeMap::new();
        for error in &grammar.errors {
            *errors.entry(error.kind.clone()).or_insert(0) += 1;
        }
        let text = Text {
            at: turn.now,
            errors,
            vocabulary: analysis.vocabulary.had().copied(),
            fluency: analysis.fluency.had().copied(),
        };
        let place = self.0.partition_point(|other| other.at <= text.at);
        self.0.insert(place, text);
        self.0.drain(..self.0.len().saturating_sub(KEPT));
        self
    }

    pub fn store(&self, body: &mut Map<String, Value>) {
        body.insert(MEMBER.to_owned(), json!(self.0));
    }

    /// Whether errors of a type grow rarer: the newer half of the texts against the older one.
    pub fn trend(&self, kind: &str) -> Option<Trend> {
        let count = |text: &Text| Some(f64::from(text.errors.get(kind).copied().unwrap_or(0)));
        let (older, newer) = self.halves(count)?;
        Some(if newer < older * (1.0 - STEADY) {
            Trend::Improving
        } else if newer > older * (1.0 + STEADY) {
            Trend::Worsening
        } else {
            Trend::Stable
        })
    }

    /// None while there are too few texts.
    pub fn improvement(&self) -> Option<Improvement> {
        if self.0.len() < LEAST {
            return None;
        }
        let gain = |(older, newer): (f64, f64)| ((newer - older) * 100.0).round() / 100.0;
        Some(Improvement {
            grammar: self.halves(|text| Some(score::grammar(text.total() as usize))).map(gain),
            vocabulary: self.halves(|text| text.vocabulary.map(score::vocabulary)).map(gain),
            fluency: self.halves(|text| text.fluency).map(gain),
        })
    }

    pub fn estimate(&self) -> Option<Estimate> {
        let add =
            |past: History, text: &Text| past.with(text.total(), text.vocabulary, text.fluency);
        learner::estimate(&self.0.iter().fold(History::default(), add))
    }

    /// Means of a figure over the older and the newer half.
    fn halves(&self, figure: impl Fn(&Text) -> Option<f64>) -> Option<(f64, f64)> {
        let half = self.0.len() / 2;
        let mean = |texts: &[Text]| {
            let had: Vec<f64> = texts.iter().filter_map(&figure).collect();
            (!had.is_empty()).then(|| had.iter().sum::<f64>() / had.len() as f64)
        };
        let enough = self.0.len() >= LEAST;
        let (older, newer) = (mean(&self.0[..half]), mean(&self.0[self.0.len() - half..]));
        enough.then_some((older?, newer?))
    }
}

impl Text {
    fn total(&self) -> u32 {
        self.errors.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    fn text(minute: i64, errors: u32) -> Text {
        Text {
            at: Timestamp::from_millis(minute * 60_000),
            errors: BTreeMap::from([("article".to_owned(), errors)]),
            vocabulary: Some(Level::A2),
            fluency: Some(0.8),
        }
    }

    fn recent(errors: &[u32]) -> Recent {
        Recent((0..).zip(errors).map(|(minute, errors)| text(minute, *errors)).collect())
    }

    #[test]
    fn a_trend_needs_four_texts_and_a_clear_change() {
        assert_eq!(recent(&[3, 2, 0]).trend("article"), None);
        assert_eq!(recent(&[3, 2, 1, 0]).trend("article"), Some(Trend::Improving));
        assert_eq!(recent(&[0, 0, 1, 0]).trend("article"), Some(Trend::Worsening));
        assert_eq!(recent(&[2, 1, 1, 2]).trend("article"), Some(Trend::Stable));
        assert_eq!(recent(&[2, 1, 1, 2]).trend("spelling"), Some(Trend::Stable));
    }

    #[test]
    fn improvement_is_told_by_trait_and_only_where_there_is_one() {
        let better = recent(&[4, 4, 0, 0]).improvement();
        let expected =
            Improvement { grammar: Some(0.4), vocabulary: Some(0.0), fluency: Some(0.0) };
        assert_eq!(better, Some(expected));
        let mut silent = recent(&[1, 1, 1, 1]);
        for text in &mut silent.0 {
            text.fluency = None;
        }
        assert_eq!(silent.improvement().and_then(|found| found.fluency), None);
    }

    #[test]
    fn what_is_stored_reads_back() {
        let mut body = Map::new();
        recent(&[1, 0]).store(&mut body);
        assert_eq!(Recent::of(&body).0, recent(&[1, 0]).0);
        body.insert(MEMBER.to_owned(), json!([7, {"at": "odd"}]));
        assert_eq!(Recent::of(&body).0, []);
    }

    proptest! {
        #[test]
        fn fewer_errors_never_lower_the_level(errors in proptest::collection::vec(0u32..8, 1..20)) {
            let fewer: Vec<u32> = errors.iter().map(|n| n / 2).collect();
            let level = |errors: &[u32]| recent(errors).estimate().map(|found| found.level);
            prop_assert!(level(&fewer) >= level(&errors));
        }
    }
}
