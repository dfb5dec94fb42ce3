//! The concepts as a graph: what must be known before what, and what is related.

use crate::knowledge::concept::{self, Concept};
use petgraph::{
    Direction::{self, Incoming, Outgoing},
    graph::{DiGraph, NodeIndex},
    visit::EdgeRef,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::LazyLock,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    /// From what comes first to what rests on it.
    Prerequisite,
    Related,
}

/// All concepts and their links, in memory; about 180 concepts.
pub struct KnowledgeGraph {
    graph: DiGraph<Concept, Link>,
    places: HashMap<String, NodeIndex>,
    /// The fields of words that a lemma belongs to.
    fields: HashMap<String, Vec<NodeIndex>>,
}

impl KnowledgeGraph {
    pub fn load() -> KnowledgeGraph {
        KnowledgeGraph::of(concept::all())
    }

    /// The graph of this process: it is the same for everybody and never changes.
    pub fn shared() -> &'static KnowledgeGraph {
        static SHARED: LazyLock<KnowledgeGraph> = LazyLock::new(KnowledgeGraph::load);
        &SHARED
    }

    /// Links to concepts that do not exist are left out.
    fn of(concepts: Vec<Concept>) -> KnowledgeGraph {
        let mut graph = DiGraph::with_capacity(concepts.len(), concepts.len() * 2);
        let mut places = HashMap::with_capacity(concepts.len());
        for concept in concepts {
            let id = concept.id.clone();
            places.insert(id, graph.add_node(concept));
        }
        let mut links = Vec::new();
        for to in graph.node_indices() {
            let concept: &Concept = &graph[to];
            let place = |id: &String| places.get(id).copied();
            let needed = concept.needs.iter().filter_map(place);
            links.extend(needed.map(|from| (from, to, Link::Prerequisite)));
            let related = concept.related.iter().filter_map(place);
            links.extend(related.map(|from| (from, to, Link::Related)));
        }
        for (from, to, link) in links {
            graph.add_edge(from, to, link);
        }
        let mut fields: HashMap<String, Vec<NodeIndex>> = HashMap::new();
        for place in graph.node_indices() {
            for word in graph[place].words.split_whitespace() {
                fields.entry(word.to_owned()).or_default().push(place);
            }
        }
        KnowledgeGraph { graph, places, fields }
    }

    /// Every concept, basic ones first within grammar and within vocabulary.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.graph.node_weights()
    }

    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.places.get(id).map(|place| &self.graph[*place])
    }

    /// Fields of words that a lower-case lemma belongs to.
    pub fn fields_of(&self, lemma: &str) -> impl Iterator<Item = &Concept> {
        self.fields.get(lemma).into_iter().flatten().map(|place| &self.graph[*place])
    }

    /// What must be known directly before this concept.
    pub fn prerequisites(&self, id: &str) -> Vec<&Concept> {
        self.linked(id, Link::Prerequisite, Incoming)
    }

    /// What rests directly on this concept.
    pub fn unlocks(&self, id: &str) -> Vec<&Concept> {
        self.linked(id, Link::Prerequisite, Outgoing)
    }

    /// What is related, whichever of the two names the other.
    pub fn related(&self, id: &str) -> Vec<&Concept> {
        let mut found = self.linked(id, Link::Related, Incoming);
        found.extend(self.linked(id, Link::Related, Outgoing));
        found.sort_by(|a, b| a.id.cmp(&b.id));
        found.dedup_by(|a, b| a.id == b.id);
        found
    }

    /// Everything below a concept, nearest first, each once.
    pub fn foundations(&self, id: &str) -> Vec<&Concept> {
        let Some(start) = self.places.get(id) else { return Vec::new() };
        let mut seen = HashSet::from([*start]);
        let mut waiting = VecDeque::from([*start]);
        let mut found = Vec::new();
        while let Some(place) = waiting.pop_front() {
            for edge in self.graph.edges_directed(place, Incoming) {
                if *edge.weight() == Link::Prerequisite && seen.insert(edge.source()) {
                    waiting.push_back(edge.source());
                    found.push(&self.graph[edge.source()]);
                }
            }
        }
        found
    }

    fn linked(&self, id: &str, link: Link, direction: Direction) -> Vec<&Concept> {
        let Some(place) = self.places.get(id) else { return Vec::new() };
        let mut found: Vec<&Concept> = self
            .graph
            .edges_directed(*place, direction)
            .filter(|edge| *edge.weight() == link)
            .map(|edge| if direction == Incoming { edge.source() } else { edge.target() })
            .map(|place| &self.graph[place])
            .collect();
        // petgraph gives the newest edge first.
        found.reverse();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::algo::is_cyclic_directed;

    #[test]
    fn no_concept_needs_itself() {
        let loaded = KnowledgeGraph::load();
        let needs = loaded.graph.filter_map(
            |_, concept| Some(concept),
            |_, link| (*link == Link::Prerequisite).then_some(()),
        );
        assert!(!is_cyclic_directed(&needs));
    }

    #[test]
    fn every_link_leads_to_a_concept_and_never_upwards() {
        let loaded = KnowledgeGraph::load();
        for concept in loaded.concepts() {
            for id in concept.needs.iter().chain(&concept.related) {
                assert!(loaded.concept(id).is_some(), "{} names {id}", concept.id);
                assert_ne!(*id, concept.id);
            }
            for needed in loaded.prerequisites(&concept.id) {
                assert!(needed.level <= concept.level, "{} needs {}", concept.id, needed.id);
            }
        }
    }

    #[test]
    fn the_graph_is_at_least_as_dense_as_the_originals() {
        let loaded = KnowledgeGraph::load();
        assert!(loaded.graph.node_count() >= 79 && loaded.graph.edge_count() >= 44);
    }

    #[test]
    fn foundations_lie_below_their_concept_nearest_first() {
        let loaded = KnowledgeGraph::load();
        let below = loaded.foundations("since-and-for");
        assert_eq!(below[0].id, "present-perfect");
        assert!(below.iter().any(|concept| concept.id == "subject-pronouns"));
        let ids: HashSet<&str> = below.iter().map(|concept| concept.id.as_str()).collect();
        assert!(ids.len() == below.len() && !ids.contains("since-and-for"));
    }

    #[test]
    fn links_are_seen_from_both_ends() {
        let loaded = KnowledgeGraph::load();
        let names = |found: Vec<&Concept>| found.iter().any(|c| c.id == "present-perfect");
        assert!(
            names(loaded.prerequisites("since-and-for")) && names(loaded.unlocks("past-simple"))
        );
        assert!(loaded.related("present-continuous").iter().any(|c| c.id == "present-simple"));
        assert!(loaded.prerequisites("no-such-concept").is_empty());
    }
}
