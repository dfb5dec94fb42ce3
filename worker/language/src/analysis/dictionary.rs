//! The word list: harper's curated one with all its forms, as a finite-state map that is read in place.
//!
//! harper expands its list from stems and affixes whenever it starts, which takes a fifth of a second and 60 MB. `made`
//! does that once and for all; `lexilingo-train dictionary` writes its bytes, and a test holds them to what harper says.

use fst::{Map, MapBuilder};
use harper_core::{
    CharStringExt, Degree, DictWordMetadata, VerbFormFlags,
    spell::{Dictionary as _, MutableDictionary},
};
use std::{borrow::Cow, collections::BTreeMap};

static TABLE: &[u8] = include_bytes!("../../data/dictionary.fst");

/// Looks words up, whatever their capitals.
pub struct Dictionary {
    /// Words in lower case with straight apostrophes, each with the bits of its `Readings`. None for a damaged table.
    words: Option<Map<&'static [u8]>>,
}

/// What the list says of a word, over all its capitalisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Readings(u32);

impl Readings {
    /// It is listed as it stands: in lower case.
    pub const SMALL: Readings = Readings(1);
    pub const NOUN: Readings = Readings(1 << 1);
    pub const PLURAL: Readings = Readings(1 << 2);
    /// Said to be a singular, which of most nouns is not said.
    pub const SINGULAR: Readings = Readings(1 << 3);
    pub const MASS: Readings = Readings(1 << 4);
    pub const VERB: Readings = Readings(1 << 5);
    pub const BASE: Readings = Readings(1 << 6);
    pub const THIRD: Readings = Readings(1 << 7);
    /// Past and participle alike.
    pub const REGULAR_PAST: Readings = Readings(1 << 8);
    pub const PRETERITE: Readings = Readings(1 << 9);
    pub const PARTICIPLE: Readings = Readings(1 << 10);
    pub const ING: Readings = Readings(1 << 11);
    pub const ADJECTIVE: Readings = Readings(1 << 12);
    pub const COMPARATIVE: Readings = Readings(1 << 13);
    pub const SUPERLATIVE: Readings = Readings(1 << 14);
    pub const ADVERB: Readings = Readings(1 << 15);
    pub const PREPOSITION: Readings = Readings(1 << 16);

    pub fn has(self, reading: Readings) -> bool {
        self.0 & reading.0 == reading.0
    }

    fn of(meta: &DictWordMetadata, small: bool) -> Readings {
        let noun = meta.noun.as_ref();
        let forms = meta.verb.as_ref().map(|verb| verb.verb_forms.unwrap_or(VerbFormFlags::LEMMA));
        let form = |flag| forms.is_some_and(|forms| forms.contains(flag));
        let degree = meta.adjective.as_ref().and_then(|adjective| adjective.degree);
        let all = [
            (Readings::SMALL, small),
            (Readings::NOUN, noun.is_some()),
            (Readings::PLURAL, noun.is_some_and(|noun| noun.is_plural == Some(true))),
            (Readings::SINGULAR, noun.is_some_and(|noun| noun.is_singular == Some(true))),
            (Readings::MASS, noun.is_some_and(|noun| noun.is_mass == Some(true))),
            (Readings::VERB, forms.is_some()),
            (Readings::BASE, form(VerbFormFlags::LEMMA)),
            (Readings::THIRD, form(VerbFormFlags::THIRD_PERSON_SINGULAR)),
            (Readings::REGULAR_PAST, form(VerbFormFlags::PAST)),
            (Readings::PRETERITE, form(VerbFormFlags::PRETERITE)),
            (Readings::PARTICIPLE, form(VerbFormFlags::PAST_PARTICIPLE)),
            (Readings::ING, form(VerbFormFlags::PROGRESSIVE)),
            (Readings::ADJECTIVE, meta.adjective.is_some()),
            (Readings::COMPARATIVE, degree == Some(Degree::Comparative)),
            (Readings::SUPERLATIVE, degree == Some(Degree::Superlative)),
            (Readings::ADVERB, meta.adverb.is_some()),
            (Readings::PREPOSITION, meta.preposition),
        ];
        Readings(all.iter().filter(|(_, on)| *on).fold(0, |bits, (reading, _)| bits | reading.0))
    }
}

impl Dictionary {
    /// Parses nothing.
    pub fn load() -> Dictionary {
        Dictionary { words: Map::new(TABLE).ok() }
    }

    pub fn contains(&self, word: &str) -> bool {
        self.readings(word).is_some()
    }

    /// None for a word that is not listed in any capitalisation.
    pub fn readings(&self, word: &str) -> Option<Readings> {
        let key = folded(word);
        let bits = u32::try_from(self.words.as_ref()?.get(key.as_bytes())?).ok()?;
        let small = key == word;
        Some(Readings(if small { bits } else { bits & !Readings::SMALL.0 }))
    }
}

/// The key of a word: lower case, straight apostrophe and hyphen, as harper folds them.
fn folded(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
        return Cow::Borrowed(word);
    }
    let letters: Vec<char> = word.chars().collect();
    let normal = letters.normalized();
    let folded: String = normal.to_lower().iter().collect();
    if folded == word { Cow::Borrowed(word) } else { Cow::Owned(folded) }
}

/// The bytes of the table, from the word list that harper was compiled with.
pub fn made() -> Result<Vec<u8>, fst::Error> {
    let harper = MutableDictionary::curated();
    let mut words = BTreeMap::new();
    for word in harper.words_iter() {
        let word: String = word.iter().collect();
        let key = folded(&word);
        if let Some(meta) = harper.get_word_metadata_str(&key) {
            let readings = Readings::of(&meta, harper.contains_exact_word_str(&key));
            words.insert(key.into_owned(), u64::from(readings.0));
        }
    }
    let mut builder = MapBuilder::memory();
    builder.extend_iter(words)?;
    builder.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_what_harper_says() {
        let made = made().unwrap();
        assert!(
            made == TABLE,
            "run `lexilingo-train dictionary worker/language/data/dictionary.fst`"
        );
        let harper = MutableDictionary::curated();
        let dictionary = Dictionary::load();
        for word in harper.words_iter() {
            let word: String = word.iter().collect();
            let meta = harper.get_word_metadata_str(&word).unwrap();
            let small = harper.contains_exact_word_str(&word) && folded(&word) == word;
            assert_eq!(dictionary.readings(&word), Some(Readings::of(&meta, small)), "{word}");
        }
    }

    #[test]
    fn words_are_found_in_any_capitals_and_others_are_not() {
        let dictionary = Dictionary::load();
        for word in ["house", "House", "HOUSES", "don't", "don’t", "london"] {
            assert!(dictionary.contains(word), "{word}");
        }
        for word in ["", "recieve", "xqzvw", "ơi", "\u{0}"] {
            assert_eq!(dictionary.readings(word), None, "{word}");
        }
        assert!(!dictionary.readings("london").unwrap().has(Readings::SMALL));
    }
}
