//! What can be seen of a text without understanding it: words, clauses, language, what kind of thing it is.

use unicode_normalization::UnicodeNormalization;

/// Words that open or join a clause, or mark a complex verb phrase (the original's listed patterns among them).
const CLAUSE_WORDS: [&str; 14] = [
    "and", "but", "or", "so", "because", "when", "while", "if", "that", "which", "who", "although",
    "whereas", "since",
];
const COMPLEX_PATTERNS: [&str; 8] =
    ["had been", "would have", "should have", "which", "whom", "whose", "although", "whereas"];

/// Letters that English does not have and Vietnamese does, composed and lower-case.
const VIETNAMESE_LETTERS: &str =
    "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ";

/// Letters of that list that other languages and English loan words share: `café`, `naïve`, `résumé`.
const SHARED_LETTERS: &str = "àâèéêìíòóôùúý";

/// Frequent Vietnamese words as they are typed without marks, none of them an English word.
const UNMARKED: [&str; 36] = [
    "toi", "khong", "xin", "chao", "cua", "nhung", "duoc", "nguoi", "viet", "minh", "biet", "muon",
    "nhieu", "rat", "cung", "voi", "trong", "ngay", "hom", "nay", "thich", "gia", "dinh", "hoc",
    "sinh", "vien", "truong", "tieng", "vui", "buon", "dep", "giup", "noi", "lam", "roi", "nhe",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLanguage {
    English,
    /// Vietnamese words among English ones.
    Mixed,
    Vietnamese,
    /// No words at all: digits, emoji, punctuation.
    None,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextShape {
    pub words: usize,
    pub clauses: usize,
    pub complex_pattern: bool,
    pub language: TextLanguage,
    pub is_question: bool,
    pub is_quotation: bool,
    pub list_items: usize,
    pub paragraphs: usize,
    /// Words that are addresses, mail addresses or code rather than prose.
    pub not_prose: usize,
}

impl TextShape {
    pub fn of(text: &str) -> Self {
        let composed: String = text.nfc().collect();
        let lower = composed.to_lowercase();
        let tokens: Vec<&str> = lower.split_whitespace().collect();
        let is_word = |token: &&str| token.chars().any(char::is_alphabetic) && !is_not_prose(token);
        let words: Vec<&str> = tokens.iter().copied().filter(|t| is_word(t)).collect();
        let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let clauses = 1 + words.iter().filter(|w| CLAUSE_WORDS.contains(&bare(w).as_str())).count();
        let trimmed = composed.trim();
        TextShape {
            words: words.len(),
            clauses,
            complex_pattern: COMPLEX_PATTERNS.iter().any(|pattern| contains_words(&lower, pattern)),
            language: language(&composed),
            is_question: trimmed.ends_with('?'),
            is_quotation: trimmed.starts_with(['"', '“', '«'])
                && trimmed.ends_with(['"', '”', '»']),
            list_items: composed.lines().filter(|line| is_list_item(line)).count(),
            paragraphs: composed.split("\n\n").filter(|part| !part.trim().is_empty()).count(),
            not_prose: tokens.iter().filter(|token| is_not_prose(token)).count(),
        }
    }
}

fn is_not_prose(token: &str) -> bool {
    token.contains("://")
        || token.starts_with("www.")
        || (token.contains('@') && token.contains('.'))
        || token.contains("()")
        || token.contains("::")
        || token.starts_with('`')
}

fn is_list_item(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("• ")
        || line.split_once(['.', ')']).is_some_and(|(head, rest)| {
            !head.is_empty() && head.chars().all(|c| c.is_ascii_digit()) && rest.starts_with(' ')
        })
}

fn contains_words(lower: &str, pattern: &str) -> bool {
    lower.match_indices(pattern).any(|(at, found)| {
        let before = lower[..at].chars().next_back();
        let after = lower[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Vietnamese by its letters. A capitalised word is taken for a name, unless it opens the text.
fn language(composed: &str) -> TextLanguage {
    let (mut vietnamese, mut sure, mut words) = (0usize, 0usize, 0usize);
    for (n, token) in composed.split_whitespace().filter(|t| !is_not_prose(t)).enumerate() {
        let mut letters = token.chars().filter(|c| c.is_alphabetic()).peekable();
        let Some(first) = letters.peek().copied() else { continue };
        words += 1;
        if first.is_uppercase() && n > 0 {
            continue;
        }
        let word: String = letters.flat_map(char::to_lowercase).collect();
        let is_marked = |c: char| VIETNAMESE_LETTERS.contains(c);
        let is_unmarked_word = UNMARKED.contains(&word.as_str());
        vietnamese += usize::from(is_unmarked_word || word.chars().any(is_marked));
        let is_own = |c: char| is_marked(c) && !SHARED_LETTERS.contains(c);
        sure += usize::from(is_unmarked_word || word.chars().any(is_own));
    }
    match (words, vietnamese, sure) {
        (0, _, _) => TextLanguage::None,
        // Accents that French loan words have too prove nothing alone.
        (_, _, 0) if vietnamese * 2 <= words => TextLanguage::English,
        _ if vietnamese * 2 >= words => TextLanguage::Vietnamese,
        _ => TextLanguage::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language_of(text: &str) -> TextLanguage {
        TextShape::of(text).language
    }

    #[test]
    fn vietnamese_is_known_by_its_letters_composed_or_not() {
        assert_eq!(language_of("Hôm qua tôi đi học muộn"), TextLanguage::Vietnamese);
        let decomposed: String = "Hôm qua tôi đi học muộn".nfd().collect();
        assert_eq!(language_of(&decomposed), TextLanguage::Vietnamese);
        assert_eq!(language_of("I want to buy một cái bánh"), TextLanguage::Mixed);
        for greeting in ["Xin chào", "Em ơi", "toi la sinh vien"] {
            assert_eq!(language_of(greeting), TextLanguage::Vietnamese, "{greeting}");
        }
    }

    #[test]
    fn names_and_loan_words_are_not_vietnamese() {
        assert_eq!(language_of("I live in Đà Nẵng with Nguyễn."), TextLanguage::English);
        assert_eq!(language_of("We met in a café."), TextLanguage::English);
        assert_eq!(language_of("I work in Viet Nam."), TextLanguage::English);
        assert_eq!(language_of("👍 123"), TextLanguage::None);
    }

    #[test]
    fn addresses_and_code_are_not_words() {
        let shape = TextShape::of("See https://example.org and call main()");
        assert_eq!((shape.words, shape.not_prose), (3, 2));
    }
}
