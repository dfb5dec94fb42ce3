//! The languages that clients may name.

use serde::Serialize;
use utoipa::ToSchema;

/// One entry of `/v2/languages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LanguageToolLanguage)]
pub struct Language {
    #[schema(example = "English (US)")]
    pub name: &'static str,
    /// ISO 639-1.
    #[schema(example = "en")]
    pub code: &'static str,
    /// With its country, where there is one.
    #[schema(example = "en-US")]
    pub long_code: &'static str,
}

const fn language(name: &'static str, code: &'static str, long_code: &'static str) -> Language {
    Language { name, code, long_code }
}

/// English, whose variants are all judged alike, and Vietnamese: clients offer as a mother tongue only what is listed
/// here. A text that is said to be Vietnamese has no matches.
pub const LANGUAGES: [Language; 8] = [
    language("English (US)", "en", "en-US"),
    language("English", "en", "en"),
    language("English (Australian)", "en", "en-AU"),
    language("English (Canadian)", "en", "en-CA"),
    language("English (GB)", "en", "en-GB"),
    language("English (New Zealand)", "en", "en-NZ"),
    language("English (South African)", "en", "en-ZA"),
    VIETNAMESE,
];

/// What English is taken for when no variant is preferred.
pub const DEFAULT: Language = LANGUAGES[0];
pub const VIETNAMESE: Language = language("Vietnamese", "vi", "vi");

/// The language of this code, however it is written: `en-US`, `en_us`.
pub fn find(code: &str) -> Option<Language> {
    let code = code.replace('_', "-");
    LANGUAGES.into_iter().find(|language| language.long_code.eq_ignore_ascii_case(&code))
}

/// The language of a text: Vietnamese when no English was found in it and it has letters that only Vietnamese has.
pub fn detect(has_english: bool, text: &str, english: Language) -> Language {
    if !has_english && text.chars().any(is_vietnamese) { VIETNAMESE } else { english }
}

fn is_vietnamese(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1ea0}'..='\u{1ef9}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_however_they_are_written() {
        for code in ["en-US", "en_us", "EN-us"] {
            assert_eq!(find(code), Some(DEFAULT), "{code}");
        }
        assert_eq!(find("fr"), None);
        assert_eq!(find(""), None);
    }

    #[test]
    fn vietnamese_is_told_by_its_letters_where_no_english_was_found() {
        assert_eq!(detect(false, "Hôm qua tôi đi học", DEFAULT), VIETNAMESE);
        assert_eq!(detect(true, "I live in Đà Nẵng", DEFAULT), DEFAULT);
        assert_eq!(detect(false, "123", DEFAULT), DEFAULT);
    }
}
