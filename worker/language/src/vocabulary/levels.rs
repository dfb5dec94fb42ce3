//! Word levels by lemma and part of speech, from the CEFR-J Vocabulary Profile 1.5.
//!
//! CEFR-J Wordlist/Vocabulary Profile 1.5, compiled by Yukio Tono, Tokyo University of Foreign Studies (see NOTICE).
//! The list knows A1 to B2; what it lacks is a name, a rare word or no word at all.

use lexilingo_shared::level::Level;
use std::collections::HashMap;

static TABLE: &str = include_str!("../../data/cefrj.tsv");

/// Part of speech, as coarse as the list has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Noun,
    Verb,
    Adjective,
    Adverb,
    /// Pronouns, determiners, prepositions, conjunctions, numbers, modals, interjections.
    Function,
}

/// The whole list in memory.
#[derive(Debug)]
pub struct WordLevels {
    by_lemma: HashMap<&'static str, Vec<(Part, Level)>>,
}

impl WordLevels {
    pub fn load() -> WordLevels {
        let mut by_lemma: HashMap<&'static str, Vec<(Part, Level)>> = HashMap::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            if let Some((lemma, part, level)) = read_line(line) {
                by_lemma.entry(lemma).or_default().push((part, level));
            }
        }
        WordLevels { by_lemma }
    }

    /// All readings of a lower-case lemma; empty when the list does not have it.
    pub fn readings(&self, lemma: &str) -> &[(Part, Level)] {
        self.by_lemma.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// The level of one reading.
    pub fn level(&self, lemma: &str, part: Part) -> Option<Level> {
        self.readings(lemma).iter().filter(|(p, _)| *p == part).map(|(_, level)| *level).min()
    }

    pub fn lists(&self, lemma: &str, part: Part) -> bool {
        self.level(lemma, part).is_some()
    }

    /// Every lemma with its lowest level.
    pub fn lemmas(&self) -> impl Iterator<Item = (&'static str, Level)> + '_ {
        self.by_lemma
            .iter()
            .filter_map(|(lemma, readings)| Some((*lemma, readings.iter().map(|r| r.1).min()?)))
    }
}

pub(super) fn read_line(line: &'static str) -> Option<(&'static str, Part, Level)> {
    let mut cells = line.split('\t');
    let lemma = cells.next()?;
    let part = match cells.next()? {
        "n" => Part::Noun,
        "v" => Part::Verb,
        "j" => Part::Adjective,
        "r" => Part::Adverb,
        _ => Part::Function,
    };
    Some((lemma, part, cells.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert!(rows.clone().count() > 7_000);
        for row in rows {
            assert!(read_line(row).is_some(), "unreadable row: {row}");
        }
    }

    #[test]
    fn a_word_has_a_level_for_each_part_of_speech() {
        let levels = WordLevels::load();
        assert_eq!(levels.level("school", Part::Noun), Some(Level::A1));
        assert_eq!(levels.level("abandon", Part::Verb), Some(Level::B1));
        assert_eq!(levels.level("school", Part::Verb), None);
        assert!(levels.readings("prokaryote").is_empty());
        assert!(levels.lists("colour", Part::Noun) && levels.lists("color", Part::Noun));
    }
}
