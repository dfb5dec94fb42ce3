//! Error types: ERRANT's (Bryant, Felice and Briscoe 2017) with the names that the original system gave
//! them and those that learners read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What an edit does to the text: ERRANT's first part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Operation {
    Missing,
    Replacement,
    Unnecessary,
}

impl Operation {
    pub fn letter(self) -> char {
        match self {
            Operation::Missing => 'M',
            Operation::Replacement => 'R',
            Operation::Unnecessary => 'U',
        }
    }
}

macro_rules! categories {
    ($($variant:ident = $name:literal => $original:literal, $short:expr),+ $(,)?) => {
        /// What kind of word or form an edit concerns: ERRANT's second part.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Category { $($variant),+ }

        impl Category {
            pub const ALL: &'static [Category] = &[$(Category::$variant),+];

            /// ERRANT's spelling, e.g. `VERB:SVA`.
            pub fn as_str(self) -> &'static str {
                match self { $(Category::$variant => $name),+ }
            }

            /// The name that clients of the original system know, e.g. `subject_verb_agreement`.
            pub fn original_name(self) -> &'static str {
                match self { $(Category::$variant => $original),+ }
            }

            /// Two or three words for learners, in English and in Vietnamese.
            pub fn short_name(self) -> (&'static str, &'static str) {
                match self { $(Category::$variant => $short),+ }
            }
        }
    };
}

categories! {
    Adj = "ADJ" => "adjective", ("Adjective", "Tính từ"),
    AdjForm = "ADJ:FORM" => "adjective_form", ("Adjective", "Tính từ"),
    Adv = "ADV" => "adverb", ("Adverb", "Trạng từ"),
    Conj = "CONJ" => "conjunction", ("Conjunction", "Liên từ"),
    Contr = "CONTR" => "contraction", ("Contraction", "Dạng rút gọn"),
    Det = "DET" => "article", ("Article or determiner", "Mạo từ hoặc từ hạn định"),
    Morph = "MORPH" => "word_form", ("Word form", "Dạng từ"),
    Noun = "NOUN" => "noun", ("Noun", "Danh từ"),
    NounInfl = "NOUN:INFL" => "noun_inflection", ("Singular or plural", "Số ít hay số nhiều"),
    NounNum = "NOUN:NUM" => "plural", ("Singular or plural", "Số ít hay số nhiều"),
    NounPoss = "NOUN:POSS" => "possessive", ("Possessive", "Sở hữu cách"),
    Orth = "ORTH" => "orthography", ("Capital letters and spaces", "Chữ hoa và khoảng trắng"),
    Other = "OTHER" => "other", ("Choice of words", "Cách dùng từ"),
    Part = "PART" => "particle", ("Particle", "Tiểu từ"),
    Prep = "PREP" => "preposition", ("Preposition", "Giới từ"),
    Pron = "PRON" => "pronoun", ("Pronoun", "Đại từ"),
    Punct = "PUNCT" => "punctuation", ("Punctuation", "Dấu câu"),
    Spell = "SPELL" => "spelling", ("Spelling", "Chính tả"),
    Verb = "VERB" => "verb", ("Verb", "Động từ"),
    VerbForm = "VERB:FORM" => "verb_form", ("Verb form", "Dạng động từ"),
    VerbInfl = "VERB:INFL" => "verb_inflection", ("Verb form", "Dạng động từ"),
    VerbSva = "VERB:SVA" => "subject_verb_agreement",
        ("Subject and verb", "Hòa hợp chủ ngữ và động từ"),
    VerbTense = "VERB:TENSE" => "verb_tense", ("Tense", "Thì của động từ"),
    Wo = "WO" => "word_order", ("Word order", "Trật tự từ"),
}

/// A whole ERRANT type such as `R:VERB:TENSE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ErrantType {
    pub operation: Operation,
    pub category: Category,
}

impl utoipa::PartialSchema for ErrantType {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .pattern(Some("^[MRU]:[A-Z]+(:[A-Z]+)?$"))
            .examples([serde_json::json!("R:VERB:TENSE")])
            .into()
    }
}

impl utoipa::ToSchema for ErrantType {}

impl ErrantType {
    pub const fn new(operation: Operation, category: Category) -> Self {
        ErrantType { operation, category }
    }

    pub const fn replacement(category: Category) -> Self {
        ErrantType::new(Operation::Replacement, category)
    }

    pub const fn missing(category: Category) -> Self {
        ErrantType::new(Operation::Missing, category)
    }

    pub const fn unnecessary(category: Category) -> Self {
        ErrantType::new(Operation::Unnecessary, category)
    }

    /// The original's name; a missing verb was its `auxiliary`.
    pub fn original_name(self) -> &'static str {
        match (self.operation, self.category) {
            (Operation::Missing, Category::Verb) => "auxiliary",
            (_, category) => category.original_name(),
        }
    }
}

impl fmt::Display for ErrantType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.operation.letter(), self.category.as_str())
    }
}

impl std::str::FromStr for ErrantType {
    type Err = UnknownErrantType;

    fn from_str(s: &str) -> Result<Self, UnknownErrantType> {
        let (letter, name) = s.split_once(':').ok_or(UnknownErrantType)?;
        let operation = match letter {
            "M" => Operation::Missing,
            "R" => Operation::Replacement,
            "U" => Operation::Unnecessary,
            _ => return Err(UnknownErrantType),
        };
        let category =
            Category::ALL.iter().copied().find(|c| c.as_str() == name).ok_or(UnknownErrantType)?;
        Ok(ErrantType { operation, category })
    }
}

/// The text is not an ERRANT type.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an ERRANT type")]
pub struct UnknownErrantType;

impl Serialize for ErrantType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ErrantType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_reads_back_from_its_own_name() {
        for category in Category::ALL {
            for operation in [Operation::Missing, Operation::Replacement, Operation::Unnecessary] {
                let errant = ErrantType::new(operation, *category);
                assert_eq!(errant.to_string().parse(), Ok(errant));
            }
        }
    }

    #[test]
    fn a_missing_verb_keeps_the_originals_name_auxiliary() {
        assert_eq!(ErrantType::missing(Category::Verb).original_name(), "auxiliary");
        assert_eq!(ErrantType::replacement(Category::VerbTense).original_name(), "verb_tense");
    }
}
