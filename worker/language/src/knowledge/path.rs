//! A learner's way through the concepts: what to repair, and what to learn next.

use crate::knowledge::{concept::Concept, graph::KnowledgeGraph};
use lexilingo_shared::{level::Level, mastery::MASTERED};
use std::cmp::Ordering;

/// The weakest of all concepts below `id`, where one is weak. `mastery` gives 0..=1, or None for what the learner has
/// not been seen to use: that is no sign of weakness. Of equally weak ones the deeper is taken.
pub fn weakest_prerequisite<'g>(
    graph: &'g KnowledgeGraph,
    id: &str,
    mastery: impl Fn(&str) -> Option<f64>,
) -> Option<&'g Concept> {
    let seen = graph.foundations(id).into_iter().rev();
    let weak = seen.filter_map(|concept| Some((mastery(&concept.id)?, concept)));
    weak.filter(|(figure, _)| *figure < MASTERED)
        .min_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, concept)| concept)
}

/// The concept to learn next at a level: first what was seen to be weak, the most basic first, then what is new at the
/// level or one above. What it rests on is known, or below the level and never seen to fail.
pub fn next_concept(
    graph: &KnowledgeGraph,
    level: Level,
    mastery: impl Fn(&str) -> Option<f64>,
) -> Option<&Concept> {
    let known = |concept: &Concept| match mastery(&concept.id) {
        Some(figure) => figure >= MASTERED,
        None => concept.level < level,
    };
    let reachable = Level::ALL.into_iter().find(|above| *above > level).unwrap_or(level);
    let open = graph.concepts().filter(|concept| {
        !known(concept)
            && concept.level <= reachable
            && graph.prerequisites(&concept.id).into_iter().all(&known)
    });
    open.min_by(|a, b| {
        let (seen_a, seen_b) = (mastery(&a.id), mastery(&b.id));
        let weak_first = seen_b.is_some().cmp(&seen_a.is_some());
        let weaker = seen_a.partial_cmp(&seen_b).unwrap_or(Ordering::Equal);
        weak_first.then(a.level.cmp(&b.level)).then(weaker)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    #[test]
    fn the_weakest_foundation_is_found_through_several_steps() {
        let graph = KnowledgeGraph::load();
        let mastery = |id: &str| match id {
            "present-perfect" => Some(0.5),
            "past-simple" => Some(0.2),
            _ => None,
        };
        let weakest = weakest_prerequisite(&graph, "since-and-for", mastery);
        assert_eq!(weakest.map(|concept| concept.id.as_str()), Some("past-simple"));
    }

    #[test]
    fn where_nothing_was_seen_to_fail_no_foundation_is_weak() {
        let graph = KnowledgeGraph::load();
        assert!(weakest_prerequisite(&graph, "since-and-for", |_| None).is_none());
        assert!(weakest_prerequisite(&graph, "since-and-for", |_| Some(0.9)).is_none());
        assert!(weakest_prerequisite(&graph, "no-such-concept", |_| Some(0.1)).is_none());
    }

    #[test]
    fn what_is_weak_comes_before_what_is_new() {
        let graph = KnowledgeGraph::load();
        let mastery = |id: &str| (id == "articles").then_some(0.3);
        let next = next_concept(&graph, Level::B1, mastery);
        assert_eq!(next.map(|concept| concept.id.as_str()), Some("articles"));
        let new = next_concept(&graph, Level::B1, |_| None);
        assert_eq!(new.map(|concept| concept.level), Some(Level::B1));
    }

    #[test]
    fn who_masters_everything_has_nothing_next() {
        let graph = KnowledgeGraph::load();
        assert!(next_concept(&graph, Level::C2, |_| Some(1.0)).is_none());
    }

    proptest! {
        #[test]
        fn the_next_concept_rests_on_nothing_weak(figures in proptest::collection::vec(0.0f64..1.0, 200)) {
            let graph = KnowledgeGraph::load();
            let ids: Vec<&str> = graph.concepts().map(|concept| concept.id.as_str()).collect();
            let mastery = |id: &str| {
                let place = ids.iter().position(|other| *other == id)?;
                figures.get(place).copied()
            };
            if let Some(next) = next_concept(&graph, Level::B2, mastery) {
                let below = graph.prerequisites(&next.id);
                prop_assert!(below.iter().all(|c| mastery(&c.id).is_none_or(|m| m >= MASTERED)));
                prop_assert!(mastery(&next.id).is_none_or(|m| m < MASTERED));
            }
        }
    }
}
