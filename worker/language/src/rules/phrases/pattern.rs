//! One phrase: a row of words, lemmas and classes, with the edit written in place.
//!
//! | written | matches |
//! |---|---|
//! | `of\|from` | one of the words |
//! | `%depend` | any form of the lemma |
//! | `<NP>` | a whole noun phrase; `<ADJ>`, `<ADV>`, `<N>`, `<NS>`, `<V>`, `<VB>`, `<VING>`, `<VEN>`, `<PRON>`, `<POSS>`, `<NUM>`, `<W>`: one word of a class |
//! | `the?` | the word or nothing |
//! | `~that\|which` | nothing, where none of the words follows |
//! | `!a\|the` | nothing, where none of the words stands before |
//! | `^`, `$` | the sentence's beginning; its end or a place where the phrase does not go on; `$.`: a mark or nothing |
//! | `{of -> on}`, `{about ->}`, `{-> to}` | what is replaced, removed, inserted; `{%open -> %turn on}` keeps the form of the verb |

use crate::analysis::{Sentence, Tag, tokenise::Kind};
use std::ops::Range;

#[derive(Debug)]
pub struct Pattern {
    pub section: &'static str,
    elements: Vec<Element>,
    replacements: Vec<Vec<&'static str>>,
}

#[derive(Debug)]
enum Element {
    Token {
        of: Matcher,
        optional: bool,
        edit: Option<usize>,
    },
    Not(Vec<Word>),
    NotAfter(Vec<Word>),
    /// Where the words of an edit that replaces nothing go.
    Insert(usize),
    Start,
    /// The phrase does not go on; with `true`, nothing but a mark follows.
    End(bool),
}

#[derive(Debug)]
enum Matcher {
    /// One token that is one of these.
    AnyOf(Vec<Word>),
    NounPhrase,
}

#[derive(Debug, Clone, Copy)]
enum Word {
    Form(&'static str),
    Lemma(&'static str),
    Class(&'static str),
}

/// What a pattern changes at one place.
pub struct Edit {
    pub tokens: Range<usize>,
    pub replacement: String,
    /// Words removed and added, without what stays between.
    pub removed: usize,
    pub added: usize,
}

impl Pattern {
    /// None where the line is not written as above.
    pub fn parse(line: &'static str, section: &'static str) -> Option<Pattern> {
        let mut pattern = Pattern { section, elements: Vec::new(), replacements: Vec::new() };
        let mut rest = line;
        while !rest.trim_start().is_empty() {
            rest = rest.trim_start();
            if let Some(inner) = rest.strip_prefix('{') {
                let (edit, after) = inner.split_once('}')?;
                let (left, right) = edit.split_once("->")?;
                let number = pattern.replacements.len();
                pattern.replacements.push(right.split_whitespace().collect());
                if left.trim().is_empty() {
                    pattern.elements.push(Element::Insert(number));
                }
                for word in left.split_whitespace() {
                    pattern.elements.push(element(word, Some(number))?);
                }
                rest = after;
            } else {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                pattern.elements.push(element(&rest[..end], None)?);
                rest = &rest[end..];
            }
        }
        (!pattern.replacements.is_empty()).then_some(pattern)
    }

    /// The words or lemmas one of which the first token has; none where it may be of a class.
    pub fn beginnings(&self) -> Option<Vec<&'static str>> {
        let mut words = Vec::new();
        for element in &self.elements {
            let Element::Token { of, optional, .. } = element else { continue };
            let Matcher::AnyOf(own) = of else { return None };
            for word in own {
                let (Word::Form(word) | Word::Lemma(word)) = word else { return None };
                words.push(*word);
            }
            if !optional {
                return Some(words);
            }
        }
        None
    }

    /// The edit where the pattern matches from token `at`.
    pub fn edit(&self, sentence: &Sentence, at: usize) -> Option<Edit> {
        let mut places = vec![None; self.replacements.len()];
        self.matches(sentence, 0, at, &mut places)?;
        let places: Vec<Range<usize>> = places.into_iter().flatten().collect();
        self.apply(sentence, &places)
    }

    /// Matches the elements from number `from` at token `at`, and notes the tokens of each edit.
    fn matches(
        &self,
        sentence: &Sentence,
        from: usize,
        at: usize,
        places: &mut Vec<Option<Range<usize>>>,
    ) -> Option<()> {
        let Some(element) = self.elements.get(from) else { return Some(()) };
        match element {
            Element::Start => (at == 0).then_some(())?,
            Element::End(true) => {
                let ends = sentence.tag(at).is_none_or(Tag::is_mark);
                ends.then_some(())?;
            }
            Element::End(false) => {
                // What goes on with a noun may be a longer name: "at night school".
                let goes_on = |tag: Tag| {
                    tag.is_noun() || tag.is_adjective() || matches!(tag, Tag::Vbg | Tag::Cd)
                };
                let ends = sentence.tag(at).is_none_or(|tag| !goes_on(tag));
                ends.then_some(())?;
            }
            Element::Not(words) => {
                (!words.iter().any(|word| is(*word, sentence, at))).then_some(())?;
            }
            Element::NotAfter(words) => {
                let before = at.checked_sub(1);
                let listed = |at: usize| words.iter().any(|word| is(*word, sentence, at));
                (!before.is_some_and(listed)).then_some(())?;
            }
            Element::Insert(number) => places[*number] = Some(at..at),
            Element::Token { of, optional, edit } => {
                if let Some(length) = length(of, sentence, at) {
                    let before = places.clone();
                    if let Some(number) = edit {
                        let start = places[*number].clone().map_or(at, |range| range.start);
                        places[*number] = Some(start..at + length);
                    }
                    if self.matches(sentence, from + 1, at + length, places).is_some() {
                        return Some(());
                    }
                    *places = before;
                }
                (*optional).then_some(())?;
            }
        }
        self.matches(sentence, from + 1, at, places)
    }

    /// Writes all edits as one, from the first to the last; a word beside it stands for a place without any.
    fn apply(&self, sentence: &Sentence, places: &[Range<usize>]) -> Option<Edit> {
        let (mut start, mut end) = (places.first()?.start, places.last()?.end);
        let (mut removed, mut added) = (0, 0);
        let mut words: Vec<String> = Vec::new();
        let keep = |words: &mut Vec<String>, range: Range<usize>| {
            if !range.is_empty() {
                words.push(sentence.original(range).to_owned());
            }
        };
        let only_removes = self.replacements.iter().all(Vec::is_empty);
        if start == end || only_removes && places.len() == 1 {
            // "discuss about" → "discuss"; at the beginning the next word is taken: "In nowadays" → "nowadays".
            match start.checked_sub(1).filter(|before| !sentence.tokens[*before].tag.is_mark()) {
                Some(before) => start = before,
                None => end = (end + 1).min(sentence.tokens.len()),
            }
        }
        let mut at = start;
        for (place, replacement) in places.iter().zip(&self.replacements) {
            keep(&mut words, at..place.start);
            removed += place.len();
            added += replacement.len();
            for word in replacement {
                words.push(match word.strip_prefix('%') {
                    Some(lemma) => in_form(sentence, place, lemma)?,
                    None => (*word).to_owned(),
                });
            }
            at = place.end;
        }
        keep(&mut words, at..end);
        if places[0].start == 0 && places[0].is_empty() {
            // What an insertion pushes from the sentence's beginning: "Lot of" → "A lot of".
            words[1..]
                .iter_mut()
                .filter(|word| *word != "I")
                .for_each(|word| *word = word.to_lowercase());
        }
        let replacement = words.join(" ");
        (start < end && !replacement.is_empty()).then_some(Edit {
            tokens: start..end,
            replacement,
            removed,
            added,
        })
    }
}

fn element(word: &'static str, edit: Option<usize>) -> Option<Element> {
    let (body, optional) = match word.strip_suffix('?') {
        Some(body) => (body, true),
        None => (word, false),
    };
    let of = match body {
        "^" => return Some(Element::Start),
        "$" => return Some(Element::End(false)),
        "$." => return Some(Element::End(true)),
        "<NP>" => Matcher::NounPhrase,
        _ if body.starts_with('~') => return Some(Element::Not(alternatives(&body[1..]))),
        _ if body.starts_with('!') => return Some(Element::NotAfter(alternatives(&body[1..]))),
        _ => Matcher::AnyOf(alternatives(body)),
    };
    (!body.contains(['{', '}'])).then_some(Element::Token { of, optional, edit })
}

/// How many tokens from `at` the matcher takes.
fn length(of: &Matcher, sentence: &Sentence, at: usize) -> Option<usize> {
    sentence.tokens.get(at).filter(|token| token.kind != Kind::Opaque)?;
    match of {
        Matcher::AnyOf(words) => words.iter().any(|word| is(*word, sentence, at)).then_some(1),
        Matcher::NounPhrase => {
            let phrase = sentence.noun_phrase_at(at)?;
            (phrase.tokens.start == at).then_some(phrase.tokens.len())
        }
    }
}

fn alternatives(written: &'static str) -> Vec<Word> {
    let word = |word: &'static str| match word.strip_prefix('%') {
        Some(lemma) => Word::Lemma(lemma),
        None if word.starts_with('<') => Word::Class(word),
        None => Word::Form(word),
    };
    written.split('|').map(word).collect()
}

fn is(word: Word, sentence: &Sentence, at: usize) -> bool {
    let Some(token) = sentence.tokens.get(at) else { return false };
    match word {
        Word::Form(form) => token.lower == form,
        Word::Class(class) => class_of(sentence, at, class),
        // What the tagger takes for a noun or an adjective may be a verb: "he opens".
        Word::Lemma(lemma) => {
            token.lemma == lemma
                || token.lower == lemma
                || sentence.lexicon.verb_lemma(&token.lower).is_some_and(|verb| verb == lemma)
        }
    }
}

fn class_of(sentence: &Sentence, at: usize, class: &str) -> bool {
    let Some(token) = sentence.tokens.get(at) else { return false };
    let tag = token.tag;
    match class {
        "<ADJ>" => tag.is_adjective(),
        "<ADV>" => tag.is_adverb(),
        "<N>" => tag.is_noun(),
        "<NS>" => matches!(tag, Tag::Nns | Tag::Nnps),
        "<V>" => tag.is_verb(),
        "<VB>" => matches!(tag, Tag::Vb | Tag::Vbp),
        "<VING>" => tag == Tag::Vbg || tag.is_noun() && token.lower.ends_with("ing"),
        "<VEN>" => tag == Tag::Vbn,
        "<PRON>" => tag == Tag::Prp,
        "<POSS>" => tag == Tag::PrpPossessive,
        "<NUM>" => tag == Tag::Cd,
        "<W>" => matches!(token.kind, Kind::Word | Kind::Compound),
        _ => false,
    }
}

/// The verb `lemma` in the form of the first token of `place`: `opened` → `turned`.
fn in_form(sentence: &Sentence, place: &Range<usize>, lemma: &str) -> Option<String> {
    let token = sentence.tokens.get(place.start)?;
    let lexicon = sentence.lexicon;
    let base = lexicon.verb_lemma(&token.lower).unwrap_or_else(|| token.lemma.clone());
    let form = token.lower.as_str();
    let tag = if token.tag.is_verb() && form != base {
        token.tag
    } else if form == lexicon.third(&base) {
        Tag::Vbz
    } else if lexicon.ing(&base).as_deref() == Some(form) {
        Tag::Vbg
    } else if form != base && lexicon.past(&base).as_deref() == Some(form) {
        Tag::Vbd
    } else {
        Tag::Vb
    };
    lexicon.verb_form(lemma, tag)
}
