//! One token of an analysed sentence.

use crate::analysis::{
    facts::Facts,
    lemma::contraction_stem,
    lexicon::Lexicon,
    tag::{Tag, TokenView},
    tokenise::{Kind, RawToken},
    words,
};
use std::ops::Range;

#[derive(Debug, Clone)]
pub struct Token {
    /// Bytes of the sentence's text.
    pub span: Range<usize>,
    /// Lower case, with a straight apostrophe.
    pub lower: String,
    pub kind: Kind,
    pub facts: Facts,
    pub tag: Tag,
    /// Lower case; of the first part of a contraction. A form that no table explains is its own lemma.
    pub lemma: String,
    pub capitalised: bool,
    /// Has letters that English does not write.
    pub foreign: bool,
}

/// A verb that is written as one with the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clitic {
    /// `I'm`, `we're`.
    Be,
    /// `she's`: is or has.
    IsOrHas,
    /// `they'll`.
    Will,
    /// `I've`.
    Have,
    /// `he'd`: would or had.
    WouldOrHad,
}

impl Token {
    pub(super) fn new(text: &str, raw: &RawToken, lexicon: &Lexicon) -> Token {
        let own = &text[raw.span.clone()];
        let mut lower = own.to_lowercase().replace('’', "'");
        if raw.kind == Kind::Word && lower.ends_with('.') {
            lower.pop();
        }
        let judged = matches!(raw.kind, Kind::Word | Kind::Compound);
        let facts = if judged { lexicon.facts(&lower) } else { Facts::NONE };
        let foreign = judged && !own.replace('’', "'").is_ascii() && !facts.has(Facts::KNOWN);
        let capitalised = own.starts_with(char::is_uppercase);
        let (tag, lemma) = (Tag::Fw, String::new());
        Token {
            span: raw.span.clone(),
            lower,
            kind: raw.kind,
            facts,
            tag,
            lemma,
            capitalised,
            foreign,
        }
    }

    pub fn view<'a>(&'a self, text: &'a str) -> TokenView<'a> {
        TokenView {
            own: &text[self.span.clone()],
            lower: &self.lower,
            kind: self.kind,
            facts: self.facts,
        }
    }

    /// The first part of a contraction in lower case: `don't` → `do`; any other word as it is.
    pub fn stem(&self) -> &str {
        contraction_stem(&self.lower)
    }

    /// The verb glued to a pronoun, `there` or a question word. After a noun `'s` is taken for the possessive.
    pub fn clitic(&self) -> Option<Clitic> {
        let (stem, end) = self.lower.split_once('\'')?;
        let host = words::is_subject_pronoun(stem)
            || matches!(
                stem,
                "there" | "that" | "this" | "here" | "who" | "what" | "where" | "how" | "when"
            );
        match end {
            _ if !host => None,
            "m" | "re" => Some(Clitic::Be),
            "s" => Some(Clitic::IsOrHas),
            "ll" => Some(Clitic::Will),
            "ve" => Some(Clitic::Have),
            "d" => Some(Clitic::WouldOrHad),
            _ => None,
        }
    }

    /// `not`, `never`, or a contraction with `n't`.
    pub fn is_negation(&self) -> bool {
        matches!(self.lower.as_str(), "not" | "never" | "cannot") || self.lower.ends_with("n't")
    }

    /// A form of be, have or do, or a modal; `have` and `do` may be full verbs all the same.
    pub fn is_auxiliary(&self) -> bool {
        self.tag == Tag::Md
            || self.tag.is_verb() && matches!(self.lemma.as_str(), "be" | "have" | "do")
    }
}
