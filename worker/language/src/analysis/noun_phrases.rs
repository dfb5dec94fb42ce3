//! Base noun phrases: from the determiner to the head, without what follows the head ("a lot" in "a lot of friends").

use crate::analysis::{
    countability::{self, Countability},
    facts::Facts,
    tag::Tag,
    token::Token,
    tokenise::Kind,
    vietnamese_syllable, words,
};
use std::ops::Range;

/// How many the head's form speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    Singular,
    Plural,
    /// `sheep`, `family`, `you`: one or many.
    Either,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhraseKind {
    /// `she`, `them`, `mine`.
    Pronoun,
    /// `everyone`, `something`.
    Indefinite,
    /// `this`, `those` without a noun.
    Demonstrative,
    /// `Lan`, `Ha Long Bay`.
    Name,
    /// A common noun heads it.
    Common,
    /// A determiner, number or adjective without a noun: `the rich`, `two`, `some`.
    Elliptic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definiteness {
    /// `the`, `this`, a possessor, a name, a personal pronoun.
    Definite,
    /// `a`, `some`, a number or another quantifier.
    Indefinite,
    /// No determiner at all.
    Bare,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NounPhrase {
    /// Determiner to head, both included; never empty.
    pub tokens: Range<usize>,
    /// The token that decides about number: `books` in `my two old books`.
    pub head: usize,
    /// `a`, `the`, `my`, `this`, `some`, `Lan's`.
    pub determiner: Option<usize>,
    /// `two`, `many`, `5`; also where it is the determiner.
    pub quantifier: Option<usize>,
    pub kind: PhraseKind,
    pub number: Number,
    pub countability: Countability,
    pub definiteness: Definiteness,
}

impl NounPhrase {
    pub fn is_pronoun(&self) -> bool {
        self.kind == PhraseKind::Pronoun
    }

    pub fn is_name(&self) -> bool {
        self.kind == PhraseKind::Name
    }

    /// Nothing says which or how many: `teacher` in "He is teacher".
    pub fn is_bare(&self) -> bool {
        self.definiteness == Definiteness::Bare
    }

    pub fn is_definite(&self) -> bool {
        self.definiteness == Definiteness::Definite
    }

    pub fn is_plural(&self) -> bool {
        self.number == Number::Plural
    }

    /// A common noun in the singular that always can be counted, so that it asks for a determiner.
    pub fn is_countable_singular(&self) -> bool {
        self.kind == PhraseKind::Common
            && self.number == Number::Singular
            && self.countability == Countability::Countable
    }

    pub fn is_uncountable(&self) -> bool {
        self.kind == PhraseKind::Common && self.countability == Countability::Uncountable
    }

    /// The tokens between determiner and head: `two old` in `my two old books`.
    pub fn modifiers(&self) -> Range<usize> {
        let from = self.determiner.map_or(self.tokens.start, |at| at + 1);
        from.min(self.head)..self.head
    }
}

/// All base noun phrases of a tagged sentence, in order and apart. Cost is linear.
pub(super) fn noun_phrases(tokens: &[Token]) -> Vec<NounPhrase> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match phrase_at(tokens, at) {
            Some(phrase) => {
                at = phrase.tokens.end;
                found.push(phrase);
            }
            None => at += 1,
        }
    }
    found
}

fn phrase_at(tokens: &[Token], start: usize) -> Option<NounPhrase> {
    let first = &tokens[start];
    if first.tag == Tag::Prp {
        return Some(pronoun(tokens, start));
    }
    let mut end = start;
    let mut last_noun = None;
    while let Some(token) = tokens.get(end) {
        // After a noun only a noun can go on: "a car red" ends with its noun.
        let goes_on = if last_noun.is_some() && !is_possessor(&tokens[end - 1]) {
            continues_noun(tokens, end)
        } else {
            opens(tokens, start, end)
        };
        if !goes_on {
            break;
        }
        if token.tag.is_noun() || token.kind == Kind::Opaque {
            last_noun = Some(end);
        }
        end += 1;
    }
    let head = match last_noun {
        Some(noun) if !is_possessor(&tokens[noun]) || noun + 1 >= end => noun,
        _ => elliptic_head(tokens, start..end)?,
    };
    Some(described(tokens, start, head))
}

/// Whether token `at` may stand before the noun of a phrase that began at `start`, or be its first noun.
fn opens(tokens: &[Token], start: usize, at: usize) -> bool {
    let tag = tokens[at].tag;
    match tag {
        Tag::Dt | Tag::Pdt => {
            at == start
                || matches!(tokens[at - 1].tag, Tag::Pdt | Tag::Dt) && tokens[at - 1].lower == "all"
        }
        Tag::PrpPossessive => {
            at == start || matches!(tokens[at - 1].lower.as_str(), "all" | "both")
        }
        Tag::Cd | Tag::Dollar => true,
        Tag::Jj | Tag::Jjr | Tag::Jjs => true,
        // "a very big house"; "the most beautiful".
        Tag::Rb | Tag::Rbr | Tag::Rbs => {
            let described = tokens
                .get(at + 1)
                .is_some_and(|next| next.tag.is_adjective() || next.tag == Tag::Vbn);
            // "over 250 people".
            at > start && described || tokens.get(at + 1).is_some_and(|next| next.tag == Tag::Cd)
        }
        // "a broken cup", "the running man"; "of defined layers".
        Tag::Vbn | Tag::Vbg => {
            let led = at > start
                || tag == Tag::Vbn
                    && tokens[..at]
                        .iter()
                        .rev()
                        .find(|token| !token.tag.is_adverb())
                        .is_some_and(|token| token.tag == Tag::In);
            led && tokens
                .get(at + 1)
                .is_some_and(|next| next.tag.is_common_noun() || next.tag == Tag::Jj)
        }
        // "fresh and clean water".
        Tag::Cc => {
            at > start
                && tokens[at - 1].tag == Tag::Jj
                && tokens.get(at + 1).is_some_and(|next| next.tag == Tag::Jj)
                && tokens.get(at + 2).is_some_and(|next| next.tag.is_common_noun())
        }
        tag => tag.is_noun(),
    }
}

fn continues_noun(tokens: &[Token], at: usize) -> bool {
    let (before, token) = (&tokens[at - 1], &tokens[at]);
    if !token.tag.is_noun() || token.kind == Kind::Opaque {
        return false;
    }
    // A pronoun such as `everyone` takes no noun beside it, and a day or a name after a common noun begins anew.
    let pronoun = words::is_indefinite(&before.lower) || words::is_indefinite(&token.lower);
    let name_after_noun =
        token.tag.is_proper_noun() && before.tag.is_common_noun() && !before.capitalised;
    let adverbial =
        matches!(token.lower.as_str(), "yesterday" | "today" | "tomorrow" | "tonight" | "home");
    !pronoun && !name_after_noun && !adverbial
}

/// `Lan's`, `students'`: a noun that determines the next one.
fn is_possessor(token: &Token) -> bool {
    token.tag.is_noun() && (token.lower.ends_with("'s") || token.lower.ends_with("s'"))
}

/// The head of a phrase without a noun: the last word of `the rich`, `these two`, `some`.
fn elliptic_head(tokens: &[Token], range: Range<usize>) -> Option<usize> {
    let first = tokens.get(range.start)?;
    let determined = matches!(first.tag, Tag::Dt | Tag::Cd | Tag::Pdt | Tag::Dollar)
        || matches!(first.lower.as_str(), "many" | "few" | "several" | "others" | "most");
    let article_alone = range.len() == 1 && words::is_article(&first.lower);
    let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
    (determined && !article_alone || is_possessor(&tokens[last])).then_some(last)
}

fn pronoun(tokens: &[Token], at: usize) -> NounPhrase {
    let number = match tokens[at].stem() {
        "you" | "mine" | "yours" | "hers" | "his" | "ours" | "theirs" => Number::Either,
        "we" | "us" | "they" | "them" | "ourselves" | "themselves" | "yourselves" => Number::Plural,
        _ => Number::Singular,
    };
    NounPhrase {
        tokens: at..at + 1,
        head: at,
        determiner: None,
        quantifier: None,
        kind: PhraseKind::Pronoun,
        number,
        countability: Countability::Either,
        definiteness: Definiteness::Definite,
    }
}

fn described(tokens: &[Token], start: usize, head: usize) -> NounPhrase {
    let is_determiner = |i: &usize| {
        matches!(tokens[*i].tag, Tag::Dt | Tag::PrpPossessive)
            || *i < head && is_possessor(&tokens[*i])
    };
    let is_quantifier = |i: &usize| {
        tokens[*i].tag == Tag::Cd
            || matches!(
                tokens[*i].lower.as_str(),
                "many" | "much" | "several" | "few" | "little" | "some" | "any"
            )
    };
    let determiner = (start..=head).filter(|i| *i < head || start == head).find(is_determiner);
    let quantifier = (start..=head).filter(|i| *i < head || start == head).find(is_quantifier);
    let token = &tokens[head];
    let kind = match token.tag {
        Tag::Nnp | Tag::Nnps => PhraseKind::Name,
        Tag::Dt if matches!(token.lower.as_str(), "this" | "that" | "these" | "those") => {
            PhraseKind::Demonstrative
        }
        Tag::Nn
            if words::is_indefinite(&token.lower)
                || matches!(token.lower.as_str(), "anything" | "none") =>
        {
            PhraseKind::Indefinite
        }
        tag if tag.is_noun() => PhraseKind::Common,
        _ => PhraseKind::Elliptic,
    };
    let opening = determiner.map_or("", |at| tokens[at].lower.as_str());
    let definiteness = match opening {
        "" if kind == PhraseKind::Name => Definiteness::Definite,
        "" if quantifier.is_some() || kind == PhraseKind::Indefinite => Definiteness::Indefinite,
        "" => Definiteness::Bare,
        "a" | "an" | "some" | "any" | "no" | "another" | "each" | "every" | "either"
        | "neither" => Definiteness::Indefinite,
        _ => Definiteness::Definite,
    };
    NounPhrase {
        tokens: start..head + 1,
        head,
        determiner,
        quantifier,
        kind,
        number: number(token, kind),
        countability: countability::of(&token.lower, &token.lemma, token.facts),
        definiteness,
    }
}

fn number(token: &Token, kind: PhraseKind) -> Number {
    let word = token.lower.as_str();
    match kind {
        PhraseKind::Demonstrative if matches!(word, "these" | "those") => Number::Plural,
        PhraseKind::Demonstrative | PhraseKind::Indefinite => Number::Singular,
        PhraseKind::Elliptic => match word {
            "one" | "another" | "each" | "every" => Number::Singular,
            "many" | "several" | "few" | "both" => Number::Plural,
            word if words::is_plural_number(word) => Number::Plural,
            _ => Number::Either,
        },
        PhraseKind::Name if is_plain_name(token) => Number::Singular,
        // What no dictionary has may be a plural: "Myxobacteria".
        _ if !token.facts.has(Facts::KNOWN) || kind == PhraseKind::Name => Number::Either,
        _ if countability::is_singular_in_s(word) => Number::Singular,
        _ if countability::is_plural_in_sense(word) => Number::Plural,
        _ if countability::is_collective(word) => Number::Either,
        _ if token.facts.has(Facts::SINGULAR | Facts::PLURAL) => Number::Either,
        _ if matches!(token.tag, Tag::Nns | Tag::Nnps) || token.facts.has(Facts::PLURAL) => {
            Number::Plural
        }
        _ => Number::Singular,
    }
}

/// A name of one person or place: `Lan`, `Peter`; not `Mars` or `Amoebozoa`, which may be many things.
fn is_plain_name(token: &Token) -> bool {
    let word = token.lower.as_str();
    let known = token.facts.has(Facts::PROPER)
        || !token.facts.has(Facts::KNOWN) && vietnamese_syllable::is_syllable(word);
    let plural = ["s", "men", "fish", "people", "ia", "oa"].iter().any(|end| word.ends_with(end));
    known && !plural && !token.foreign
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Lexicon, Sentence};

    fn phrases(lexicon: &Lexicon, text: &str) -> Vec<String> {
        let sentence = Sentence::new(text, lexicon);
        sentence
            .noun_phrases
            .iter()
            .map(|np| sentence.original(np.tokens.clone()).to_owned())
            .collect()
    }

    #[test]
    fn phrases_run_from_determiner_to_head() {
        let lexicon = Lexicon::load();
        for (text, expected) in [
            ("She go to the big old school.", vec!["She", "the big old school"]),
            (
                "My mother's new book is on a very small table.",
                vec!["My mother's new book", "a very small table"],
            ),
            (
                "I have two brother and a lot of friend.",
                vec!["I", "two brother", "a lot", "friend"],
            ),
            ("He is teacher.", vec!["He", "teacher"]),
            ("Everyone know all my friends.", vec!["Everyone", "all my friends"]),
            ("She has a car red.", vec!["She", "a car"]),
            ("We visit Ha Long Bay two years ago.", vec!["We", "Ha Long Bay", "two years"]),
            ("The rich have money.", vec!["The rich", "money"]),
        ] {
            assert_eq!(phrases(&lexicon, text), expected, "{text}");
        }
    }

    #[test]
    fn a_phrase_knows_what_articles_and_agreement_ask() {
        let lexicon = Lexicon::load();
        let first = |text: &str| {
            let sentence = Sentence::new(text, &lexicon);
            sentence.noun_phrases.last().cloned().unwrap()
        };
        let teacher = first("He is teacher");
        assert!(teacher.is_bare() && teacher.is_countable_singular());
        let information = first("I need informations");
        assert!(information.is_uncountable());
        let books = first("She have these five old books");
        assert!(books.is_plural() && books.is_definite() && books.quantifier.is_some());
        assert_eq!(books.modifiers().len(), 2);
        assert!(first("I see you").is_pronoun() && first("I live in Hanoi").is_name());
        assert_eq!(first("We eat rice").countability, Countability::Either);
    }
}
