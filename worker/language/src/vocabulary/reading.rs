//! How one word of a sentence is read: its lemma, part of speech and level.

use crate::{
    analysis::{Sentence, Tag, Token, facts::Facts, tokenise::Kind, vietnamese_syllable, words},
    vocabulary::{lemma::lemmas, levels::Part, upper},
};
use lexilingo_shared::level::Level;

/// A word as the level lists see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A content word with its level.
    Listed {
        lemma: String,
        part: Part,
        level: Level,
    },
    /// English, but on no list.
    Beyond,
    Unknown,
    /// A word of grammar: I, the, be, have.
    Light,
}

/// Parts of speech of content words.
const CONTENT: [Part; 4] = [Part::Noun, Part::Verb, Part::Adjective, Part::Adverb];

/// Reads word `i`. None for names, numbers and everything that is not English. The reading with the tagger's part of
/// speech comes first, then the lowest of any.
pub fn reading(sentence: &Sentence, i: usize) -> Option<Reading> {
    let token = sentence.tokens.get(i)?;
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
    let tagged = part_of(token.tag);
    let listed = candidates.iter().flat_map(|lemma| {
        CONTENT.into_iter().filter_map(move |part| {
            let level = levels.level(lemma, part).or_else(|| upper::level(lemma, Some(part)))?;
            Some((part, level, lemma))
        })
    });
    let best = listed.min_by_key(|(part, level, _)| (Some(*part) != tagged, *level));
    if let Some((part, level, lemma)) = best {
        return Some(Reading::Listed { lemma: lemma.clone(), part, level });
    }
    if !levels.readings(word).is_empty() {
        return None;
    }
    // "Pho", "banh": Vietnamese words that English has taken over.
    if vietnamese_syllable::is_syllable(word) {
        return None;
    }
    Some(if token.facts.has(Facts::KNOWN) { Reading::Beyond } else { Reading::Unknown })
}

fn part_of(tag: Tag) -> Option<Part> {
    match tag {
        tag if tag.is_noun() => Some(Part::Noun),
        tag if tag.is_verbal() => Some(Part::Verb),
        tag if tag.is_adjective() => Some(Part::Adjective),
        tag if tag.is_adverb() => Some(Part::Adverb),
        _ => None,
    }
}

/// A capital in mid-sentence, or at its start on a word that is nothing else than a name.
fn is_name(token: &Token, i: usize) -> bool {
    let listed = token.facts.has(Facts::LISTED);
    token.capitalised
        && !listed
        && (i > 0 || token.facts.has(Facts::PROPER) || !token.facts.has(Facts::KNOWN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;

    fn of(lexicon: &Lexicon, text: &str, word: &str) -> Option<Reading> {
        let sentence = Sentence::new(text, lexicon);
        let at = sentence.tokens.iter().position(|token| token.lower == word).unwrap();
        reading(&sentence, at)
    }

    #[test]
    fn the_part_of_speech_decides_between_readings() {
        let lexicon = Lexicon::load();
        let level = |text, word| match of(&lexicon, text, word) {
            Some(Reading::Listed { part, level, .. }) => Some((part, level)),
            _ => None,
        };
        assert_eq!(level("I read a book.", "book"), Some((Part::Noun, Level::A1)));
        assert!(level("You must book a room.", "book").is_some_and(|(part, _)| part == Part::Verb));
        assert_eq!(level("They abhor war.", "abhor"), Some((Part::Verb, Level::C2)));
    }

    #[test]
    fn words_of_grammar_names_and_slips_have_no_level() {
        let lexicon = Lexicon::load();
        assert_eq!(of(&lexicon, "I saw the dog.", "the"), Some(Reading::Light));
        assert_eq!(of(&lexicon, "We met Nguyen there.", "nguyen"), None);
        assert_eq!(of(&lexicon, "I like it becaufse.", "becaufse"), Some(Reading::Unknown));
        assert_eq!(of(&lexicon, "I saw prokaryotes.", "prokaryotes"), Some(Reading::Beyond));
    }
}
