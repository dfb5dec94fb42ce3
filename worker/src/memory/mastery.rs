//! How well the learner masters each concept of the knowledge graph, as the profile keeps it.

use super::turn::Turn;
use lexilingo_language::knowledge::{KnowledgeGraph, weakest_prerequisite};
use lexilingo_shared::{
    mastery::{MASTERED, Mastery},
    time::Timestamp,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const MEMBER: &str = "mastery";
/// Concepts that are recommended at once.
const FOCUS: usize = 2;

/// By concept; no more than there are in the graph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Masteries(BTreeMap<String, Mastery>);

impl Masteries {
    /// What the profile holds; an entry that cannot be read is left out.
    pub fn of(body: &Map<String, Value>) -> Masteries {
        let stored = body.get(MEMBER).and_then(Value::as_object);
        let entry = |(concept, stored): (&String, &Value)| {
            Some((concept.clone(), serde_json::from_value(stored.clone()).ok()?))
        };
        Masteries(stored.into_iter().flatten().filter_map(entry).collect())
    }

    /// With what a turn's text shows.
    pub fn with(mut self, turn: &Turn<'_>) -> Masteries {
        let graph = KnowledgeGraph::shared();
        for (concept, [right, wrong]) in turn.evidence() {
            if graph.concept(&concept).is_some() {
                let known = self.0.entry(concept).or_insert_with(|| Mastery::new(turn.now));
                *known = known.with(right, wrong, turn.now);
            }
        }
        self
    }

    pub fn store(&self, body: &mut Map<String, Value>) {
        body.insert(MEMBER.to_owned(), json!(self.0));
    }

    /// Mastery of each concept now, in 0..=1.
    pub fn at(&self, now: Timestamp) -> BTreeMap<String, f64> {
        self.0.iter().map(|(concept, known)| (concept.clone(), known.at(now))).collect()
    }

    /// What to repair first: the weakest concepts that went wrong, or what is weaker still below them.
    pub fn focus(&self, now: Timestamp) -> Vec<String> {
        let graph = KnowledgeGraph::shared();
        let figure = |id: &str| self.0.get(id).map(|known| known.at(now));
        let failed = self.0.iter().filter(|(_, known)| known.wrong_uses > 0);
        let mut weak: Vec<(f64, &str)> = failed
            .map(|(concept, known)| (known.at(now), concept.as_str()))
            .filter(|(figure, _)| *figure < MASTERED)
            .collect();
        weak.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
        let mut focus: Vec<String> = Vec::new();
        for (own, concept) in weak {
            let below = weakest_prerequisite(graph, concept, figure)
                .map(|below| below.id.as_str())
                .filter(|below| figure(below).is_some_and(|figure| figure < own));
            let chosen = below.unwrap_or(concept);
            if !focus.iter().any(|other| other == chosen) {
                focus.push(chosen.to_owned());
            }
        }
        focus.truncate(FOCUS);
        focus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn shown(uses: &[(&str, u32, u32)]) -> Masteries {
        let entry = |(concept, right, wrong): &(&str, u32, u32)| {
            ((*concept).to_owned(), Mastery::new(NOW).with(*right, *wrong, NOW))
        };
        Masteries(uses.iter().map(entry).collect())
    }

    #[test]
    fn what_is_stored_reads_back() {
        let mut body = Map::new();
        let known = shown(&[("past-simple", 1, 2)]);
        known.store(&mut body);
        assert_eq!(Masteries::of(&body), known);
        body.insert(MEMBER.to_owned(), json!({"past-simple": 7}));
        assert_eq!(Masteries::of(&body), Masteries::default());
    }

    #[test]
    fn the_focus_is_what_went_wrong_weakest_first() {
        let known =
            shown(&[("capital-letters", 0, 1), ("plural-nouns", 0, 4), ("questions", 5, 0)]);
        assert_eq!(known.focus(NOW), ["plural-nouns", "capital-letters"]);
        assert_eq!(shown(&[("articles", 5, 0)]).focus(NOW), [""; 0]);
    }

    #[test]
    fn a_weaker_foundation_comes_before_what_rests_on_it() {
        let known = shown(&[("since-and-for", 1, 2), ("past-simple", 0, 4)]);
        assert_eq!(known.focus(NOW), ["past-simple"]);
    }
}
