use super::*;
use crate::rules::pack::RulePack;
use std::{collections::HashSet, sync::OnceLock};

fn pack() -> &'static RulePack {
    static PACK: OnceLock<RulePack> = OnceLock::new();
    PACK.get_or_init(RulePack::load)
}

#[test]
fn every_line_of_the_table_is_a_phrase_of_a_known_section() {
    let blank = |line: &str| line.is_empty() || line.starts_with('#') || line.starts_with('[');
    let mut failed: Vec<&str> = TABLE
        .lines()
        .filter(|line| !blank(line.trim()) && line.split(" :: ").count() != 3)
        .collect();
    let mut seen = HashSet::new();
    for line in lines() {
        let known = EARLY.iter().chain(&LATE).any(|(name, ..)| *name == line.section);
        let reads = Pattern::parse(line.pattern, line.section).is_some();
        if !known || !reads || !seen.insert(line.pattern) {
            failed.push(line.pattern);
        }
    }
    assert!(failed.is_empty(), "not read, or twice:\n{}", failed.join("\n"));
}

#[test]
fn every_phrase_corrects_its_own_example() {
    let mut failed = Vec::new();
    for line in lines() {
        let (wrong, right) = line.example;
        let corrected = pack().check(wrong).corrected;
        let sentence = Sentence::new(wrong, pack().lexicon());
        let fires = Pattern::parse(line.pattern, line.section).is_some_and(|pattern| {
            (0..sentence.tokens.len()).any(|at| pattern.edit(&sentence, at).is_some())
        });
        if corrected != right || !fires {
            failed.push(format!("{}: {wrong} → {corrected} (fires: {fires})", line.pattern));
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn right_phrases_stay() {
    let mut failed = Vec::new();
    for line in lines() {
        let (_, right) = line.example;
        let corrected = pack().check(right).corrected;
        if corrected != right {
            failed.push(format!("{}: {right} → {corrected}", line.pattern));
        }
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
}
