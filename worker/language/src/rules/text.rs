//! One analysed sentence, the only thing that rules look at.

use crate::rules::{
    facts::Facts,
    lexicon::Lexicon,
    tokenise::{self, Kind, RawToken},
    words,
};
use harper_core::{Document, Lrc, Punctuation, Span, TokenKind, parsers::Parser};
use std::ops::Range;

/// The tagger's choice among the word classes that rules ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    Noun,
    ProperNoun,
    Verb,
    Auxiliary,
    Adjective,
    Adverb,
    Other,
}

#[derive(Debug, Clone)]
pub struct Token {
    /// Bytes of the sentence's text.
    pub span: Range<usize>,
    /// Lower case, with a straight apostrophe.
    pub lower: String,
    pub kind: Kind,
    pub facts: Facts,
    pub tag: Tag,
    pub capitalised: bool,
    /// Has letters that English does not write.
    pub foreign: bool,
}

/// A sentence with its words looked up and tagged.
pub struct Sentence<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub lexicon: &'a Lexicon,
}

impl<'a> Sentence<'a> {
    /// Analyses a text that is one sentence; a text of several is read as one.
    pub fn new(text: &'a str, lexicon: &'a Lexicon) -> Sentence<'a> {
        let raw = tokenise::tokens(text);
        let tags = tags(text, &raw, lexicon);
        let tokens =
            raw.iter().zip(tags).map(|(raw, tag)| token(text, raw, tag, lexicon)).collect();
        Sentence { text, tokens, lexicon }
    }

    /// The word at `i + offset` in lower case; empty outside the sentence and for what may not be judged.
    pub fn at(&self, i: usize, offset: isize) -> &str {
        let token = i.checked_add_signed(offset).and_then(|at| self.tokens.get(at));
        token.filter(|token| token.kind != Kind::Opaque).map_or("", |token| &token.lower)
    }

    pub fn word(&self, i: usize) -> &str {
        self.at(i, 0)
    }

    /// True when all flags are among the readings of word `i`; false outside the sentence.
    pub fn has(&self, i: usize, wanted: Facts) -> bool {
        self.tokens.get(i).is_some_and(|token| token.facts.has(wanted))
    }

    pub fn any(&self, i: usize, wanted: Facts) -> bool {
        self.tokens.get(i).is_some_and(|token| token.facts.any(wanted))
    }

    pub fn tag(&self, i: usize) -> Option<Tag> {
        self.tokens.get(i).map(|token| token.tag)
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.kind == Kind::Word && !token.foreign)
    }

    pub fn is_capitalised(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.capitalised)
    }

    /// The learner's own characters of tokens `range`, which is not empty.
    pub fn original(&self, range: Range<usize>) -> &str {
        &self.text[self.span(range)]
    }

    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        self.tokens[range.start].span.start..self.tokens[range.end - 1].span.end
    }

    /// True when the sentence reads as another language, so that no English rule may judge it.
    pub fn is_foreign(&self) -> bool {
        let words = self.tokens.iter().filter(|token| token.kind == Kind::Word);
        let (mut all, mut foreign, mut unknown, mut english) = (0, 0, 0, 0);
        for word in words {
            all += 1;
            foreign += usize::from(word.foreign);
            english += usize::from(words::is_grammatical(&word.lower));
            unknown +=
                usize::from(!word.facts.has(Facts::KNOWN) && !word.capitalised && !word.foreign);
        }
        // Much misspelt English still has its small words.
        let share = if english >= 2 { (3, 4) } else { (1, 2) };
        foreign * 5 >= all * 2 || all >= 3 && (foreign + unknown) * share.1 > all * share.0
    }
}

fn token(text: &str, raw: &RawToken, tag: Tag, lexicon: &Lexicon) -> Token {
    let own = &text[raw.span.clone()];
    let mut lower = own.to_lowercase().replace('’', "'");
    if raw.kind == Kind::Word && lower.ends_with('.') {
        lower.pop();
    }
    let judged = matches!(raw.kind, Kind::Word | Kind::Compound);
    let facts = if judged { lexicon.facts(&lower) } else { Facts::NONE };
    let foreign =
        judged && !own.is_ascii() && !own.replace('’', "'").is_ascii() && !facts.has(Facts::KNOWN);
    let capitalised = own.starts_with(char::is_uppercase);
    Token { span: raw.span.clone(), lower, kind: raw.kind, facts, tag, capitalised, foreign }
}

/// Hands our tokens to harper in place of its own lexer's.
struct OurTokens(Vec<harper_core::Token>);

impl Parser for OurTokens {
    fn parse(&self, _source: &[char]) -> Vec<harper_core::Token> {
        self.0.clone()
    }
}

fn tags(text: &str, raw: &[RawToken], lexicon: &Lexicon) -> Vec<Tag> {
    let source: Vec<char> = text.chars().collect();
    let (mut at_byte, mut at_char) = (0, 0);
    let mut given = Vec::with_capacity(raw.len() * 2);
    let mut starts = Vec::with_capacity(raw.len());
    for token in raw {
        let gap = text[at_byte..token.span.start].chars().count();
        if gap > 0 {
            let span = Span::new(at_char, at_char + gap);
            given.push(harper_core::Token::new(span, TokenKind::Space(gap)));
        }
        let own = &text[token.span.clone()];
        let start = at_char + gap;
        at_char = start + own.chars().count();
        at_byte = token.span.end;
        starts.push(start);
        given
            .push(harper_core::Token::new(Span::new(start, at_char), harper_kind(own, token.kind)));
    }
    let document =
        Document::new_from_chars(Lrc::from(source), &OurTokens(given), lexicon.dictionary());
    let mut tagged = document.get_tokens().iter().peekable();
    let tag_at = |start: usize| {
        while tagged.next_if(|token| token.span.start < start).is_some() {}
        tagged
            .peek()
            .filter(|token| token.span.start == start)
            .map_or(Tag::Other, |token| tag_of(&token.kind))
    };
    starts.into_iter().map(tag_at).collect()
}

fn harper_kind(own: &str, kind: Kind) -> TokenKind {
    match kind {
        Kind::Word | Kind::Compound => TokenKind::Word(None),
        Kind::Punctuation => match own.chars().next().and_then(Punctuation::from_char) {
            Some(mark) => TokenKind::Punctuation(mark),
            None => TokenKind::Unlintable,
        },
        Kind::Number | Kind::Opaque => TokenKind::Unlintable,
    }
}

fn tag_of(kind: &TokenKind) -> Tag {
    // The tagger's type has no public name in harper-core; its printed name is stable (Universal Dependencies).
    let tag = kind.as_word().and_then(|meta| meta.as_ref()?.pos_tag.as_ref().map(AsRef::as_ref));
    match tag {
        Some("NOUN") => Tag::Noun,
        Some("PROPN") => Tag::ProperNoun,
        Some("VERB") => Tag::Verb,
        Some("AUX") => Tag::Auxiliary,
        Some("ADJ") => Tag::Adjective,
        Some("ADV") => Tag::Adverb,
        _ => Tag::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_and_tagged_at_their_bytes() {
        let lexicon = Lexicon::load();
        let sentence = Sentence::new("Anh ấy — she goes to school.", &lexicon);
        let goes = sentence.tokens.iter().position(|token| token.lower == "goes").unwrap();
        assert_eq!(sentence.original(goes..goes + 1), "goes");
        assert_eq!(sentence.tag(goes), Some(Tag::Verb));
        assert!(sentence.tokens[1].foreign && !sentence.tokens[goes].foreign);
        assert_eq!(sentence.at(0, -1), "");
    }

    #[test]
    fn vietnamese_sentences_are_told_from_english_ones() {
        let lexicon = Lexicon::load();
        for text in ["Tôi đi học mỗi ngày.", "Toi thich nghe nhac va xem phim"] {
            assert!(Sentence::new(text, &lexicon).is_foreign(), "{text}");
        }
        for text in [
            "I like phở very much.",
            "She have 5 book",
            "My freind is hapy.",
            "I recived your mesage yesteday",
        ] {
            assert!(!Sentence::new(text, &lexicon).is_foreign(), "{text}");
        }
    }
}
