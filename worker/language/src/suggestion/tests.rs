use super::*;
use crate::rules::apply;
use proptest::prelude::*;

fn suggestion(wrong: &str, right: &str) -> Suggestion {
    Suggestion { wrong: wrong.to_owned(), right: right.to_owned(), kind: Kind::VerbTense }
}

fn found(text: &str, suggestions: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let suggestions: Vec<_> = suggestions.iter().map(|(a, b)| suggestion(a, b)).collect();
    findings(RulePack::shared(), text, &suggestions, 0.7)
        .into_iter()
        .map(|f| (text[f.span].to_owned(), f.replacement, f.errant.to_string()))
        .collect()
}

fn edit(error: &str, correction: &str, errant: &str) -> (String, String, String) {
    (error.to_owned(), correction.to_owned(), errant.to_owned())
}

#[test]
fn a_suggestion_is_cut_to_the_words_that_differ() {
    let text = "I goes to school yesterday";
    assert_eq!(
        found(text, &[("I goes to school", "I went to school")]),
        [edit("goes", "went", "R:VERB:TENSE")]
    );
}

#[test]
fn a_word_comes_along_where_one_is_missing_or_too_many() {
    let text = "He eat apple in the morning";
    assert_eq!(
        found(text, &[("eat apple", "eat an apple"), ("in the morning", "in morning")]),
        [edit("apple", "an apple", "M:VERB:TENSE"), edit("the morning", "morning", "U:VERB:TENSE")]
    );
}

#[test]
fn the_same_words_are_found_one_after_the_other() {
    let text = "he go and he go again";
    let found = findings(
        RulePack::shared(),
        text,
        &[suggestion("go", "went"), suggestion("go", "went")],
        0.7,
    );
    assert_eq!(apply(text, &found), "he went and he went again");
}

#[test]
fn what_is_no_correction_is_dropped() {
    let text = "She goes to the market";
    let dropped = [
        ("goes", "goes"),
        ("walks", "walked"),
        ("mark", "marks"),
        ("", "went"),
        ("goes", ""),
        ("goes", "xqzzv"),
        ("goes to the market", "a b c d e f g h i j"),
    ];
    for pair in dropped {
        assert_eq!(found(text, &[pair]), [], "{pair:?}");
    }
}

#[test]
fn every_kind_has_a_row_of_its_own_that_explains_it() {
    for kind in Kind::ALL {
        assert_eq!(explanation(kind.message()).message, kind.message());
        assert_eq!(Kind::named(kind.as_str()), *kind);
    }
}

proptest! {
    #[test]
    fn findings_are_sorted_and_apart_whatever_is_suggested(
        words in prop::collection::vec("[a-d]{1,2}", 1..12),
        pairs in prop::collection::vec(("[a-d ]{0,6}", "[a-d ]{0,6}"), 0..8),
    ) {
        let text = words.join(" ");
        let suggestions: Vec<_> = pairs.iter().map(|(a, b)| suggestion(a, b)).collect();
        let found = findings(RulePack::shared(), &text, &suggestions, 0.5);
        let mut reached = 0;
        for finding in &found {
            prop_assert!(finding.span.start >= reached && !finding.span.is_empty());
            prop_assert!(!finding.replacement.is_empty());
            prop_assert_ne!(&text[finding.span.clone()], finding.replacement.as_str());
            reached = finding.span.end;
        }
        apply(&text, &found);
    }
}
