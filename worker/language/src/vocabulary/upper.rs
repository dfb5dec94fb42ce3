//! Word levels above B2, from the Octanove Vocabulary Profile C1/C2 (CC BY-SA 4.0; see NOTICE).
//!
//! The table is a file of its own under its own licence and is never merged with the learners' list.

use crate::vocabulary::levels::{Part, read_line};
use lexilingo_shared::level::Level;
use std::{collections::HashMap, sync::LazyLock};

static TABLE: &str = include_str!("../../data/octanove.tsv");

/// The level of a lower-case lemma in its lowest reading as `part`, or as any part of speech.
pub fn level(lemma: &str, part: Option<Part>) -> Option<Level> {
    static BY_LEMMA: LazyLock<HashMap<&'static str, Vec<(Part, Level)>>> = LazyLock::new(|| {
        let mut by_lemma: HashMap<&'static str, Vec<(Part, Level)>> = HashMap::new();
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(read_line);
        for (lemma, part, level) in rows {
            by_lemma.entry(lemma).or_default().push((part, level));
        }
        by_lemma
    });
    let readings = BY_LEMMA.get(lemma)?.iter();
    readings.filter(|(own, _)| part.is_none_or(|part| part == *own)).map(|(_, level)| *level).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_is_above_b2() {
        let rows: Vec<_> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(rows.len() > 2_000);
        for row in rows {
            assert!(read_line(row).is_some_and(|(_, _, level)| level >= Level::C1), "{row}");
        }
    }

    #[test]
    fn a_word_is_looked_up_by_its_part_of_speech() {
        assert_eq!(level("aberration", Some(Part::Noun)), Some(Level::C2));
        assert_eq!(level("aberration", Some(Part::Verb)), None);
        assert_eq!(level("school", None), None);
    }
}
