//! The vocabulary level of a text: which levels its content words belong to. Words are never judged by their length.

use crate::{
    analysis::{
        Sentence, Token,
        facts::Facts,
        tokenise::{self, Kind},
        vietnamese_syllable, words,
    },
    rules::pack::RulePack,
    vocabulary::{lemma::lemmas, levels::Part},
};
use lexilingo_shared::{analysis::VocabularyProfile, level::Level};
use std::collections::BTreeMap;

/// Share of the known content words that the text's level must cover.
const COVERED: f64 = 0.95;
/// From this many known words on, one word above the level may be a lucky find.
const ENOUGH_FOR_SLACK: usize = 5;
/// Share of content words that are English but on no list up to B2, and their least number, that speak for C1.
const BEYOND_SHARE: f64 = 0.1;
const BEYOND_LEAST: usize = 3;

/// Confidence of a level that no listed content word supports.
const SLIGHT: f64 = 0.1;

/// What words a text uses.
#[derive(Debug, Clone, PartialEq)]
pub struct Vocabulary {
    /// None where the text has no English word at all.
    pub level: Option<Level>,
    pub profile: VocabularyProfile,
    /// Known content words, counted each time they occur.
    pub known: usize,
    /// In 0..=1: grows with the number of known words, shrinks with the unknown.
    pub confidence: f64,
}

/// Profiles a text. The level is the lowest that covers 95 % of the known content words (one word of five or more may
/// always lie above); a text with many words beyond the B2 list is C1.
pub fn profile(pack: &RulePack, text: &str) -> Vocabulary {
    let mut counts: BTreeMap<Level, usize> = BTreeMap::new();
    let (mut known, mut beyond, mut unknown, mut light) = (0, 0, 0, 0);
    for raw in tokenise::sentences(text) {
        let (Some(first), Some(last)) = (raw.first(), raw.last()) else { continue };
        let sentence = Sentence::new(&text[first.span.start..last.span.end], pack.lexicon());
        for i in 0..sentence.tokens.len() {
            match reading(&sentence, i) {
                Some(Reading::Listed(level)) => {
                    *counts.entry(level).or_default() += 1;
                    known += 1;
                }
                Some(Reading::Beyond) => beyond += 1,
                Some(Reading::Unknown) => unknown += 1,
                Some(Reading::Light) => light += 1,
                None => {}
            }
        }
    }
    let content = known + beyond + unknown;
    let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
    let listed = lowest_covering(&counts, known);
    let far = beyond >= BEYOND_LEAST && share(beyond, content) > BEYOND_SHARE;
    let level = if far { listed.max(Some(Level::C1)) } else { listed };
    // Where no content word is on the list, what is beyond it speaks, and then the grammar words, which are basic.
    let level = level
        .or_else(|| (beyond > 0).then_some(Level::C1))
        .or_else(|| (light > 0).then_some(Level::A1));
    let coverage = share(known, content);
    let shares = counts.into_iter().map(|(level, count)| (level, share(count, known))).collect();
    let confidence = coverage * (known as f64 / 20.0).min(1.0).sqrt();
    let confidence = if known == 0 && level.is_some() { SLIGHT } else { confidence };
    Vocabulary { level, profile: VocabularyProfile { shares, coverage }, known, confidence }
}

enum Reading {
    Listed(Level),
    /// English, but on no list up to B2.
    Beyond,
    Unknown,
    /// A word of grammar: I, the, be, have.
    Light,
}

/// None for names, numbers and everything that is not English.
fn reading(sentence: &Sentence, i: usize) -> Option<Reading> {
    let token = &sentence.tokens[i];
    let word = token.lower.as_str();
    if !matches!(token.kind, Kind::Word | Kind::Compound) || token.foreign || is_name(token, i) {
        return None;
    }
    let levels = &sentence.lexicon.levels;
    let candidates = lemmas(sentence.lexicon, word);
    let is_function = levels.readings(word).iter().all(|(part, _)| *part == Part::Function);
    if !levels.readings(word).is_empty() && is_function || words::is_grammatical(word) {
        return Some(Reading::Light);
    }
    if word.contains('\'') {
        return None;
    }
    // Forms of be, have and do are grammar, not vocabulary.
    if candidates.iter().any(|lemma| matches!(lemma.as_str(), "be" | "have" | "do")) {
        return Some(Reading::Light);
    }
    let tagged = match token.tag {
        tag if tag.is_noun() => Some(Part::Noun),
        tag if tag.is_verbal() => Some(Part::Verb),
        tag if tag.is_adjective() => Some(Part::Adjective),
        tag if tag.is_adverb() => Some(Part::Adverb),
        _ => None,
    };
    let as_tagged = || candidates.iter().filter_map(|lemma| levels.level(lemma, tagged?)).min();
    let any = || {
        let readings = candidates.iter().flat_map(|lemma| levels.readings(lemma));
        readings.filter(|(part, _)| *part != Part::Function).map(|(_, level)| *level).min()
    };
    match as_tagged().or_else(any) {
        Some(level) => Some(Reading::Listed(level)),
        // "Pho", "banh": Vietnamese words that English has taken over.
        None if levels.readings(word).is_empty() && vietnamese_syllable::is_syllable(word) => None,
        None if levels.readings(word).is_empty() && token.facts.has(Facts::KNOWN) => {
            Some(Reading::Beyond)
        }
        None if token.facts.has(Facts::KNOWN) => None,
        None => Some(Reading::Unknown),
    }
}

/// A capital in mid-sentence, or at its start on a word that is nothing else than a name.
fn is_name(token: &Token, i: usize) -> bool {
    let listed = token.facts.has(Facts::LISTED);
    token.capitalised
        && !listed
        && (i > 0 || token.facts.has(Facts::PROPER) || !token.facts.has(Facts::KNOWN))
}

fn lowest_covering(counts: &BTreeMap<Level, usize>, known: usize) -> Option<Level> {
    let slack = usize::from(known >= ENOUGH_FOR_SLACK);
    let allowed = slack.max((known as f64 * (1.0 - COVERED)) as usize);
    let mut above = known;
    for (level, count) in counts {
        above -= count;
        if above <= allowed {
            return Some(*level);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::OnceLock;

    fn level(text: &str) -> Option<Level> {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        profile(PACK.get_or_init(RulePack::load), text).level
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
        let found =
            profile(&RulePack::load(), "I like swimming and I often visit my beautiful village.");
        assert!((found.profile.shares.values().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(found.profile.coverage > 0.9 && found.confidence <= 1.0);
    }
}
