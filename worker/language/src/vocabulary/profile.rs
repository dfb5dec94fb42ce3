//! The vocabulary level of a text: which levels its content words belong to. Words are never judged by their length.

use crate::{
    analysis::Text,
    vocabulary::reading::{Reading, reading},
};
use lexilingo_shared::{analysis::VocabularyProfile, level::Level};
use std::collections::BTreeMap;

/// What words a text uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary {
    /// None where the text has no English word at all.
    pub level: Option<Level>,
    /// Mean level of the content words, 1 (A1) to 6 (C2); None where there is none.
    pub difficulty: Option<f64>,
    /// Its confidence grows with the number of known words and shrinks with the unknown. Suggestions are made apart.
    pub profile: VocabularyProfile,
    /// Content words on the lists, counted each time they occur.
    pub known: usize,
}

/// Mean levels from which a text is A2, B1, B2, C1, C2. Even texts for the advanced consist mostly of basic words, so
/// the steps lie low; they are round figures, checked against the levels that teachers gave to sentences.
const STEPS: [(f64, Level); 5] =
    [(1.3, Level::A2), (1.6, Level::B1), (2.1, Level::B2), (2.7, Level::C1), (3.3, Level::C2)];
/// A word on no list counts as C1: the lists are nearly complete up to B2.
const BEYOND: Level = Level::C1;
/// Fewer content words than this cannot show C2.
const ENOUGH_FOR_C2: usize = 5;
/// Known words from which the level is as sure as their share allows.
const ENOUGH: f64 = 20.0;
/// Confidence of a level that no listed content word supports.
const SLIGHT: f64 = 0.1;

/// Profiles a text. Its level is that of the mean level of its content words, each as often as it occurs.
pub fn profile(read: &Text) -> Vocabulary {
    let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
    let (mut beyond, mut unknown, mut light) = (0, 0, 0);
    for sentence in &read.sentences {
        for i in 0..sentence.tokens.len() {
            match reading(sentence, i) {
                Some(Reading::Listed { level, .. }) => *counts.entry(level).or_default() += 1,
                Some(Reading::Beyond) => beyond += 1,
                Some(Reading::Unknown) => unknown += 1,
                Some(Reading::Light) => light += 1,
                None => {}
            }
        }
    }
    let known: usize = counts.values().sum();
    let sum: usize = counts.iter().map(|(level, count)| number(*level) * count).sum();
    let judged = known + beyond;
    let difficulty = (judged > 0).then(|| (sum + number(BEYOND) * beyond) as f64 / judged as f64);
    // Where no content word is known, the words of grammar speak, and they are basic.
    let level =
        difficulty.map(|mean| level(mean, judged)).or_else(|| (light > 0).then_some(Level::A1));
    let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
    let coverage = share(known, judged + unknown);
    let shares = counts.into_iter().map(|(level, count)| (level, share(count, known))).collect();
    let confidence = coverage * (known as f64 / ENOUGH).min(1.0).sqrt();
    let confidence = if known == 0 && level.is_some() { SLIGHT } else { confidence };
    let profile = VocabularyProfile { shares, coverage, confidence, ..Default::default() };
    Vocabulary { level, difficulty, profile, known }
}

fn number(level: Level) -> usize {
    level as usize + 1
}

fn level(mean: f64, words: usize) -> Level {
    let reached = STEPS.iter().rev().find(|(step, _)| mean >= *step).map_or(Level::A1, |row| row.1);
    if words < ENOUGH_FOR_C2 { reached.min(Level::C1) } else { reached }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;
    use std::sync::OnceLock;

    fn of(text: &str) -> Vocabulary {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        profile(&Text::new(text, LEXICON.get_or_init(Lexicon::load)))
    }

    fn level(text: &str) -> Option<Level> {
        of(text).level
    }

    #[test]
    fn simple_sentences_are_basic() {
        for text in [
            "I goes to school yesterday",
            "I went to school yesterday.",
            "My mother cooks rice every day.",
        ] {
            assert!(level(text).is_some_and(Level::is_basic), "{text}: {:?}", level(text));
        }
    }

    #[test]
    fn length_of_words_plays_no_part() {
        let long = level("We watch television with grandmother and grandfather on weekends.");
        let short = level("Apt ploys may quell the feud and curb the glut of lax acts.");
        assert!(long < short, "{long:?} against {short:?}");
    }

    #[test]
    fn harder_words_give_a_higher_level() {
        let hard = "The government should allocate adequate resources to eliminate environmental degradation and \
            implement sustainable policies.";
        assert!(level(hard) >= Some(Level::B2));
    }

    #[test]
    fn texts_without_known_words_have_no_level() {
        for text in ["", "😀 123", "Tôi đi học", "Pho", "Nguyen"] {
            assert_eq!(level(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_grammar_alone_are_basic() {
        for text in ["Hi", "the of and", "I have it.", "I am Nguyen."] {
            assert_eq!(level(text), Some(Level::A1), "{text}");
        }
        assert!(level("I have informations.").is_some_and(Level::is_basic));
        assert_eq!(level("I have prokaryotes."), Some(Level::C1));
    }

    #[test]
    fn shares_add_up() {
        let found = of("I like swimming and I often visit my beautiful village.");
        assert!((found.profile.shares.values().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(found.profile.coverage > 0.9 && found.profile.confidence <= 1.0);
    }

    #[test]
    fn upper_levels_show_in_the_shares() {
        let found = of("They abhor war and adorn their aberrations.");
        assert!(found.profile.shares.keys().any(|level| *level >= Level::C1));
    }
}
