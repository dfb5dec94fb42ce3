//! `lexilingo check`.

use crate::place::Place;
use std::fs;

#[test]
fn a_line_in_is_a_line_out() {
    let input = "I goes to school yesterday.\n\nShe is here.\r\nNo end";
    let said = Place::new().run_with_input(&["check", "--lines"], input);
    assert_eq!(said.status, Some(0), "{said:?}");
    // Each with the ending that it came with.
    let expected = "I went to school yesterday.\n\nShe is here.\r\nNo end";
    assert_eq!(said.out, expected);
}

#[test]
fn fluency_is_a_number_a_line() {
    let said =
        Place::new().run_with_input(&["check", "--fluency"], "I goes yesterday.\nI like tea.\n");
    assert_eq!(said.status, Some(0));
    let scores: Vec<f64> = said.out.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(scores.len(), 2);
    assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)) && scores[0] < scores[1]);
}

#[test]
fn findings_in_files_end_with_1() {
    let place = Place::new();
    fs::write(place.path().join("good.txt"), "I like tea.\n").unwrap();
    fs::write(place.path().join("bad.txt"), "I like tea.\nI goes to school yesterday.\n").unwrap();
    assert_eq!(place.run(&["check", "good.txt"]).status, Some(0));

    let human = place.run(&["check", "good.txt", "bad.txt"]);
    assert_eq!(human.status, Some(1));
    assert!(human.out.starts_with("bad.txt:2:3: goes → went"), "{}", human.out);

    let json = place.run(&["check", "bad.txt", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(found[0]["line"], 2);
    assert_eq!(found[0]["column"], 3);
    assert_eq!(found[0]["correction"], "went");

    let github = place.run(&["check", "bad.txt", "--format", "github"]);
    assert!(github.out.starts_with("::warning file=bad.txt,line=2,"), "{}", github.out);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let said = Place::new().run(&["check", "nowhere.txt"]);
    assert_eq!(said.status, Some(3));
    assert!(said.err.contains("nowhere.txt"), "{}", said.err);
}

#[test]
fn files_that_cannot_be_read_do_not_hide_the_findings_of_others() {
    let place = Place::new();
    fs::write(place.path().join("bad.txt"), "I goes to school yesterday.\n").unwrap();
    fs::write(place.path().join("binary.txt"), [0xff, 0xfe]).unwrap();
    let said = place.run(&["check", "nowhere.txt", "bad.txt", "binary.txt"]);
    assert_eq!(said.status, Some(3), "{said:?}");
    assert!(said.out.starts_with("bad.txt:1:3: goes → went"), "{}", said.out);
    assert!(said.err.contains("nowhere.txt") && said.err.contains("binary.txt"), "{}", said.err);
    assert!(!said.err.contains("bad.txt"), "{}", said.err);
}
