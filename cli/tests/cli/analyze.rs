//! `lexilingo analyze`.

use crate::place::Place;

const TEXT: &str = "I goes to school yesterday";

#[test]
fn the_answer_is_annotated_without_colours_in_a_pipe() {
    let said = Place::new().run(&["analyze", TEXT, "--level", "A2"]);
    assert_eq!(said.status, Some(0), "{said:?}");
    assert!(said.out.starts_with("I [goes → went] to school yesterday\n"), "{}", said.out);
    assert!(said.out.contains("\nI went to school yesterday\n"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "{}", said.out);
    assert_eq!(said.err, "");
}

#[test]
fn the_result_object_is_for_machines() {
    let said = Place::new().run_with_input(&["analyze", "-", "--json", "--level", "A2"], TEXT);
    assert_eq!(said.status, Some(0), "{said:?}");
    let result: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(result["text"], TEXT);
    assert_eq!(result["analysis"]["grammar"]["corrected"], "I went to school yesterday");
    assert_ne!(result["strategy"], "praise");
}

#[test]
fn text_comes_from_standard_input_without_its_last_line_break() {
    let said = Place::new().run_with_input(&["analyze", "--json"], "I like tea.\n");
    let result: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(result["text"], "I like tea.");
}

#[test]
fn explanations_come_in_the_language_that_was_asked_for() {
    let place = Place::new();
    let english = place.run(&["analyze", TEXT]).out;
    let both = place.run(&["analyze", TEXT, "--explain", "both"]).out;
    let vietnamese = place.run(&["analyze", TEXT, "--explain", "vi"]).out;
    assert!(english.contains("past form") && !english.contains("quá khứ"), "{english}");
    assert!(both.contains("past form") && both.contains("quá khứ"), "{both}");
    assert!(!vietnamese.contains("past form") && vietnamese.contains("quá khứ"), "{vietnamese}");
}

#[test]
fn no_text_and_too_much_text_are_wrong_use() {
    let place = Place::new();
    assert_eq!(place.run(&["analyze", " "]).status, Some(2));
    assert_eq!(place.run_with_input(&["analyze"], &"a ".repeat(6_000)).status, Some(2));
}
