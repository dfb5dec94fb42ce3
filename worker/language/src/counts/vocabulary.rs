//! The words of the text that was counted, with how often each occurred.

use crate::hash;
use std::collections::HashMap;

/// One line a word, most frequent first: word, count, tenths of its places inside sentences where it has a capital,
/// 1 where the dictionary knows it.
static LIST: &str = include_str!("../../data/words.tsv");

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry {
    /// In lower case.
    pub word: &'static str,
    pub count: u32,
    /// In 0..=10.
    pub capital_tenths: u8,
    pub in_dictionary: bool,
}

pub struct Vocabulary {
    entries: Vec<Entry>,
    /// Places in `entries` by `hash::word`.
    places: HashMap<u64, u32>,
    total: f32,
}

impl Vocabulary {
    pub fn load() -> Vocabulary {
        let entries: Vec<Entry> = LIST.lines().filter_map(entry).collect();
        let places =
            entries.iter().zip(0..).map(|(entry, place)| (hash::word(entry.word), place)).collect();
        let total = entries.iter().map(|entry| f64::from(entry.count)).sum::<f64>() as f32;
        Vocabulary { entries, places, total: total.max(1.0) }
    }

    pub fn words(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    pub fn get(&self, word: &str) -> Option<&Entry> {
        self.by_key(hash::word(word))
    }

    /// How often a word in lower case occurred; 0 for one that is not here.
    pub fn count(&self, word: &str) -> u32 {
        self.get(word).map_or(0, |entry| entry.count)
    }

    /// Natural log of the word's share of the text.
    pub fn log_prob(&self, key: u64) -> Option<f32> {
        self.by_key(key).map(|entry| (entry.count as f32 / self.total).ln())
    }

    fn by_key(&self, key: u64) -> Option<&Entry> {
        self.places.get(&key).and_then(|place| self.entries.get(*place as usize))
    }
}

fn entry(line: &'static str) -> Option<Entry> {
    let mut columns = line.split('\t');
    Some(Entry {
        word: columns.next()?,
        count: columns.next()?.parse().ok()?,
        capital_tenths: columns.next()?.parse().ok()?,
        in_dictionary: columns.next()? == "1",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read() {
        let vocabulary = Vocabulary::load();
        assert_eq!(vocabulary.entries.len(), LIST.lines().count());
        assert_eq!(vocabulary.places.len(), vocabulary.entries.len());
        assert!(vocabulary.words().all(|entry| entry.capital_tenths <= 10 && entry.count > 0));
    }

    #[test]
    fn names_have_capitals_and_words_have_none() {
        let vocabulary = Vocabulary::load();
        let capital = |word| vocabulary.get(word).map(|entry| entry.capital_tenths);
        assert_eq!(capital("london"), Some(10));
        assert_eq!(capital("house"), Some(0));
        assert_eq!(vocabulary.count("qwertz"), 0);
    }
}
