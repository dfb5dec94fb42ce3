use super::*;
use crate::{analysis::Lexicon, knowledge::KnowledgeGraph};

fn shown(lexicon: &Lexicon, text: &str) -> Vec<&'static str> {
    uses(&Sentence::new(text, lexicon)).into_iter().map(|found| found.concept).collect()
}

#[test]
fn every_look_is_for_a_concept_of_the_graph() {
    let graph = KnowledgeGraph::load();
    for concept in wording::concepts() {
        assert!(graph.concept(concept).is_some(), "{concept}");
    }
}

#[test]
fn uses_are_seen() {
    let lexicon = Lexicon::load();
    let graph = KnowledgeGraph::load();
    let mut unseen = Vec::new();
    for (text, concept) in [
        ("I have lived here since 2010.", "since-and-for"),
        ("She has never eaten fish.", "present-perfect"),
        ("They have been waiting for an hour.", "present-perfect-continuous"),
        ("The train had left.", "past-perfect"),
        ("They were playing football.", "past-continuous"),
        ("She is reading a book.", "present-continuous"),
        ("The house was built by my uncle.", "passive-voice"),
        ("The road must be repaired.", "passive-forms"),
        ("She was born in Hue.", "be-born"),
        ("You should have told me.", "modal-perfect"),
        ("If it rains, we will stay home.", "first-conditional"),
        ("If I had money, I would travel.", "second-conditional"),
        ("If I had known, I would have come.", "third-conditional"),
        ("If you heat ice, it melts.", "zero-conditional"),
        ("I went home yesterday.", "irregular-forms"),
        ("I went home yesterday.", "tense-confusion"),
        ("Do you like tea?", "questions"),
        ("She does not eat meat.", "do-support"),
        ("There are two dogs.", "there-is-there-are"),
        ("The price of the tickets is high.", "agreement-at-a-distance"),
        ("Nam and Lan are here.", "compound-subjects"),
        ("He is taller than me.", "comparatives"),
        ("This is the best day.", "superlatives"),
        ("I want to sleep.", "infinitives"),
        ("Thank you for coming.", "gerunds"),
        ("One of my friends is ill.", "one-of-the-plural"),
        ("I don't know where he lives.", "embedded-questions"),
        ("The man who called is tall.", "relative-clauses"),
        ("My brother's car is old.", "possessive-s"),
        ("I was born in June.", "prepositions-of-time"),
        ("She is good at maths.", "adjective-prepositions"),
    ] {
        let found = shown(&lexicon, text);
        if !found.contains(&concept) {
            unseen.push(format!("{concept} in {text}: {found:?}"));
        }
        assert!(found.iter().all(|concept| graph.concept(concept).is_some()), "{found:?}");
    }
    assert!(unseen.is_empty(), "{}", unseen.join("\n"));
}

#[test]
fn what_only_looks_alike_is_no_use() {
    let lexicon = Lexicon::load();
    for (text, concept) in [
        ("I have a car.", "present-perfect"),
        ("She is tall.", "present-continuous"),
        ("I live here.", "past-simple"),
        ("It's a dog.", "possessive-s"),
        ("I will ask if he knows.", "second-conditional"),
        ("Who are you?", "relative-clauses"),
        ("He walked to school.", "infinitives"),
        ("There he goes.", "there-is-there-are"),
        ("I saw her last week.", "since-and-for"),
        ("The dog barked.", "passive-voice"),
    ] {
        let found = shown(&lexicon, text);
        assert!(!found.contains(&concept), "{text}: {found:?}");
    }
}
