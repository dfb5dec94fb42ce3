//! LanguageTool's categories and issue types for ERRANT's.

use lexilingo_shared::errant::Category as Errant;

/// How LanguageTool files a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    pub id: &'static str,
    pub name: &'static str,
    /// Of the Internationalization Tag Set 2.0, as LanguageTool uses them.
    pub issue_type: &'static str,
    /// How editors mark it.
    pub type_name: &'static str,
}

const fn category(
    id: &'static str,
    name: &'static str,
    issue_type: &'static str,
    type_name: &'static str,
) -> Category {
    Category { id, name, issue_type, type_name }
}

const TYPOS: Category = category("TYPOS", "Possible Typo", "misspelling", "UnknownWord");
const CASING: Category = category("CASING", "Capitalization", "typographical", "Other");
const PUNCTUATION: Category = category("PUNCTUATION", "Punctuation", "typographical", "Other");
const CONFUSED: Category =
    category("CONFUSED_WORDS", "Commonly Confused Words", "misspelling", "Other");
const GRAMMAR: Category = category("GRAMMAR", "Grammar", "grammar", "Other");

pub fn of(errant: Errant, rule: &str) -> Category {
    match errant {
        Errant::Spell => TYPOS,
        Errant::Orth => CASING,
        Errant::Punct => PUNCTUATION,
        _ if rule == "confused-words" => CONFUSED,
        _ => GRAMMAR,
    }
}

/// Two or three words about the error, in English and Vietnamese.
pub fn short_message(errant: Errant) -> (&'static str, &'static str) {
    match errant {
        Errant::Adj | Errant::AdjForm => ("Adjective", "Tính từ"),
        Errant::Adv => ("Adverb", "Trạng từ"),
        Errant::Conj => ("Conjunction", "Liên từ"),
        Errant::Contr => ("Contraction", "Dạng rút gọn"),
        Errant::Det => ("Article or determiner", "Mạo từ hoặc từ hạn định"),
        Errant::Morph => ("Word form", "Dạng từ"),
        Errant::Noun => ("Noun", "Danh từ"),
        Errant::NounInfl | Errant::NounNum => ("Singular or plural", "Số ít hay số nhiều"),
        Errant::NounPoss => ("Possessive", "Sở hữu cách"),
        Errant::Orth => ("Capital letters and spaces", "Chữ hoa và khoảng trắng"),
        Errant::Other => ("Choice of words", "Cách dùng từ"),
        Errant::Part => ("Particle", "Tiểu từ"),
        Errant::Prep => ("Preposition", "Giới từ"),
        Errant::Pron => ("Pronoun", "Đại từ"),
        Errant::Punct => ("Punctuation", "Dấu câu"),
        Errant::Spell => ("Spelling", "Chính tả"),
        Errant::Verb => ("Verb", "Động từ"),
        Errant::VerbForm | Errant::VerbInfl => ("Verb form", "Dạng động từ"),
        Errant::VerbSva => ("Subject and verb", "Chủ ngữ và động từ"),
        Errant::VerbTense => ("Tense", "Thì của động từ"),
        Errant::Wo => ("Word order", "Trật tự từ"),
    }
}
