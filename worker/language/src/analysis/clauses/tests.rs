use super::*;
use crate::analysis::{Lexicon, Sentence};

/// Kind and predicate of each clause.
fn shown(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let sentence = Sentence::new(text, lexicon);
    let shown = |clause: &Clause| {
        let verb = clause.verb.map_or("-", |verb| sentence.word(sentence.verb_groups[verb].main()));
        format!("{:?} {verb}", clause.kind)
    };
    sentence.clauses.iter().map(shown).collect()
}

#[test]
fn clauses_are_told_by_what_opens_them() {
    let lexicon = Lexicon::load();
    for (text, expected) in [
        ("She go to school.", vec!["Main go"]),
        ("I stayed at home because it rained.", vec!["Main stayed", "Subordinate rained"]),
        ("Although it rained, we went out.", vec!["Main went", "Subordinate rained"]),
        ("The man who lives next door is a doctor.", vec!["Main is", "Relative lives"]),
        ("I think he is right.", vec!["Main think", "Subordinate is"]),
        ("I was tired, I went to bed.", vec!["Main was", "Coordinate went"]),
        ("She sings and he dances.", vec!["Main sings", "Coordinate dances"]),
        ("She comes and goes.", vec!["Main comes", "Coordinate goes"]),
        ("My friend and I go home.", vec!["Main go"]),
        ("The book I bought yesterday is good.", vec!["Main is", "Relative bought"]),
        ("I don't know where she lives.", vec!["Main know", "Subordinate lives"]),
        ("Where does she live?", vec!["Main live"]),
        ("When I was young, I lived in Hue.", vec!["Main lived", "Subordinate was"]),
        ("What he said surprised me.", vec!["Main surprised", "Subordinate said"]),
        ("They playing football now.", vec!["Main playing"]),
        ("I want to go home.", vec!["Main want"]),
    ] {
        assert_eq!(shown(&lexicon, text), expected, "{text}");
    }
}

#[test]
fn every_token_lies_in_its_clause() {
    let lexicon = Lexicon::load();
    for text in [
        "The boys who play football in the park, which is old, are my friends, and I like them.",
        "If you come (and I hope so), we will eat; then we sleep.",
        "because",
        ", and who that .",
        "",
    ] {
        let sentence = Sentence::new(text, &lexicon);
        for at in 0..sentence.tokens.len() {
            assert!(
                sentence.clause_at(at).is_some_and(|clause| clause.tokens.contains(&at)),
                "{text} {at}"
            );
        }
    }
}
