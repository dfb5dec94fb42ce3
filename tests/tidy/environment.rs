//! `.env.example` and the configuration say the same.

use crate::tree;
use lexilingo_shared::config::Config;
use std::{cell::RefCell, collections::BTreeSet};

/// The eight of the original guide come first, in its order.
const FIRST: [&str; 8] = [
    "ORCHESTRATOR_MAX_MEMORY_GB",
    "RESPONSE_CACHE_TTL",
    "QWEN_TIMEOUT_MS",
    "HUBERT_TIMEOUT_MS",
    "LLAMA_TIMEOUT_MS",
    "ENABLE_PRONUNCIATION",
    "ENABLE_VIETNAMESE",
    "ENABLE_KNOWLEDGE_GRAPH",
];

fn example() -> Vec<(String, String)> {
    let text = tree::text(".env.example").expect("there is an example");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| line.split_once('=').expect("VARIABLE=value"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[test]
fn every_variable_that_is_read_is_documented_and_the_other_way_round() {
    let read = RefCell::new(BTreeSet::new());
    for fleet in [false, true] {
        let _ = Config::read(&|name| {
            read.borrow_mut().insert(name.to_owned());
            match name {
                "REDIS_URL" if fleet => Some("redis://127.0.0.1".to_owned()),
                "MONGODB_URI" if fleet => Some("mongodb://127.0.0.1".to_owned()),
                _ => None,
            }
        });
    }
    let documented: BTreeSet<String> = example().into_iter().map(|(name, _)| name).collect();
    let read = read.into_inner();
    let missing = read.difference(&documented).cloned().collect();
    tree::none(missing, ".env.example documents every variable that is read");
    let idle = documented.difference(&read).cloned().collect();
    tree::none(idle, ".env.example documents nothing that is not read");
}

#[test]
fn the_example_holds_the_defaults() {
    let example = example();
    let from_example = Config::read(&|name| {
        example.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    });
    assert_eq!(from_example.unwrap(), Config::read(&|_| None).unwrap());
}

#[test]
fn the_originals_eight_come_first() {
    let names: Vec<String> = example().into_iter().map(|(name, _)| name).take(8).collect();
    assert_eq!(names, FIRST);
}

#[test]
fn the_effective_configuration_shows_every_variable() {
    let fleet = Config::read(&|name| match name {
        "REDIS_URL" => Some("redis://127.0.0.1".to_owned()),
        "MONGODB_URI" => Some("mongodb://127.0.0.1".to_owned()),
        _ => None,
    });
    let mut shown: BTreeSet<&str> =
        fleet.unwrap().effective().into_iter().map(|(name, _)| name).collect();
    shown.extend(Config::read(&|_| None).unwrap().effective().into_iter().map(|(name, _)| name));
    let hidden = example().into_iter().map(|(name, _)| name);
    let hidden = hidden.filter(|name| !shown.contains(name.as_str())).collect();
    tree::none(hidden, "`lexilingo config` shows every variable");
}

#[test]
fn the_effective_configuration_has_the_order_of_the_example() {
    let order: Vec<String> = example().into_iter().map(|(name, _)| name).collect();
    for fleet in [false, true] {
        let config = Config::read(&|name| match name {
            "REDIS_URL" if fleet => Some("redis://127.0.0.1".to_owned()),
            "MONGODB_URI" if fleet => Some("mongodb://127.0.0.1".to_owned()),
            _ => None,
        });
        let shown = config.unwrap().effective();
        let places: Vec<_> =
            shown.iter().map(|(shown, _)| order.iter().position(|name| name == shown)).collect();
        assert!(places.is_sorted(), "{shown:?}");
    }
}
