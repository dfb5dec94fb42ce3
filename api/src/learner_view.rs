//! A learner's profile as clients see it. What was forgotten since the last text, and what is due for review, is worked
//! out for the moment of the request. Pure: the clock is an argument.

use crate::document_view::Stored;
use lexilingo_shared::{
    level::Level,
    mastery::{self, MASTERED, Mastery},
    time::Timestamp,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Concepts that are named as strengths, and as weaknesses.
const NAMED: usize = 5;

#[derive(Debug, Serialize, ToSchema)]
pub struct CommonError {
    #[serde(rename = "type")]
    #[schema(required = true)]
    pub kind: Option<String>,
    pub frequency: u64,
    pub examples: Vec<String>,
    /// The newer half of the last twenty texts against the older one; `null` before the fourth text.
    #[schema(required = true)]
    pub trend: Option<Trend>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    Improving,
    Stable,
    Worsening,
}

/// How well one concept is mastered.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConceptMastery {
    pub concept: String,
    /// 0 to 1, today: what is not used becomes unsure (0.5).
    pub mastery: f64,
    /// Opportunities of use that were taken rightly.
    pub right: u64,
    /// Those that went wrong.
    pub wrong: u64,
    /// Days after which recall has fallen to a half.
    pub half_life_days: f64,
    pub last_used: Timestamp,
    /// When recall falls to 0.7.
    pub due_at: Timestamp,
}

/// The level that the last twenty texts show.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct EstimatedLevel {
    pub level: Level,
    /// 0 to 1.
    pub score: f64,
    /// 0 to 1: twenty texts are enough.
    pub confidence: f64,
    /// The way gone to the next level, 0 to 1.
    pub progress: f64,
}

/// Mean scores of the newer half of the last twenty texts less those of the older one, each from -1 to 1.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ImprovementRate {
    #[schema(required = true)]
    pub grammar: Option<f64>,
    #[schema(required = true)]
    pub vocabulary: Option<f64>,
    #[schema(required = true)]
    pub fluency: Option<f64>,
}

/// What is known of a learner.
#[derive(Debug, Serialize, ToSchema)]
pub struct Learner {
    pub user_id: String,
    /// As the last request named it.
    #[schema(required = true)]
    pub level: Option<String>,
    #[schema(required = true)]
    pub estimated_level: Option<EstimatedLevel>,
    #[schema(required = true)]
    pub native_language: Option<String>,
    /// The most frequent first.
    pub common_errors: Vec<CommonError>,
    /// `null` before the fourth text.
    #[schema(required = true)]
    pub improvement_rate: Option<ImprovementRate>,
    /// The weakest first.
    pub mastery: Vec<ConceptMastery>,
    /// Concepts whose review is due, the longest overdue first.
    pub due_reviews: Vec<String>,
    /// The best mastered concepts.
    pub strengths: Vec<String>,
    /// Concepts that went wrong and are not mastered, the weakest first.
    pub weaknesses: Vec<String>,
    /// What to repair first; a weak foundation comes before what rests on it.
    pub recommended_focus: Vec<String>,
    #[schema(required = true)]
    pub next_concept: Option<String>,
    pub vocabulary_count: u64,
    pub sessions_completed: u64,
    pub interactions: u64,
    #[schema(required = true)]
    pub last_active: Option<String>,
    pub expires_at: Timestamp,
}

/// The profile at a moment.
pub fn learner(
    user_id: String,
    body: &Map<String, Value>,
    expires_at: Timestamp,
    now: Timestamp,
) -> Learner {
    let stored = Stored(body);
    let masteries: BTreeMap<String, Mastery> = masteries(&stored.any("mastery"));
    let mut shown: Vec<ConceptMastery> =
        masteries.iter().map(|(concept, known)| concept_mastery(concept, known, now)).collect();
    shown.sort_by(|a, b| a.mastery.total_cmp(&b.mastery));
    let named = |concepts: &mut dyn Iterator<Item = &ConceptMastery>| {
        concepts.take(NAMED).map(|shown| shown.concept.clone()).collect()
    };
    let is_strong = |shown: &&ConceptMastery| shown.mastery >= MASTERED;
    let is_weak = |shown: &&ConceptMastery| shown.wrong > 0 && shown.mastery < MASTERED;
    Learner {
        user_id,
        level: stored.text("level"),
        estimated_level: read(&stored.any("estimated_level")),
        native_language: stored.text("native_language"),
        common_errors: stored.objects("common_errors").iter().map(common_error).collect(),
        improvement_rate: read(&stored.any("improvement_rate")),
        due_reviews: mastery::due(masteries.iter().map(|(id, known)| (id.as_str(), known)), now)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        strengths: named(&mut shown.iter().rev().filter(is_strong)),
        weaknesses: named(&mut shown.iter().filter(is_weak)),
        mastery: shown,
        recommended_focus: stored.texts("recommended_focus"),
        next_concept: stored.text("next_concept"),
        vocabulary_count: stored.count("vocabulary_count"),
        sessions_completed: stored.count("sessions_completed"),
        interactions: stored.count("interactions"),
        last_active: stored.text("last_active"),
        expires_at,
    }
}

fn masteries(stored: &Value) -> BTreeMap<String, Mastery> {
    let members = stored.as_object().into_iter().flatten();
    members.filter_map(|(concept, stored)| Some((concept.clone(), read(stored)?))).collect()
}

fn concept_mastery(concept: &str, known: &Mastery, now: Timestamp) -> ConceptMastery {
    ConceptMastery {
        concept: concept.to_owned(),
        mastery: rounded(known.at(now)),
        right: known.right_uses,
        wrong: known.wrong_uses,
        half_life_days: rounded(known.half_life()),
        last_used: known.last_used,
        due_at: known.due(),
    }
}

fn common_error(body: &Map<String, Value>) -> CommonError {
    let stored = Stored(body);
    CommonError {
        kind: stored.text("type"),
        frequency: stored.count("frequency"),
        examples: stored.texts("examples"),
        trend: read(&stored.any("trend")),
    }
}

/// None for what is missing or of another shape.
fn read<T: DeserializeOwned>(stored: &Value) -> Option<T> {
    T::deserialize(stored).ok()
}

fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::time::Duration;

    const THEN: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn seen(body: &Value, days: u64) -> Learner {
        let now = THEN.plus(Duration::from_secs(days * 86_400));
        learner("mai".to_owned(), body.as_object().unwrap(), now, now)
    }

    #[test]
    fn mastery_fades_and_reviews_fall_due_with_time_alone() {
        let known = Mastery::new(THEN).with(4, 0, THEN);
        let body = json!({"mastery": {"articles": known}});
        let (fresh, later) = (seen(&body, 0), seen(&body, 60));
        assert_eq!(fresh.strengths, ["articles"]);
        assert!(fresh.due_reviews.is_empty());
        assert_eq!(later.due_reviews, ["articles"]);
        assert!(later.strengths.is_empty() && later.mastery[0].mastery < fresh.mastery[0].mastery);
        assert!(later.weaknesses.is_empty(), "what is forgotten was never wrong");
    }

    #[test]
    fn the_weakest_concept_comes_first() {
        let of = |right, wrong| Mastery::new(THEN).with(right, wrong, THEN);
        let body = json!({"mastery": {"a": of(5, 0), "b": of(0, 3), "c": of(1, 2)}});
        let learner = seen(&body, 0);
        let order: Vec<&str> = learner.mastery.iter().map(|shown| shown.concept.as_str()).collect();
        assert_eq!(order, ["b", "c", "a"]);
        assert_eq!(
            (learner.weaknesses, learner.strengths),
            (vec!["b".into(), "c".into()], vec!["a".into()])
        );
        assert_eq!((learner.mastery[1].right, learner.mastery[1].wrong), (1, 2));
    }

    #[test]
    fn what_another_release_wrote_reads_as_empty() {
        let body = json!({"mastery": {"a": 7}, "estimated_level": "B1", "improvement_rate": []});
        let learner = seen(&body, 0);
        assert!(learner.mastery.is_empty() && learner.estimated_level.is_none());
    }
}
