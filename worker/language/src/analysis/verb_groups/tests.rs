use super::*;
use crate::analysis::{Lexicon, Sentence};

/// The verbs of each group with what is said about it.
fn groups(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let sentence = Sentence::new(text, lexicon);
    let shown = |group: &VerbGroup| {
        let verbs: Vec<&str> = group.verbs.iter().map(|i| sentence.word(*i)).collect();
        format!("{} {:?} {:?}", verbs.join(" "), group.form, group.tense())
    };
    sentence.verb_groups.iter().map(shown).collect()
}

#[test]
fn groups_hold_their_auxiliaries_and_their_tense() {
    let lexicon = Lexicon::load();
    for (text, expected) in [
        ("She goes to school.", vec!["goes Finite Some(Present)"]),
        ("She has already gone home.", vec!["has gone Finite Some(Present)"]),
        ("They were not reading.", vec!["were reading Finite Some(Past)"]),
        ("I will help you.", vec!["will help Finite Some(Future)"]),
        ("I'm going to swim.", vec!["i'm going Finite Some(Present)", "swim ToInfinitive None"]),
        ("Did you see them?", vec!["did see Finite Some(Past)"]),
        ("Where does your brother live?", vec!["does live Finite Some(Present)"]),
        ("Is she tired?", vec!["is Finite Some(Present)"]),
        ("She made me cry.", vec!["made Finite Some(Past)", "cry BareInfinitive None"]),
        ("Go home now.", vec!["go Imperative None"]),
    ] {
        assert_eq!(groups(&lexicon, text), expected, "{text}");
    }
}

#[test]
fn wrong_forms_do_not_break_a_group() {
    let lexicon = Lexicon::load();
    for (text, expected) in [
        ("She go to school.", vec!["go Finite Some(Present)"]),
        ("I didn't went home.", vec!["didn't went Finite Some(Past)"]),
        ("He can speaks English.", vec!["can speaks Finite Some(Modal)"]),
        ("She has went home.", vec!["has went Finite Some(Present)"]),
        ("I am go to school.", vec!["am go Finite Some(Present)"]),
        ("They playing football now.", vec!["playing Ing None"]),
    ] {
        assert_eq!(groups(&lexicon, text), expected, "{text}");
    }
}

#[test]
fn aspect_voice_and_negation_are_told() {
    let lexicon = Lexicon::load();
    let only = |text: &str| Sentence::new(text, &lexicon).verb_groups[0].clone();
    let built = only("The house was built by him.");
    assert!(built.is_passive() && built.aspect == Aspect::Simple);
    assert_eq!(only("I have been waiting.").aspect, Aspect::PerfectProgressive);
    assert!(only("She doesn't like fish.").is_negated() && only("I not like it.").is_negated());
    assert!(!only("She likes fish.").is_negated());
    assert_eq!(only("You should go.").modal(), Some(1));
    assert!(only("Do you swim?").inverted);
}
