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
