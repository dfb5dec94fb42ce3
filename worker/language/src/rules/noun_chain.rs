//! A subject that is read from its first word, in questions and after prepositions: a noun phrase with what hangs on it,
//! `a ticket to Huế`, `the boys in your team`, `Nam and his sister`.

use crate::analysis::{Person, Sentence, Tag, facts::Facts, words};
use std::ops::Range;

pub struct NounChain {
    pub tokens: Range<usize>,
    pub head: usize,
    pub person: Person,
    pub is_pronoun: bool,
}

/// Prepositions by which one noun phrase hangs on another.
const LINKS: &str =
    "of in on at to from with near for between behind under about beside around inside";
/// Most phrases of one chain.
const LONGEST: usize = 4;

/// The chain that begins at token `start`; it can be a subject.
pub fn from(sentence: &Sentence, start: usize) -> Option<NounChain> {
    let first = sentence.noun_phrase_at(start).filter(|phrase| phrase.tokens.start == start)?;
    let word = sentence.word(first.head);
    let is_pronoun = first.is_pronoun();
    if words::among("me him us them myself himself herself themselves", word) {
        return None;
    }
    let mut person = match word {
        "i" => Person::First,
        "you" | "we" | "they" | "these" | "those" => Person::Plural,
        _ if first.is_plural() => Person::Plural,
        _ => Person::Third,
    };
    let mut end = first.tokens.end;
    for _ in 1..LONGEST {
        let joined = sentence.word(end) == "and";
        let linked = !is_pronoun && words::among(LINKS, sentence.word(end));
        let next = sentence.noun_phrase_at(end + 1).filter(|phrase| {
            phrase.tokens.start == end + 1 && (linked || joined && !phrase.is_bare())
        });
        let Some(next) = next else { break };
        if joined {
            person = Person::Plural;
        }
        end = next.tokens.end;
    }
    Some(NounChain { tokens: start..end, head: first.head, person, is_pronoun })
}

/// The chain before a verb that is asked for: a phrase that has swallowed its verb ("a ticket to Hue cost") gives it back.
pub fn before_verb(sentence: &Sentence, start: usize) -> Option<NounChain> {
    let chain = from(sentence, start)?;
    let last = chain.tokens.end - 1;
    let verb_next = sentence.tagged(chain.tokens.end, Tag::is_verb)
        || sentence.has(chain.tokens.end, Facts::BASE | Facts::RATHER_VERB);
    let swallowed = !verb_next
        && sentence.has(last, Facts::BASE | Facts::USUAL_VERB)
        && !sentence.is_capitalised(last)
        && sentence.noun_phrase_at(last - 1).is_some_and(|phrase| {
            phrase.tokens.end == last + 1 && (sentence.tagged(last - 1, Tag::is_noun))
        });
    let end = if swallowed { last } else { chain.tokens.end };
    let head = chain.head.min(end - 1);
    Some(NounChain { tokens: start..end, head, ..chain })
}

/// The first token of the chain that ends before token `end`: `the air conditioner in our bedroom`.
pub fn start_of(sentence: &Sentence, end: usize) -> Option<usize> {
    let mut start = end;
    for _ in 0..LONGEST {
        let phrase = sentence
            .noun_phrase_at(start.checked_sub(1)?)
            .filter(|phrase| phrase.tokens.end == start)?;
        start = phrase.tokens.start;
        let linked = start >= 2
            && (words::among(LINKS, sentence.word(start - 1)) || sentence.word(start - 1) == "and")
            && sentence.noun_phrase_at(start - 2).is_some_and(|left| !left.is_pronoun());
        if !linked {
            break;
        }
        start -= 1;
    }
    Some(start)
}

/// The form of `have`, `do`, `be` or `was` for a person.
pub fn agreeing(auxiliary: &str, person: Person) -> &'static str {
    match (auxiliary, person) {
        ("have", Person::Third) => "has",
        ("have", _) => "have",
        ("do", Person::Third) => "does",
        ("do", _) => "do",
        ("was", Person::First | Person::Third) => "was",
        ("was", _) => "were",
        (_, Person::First) => "am",
        (_, Person::Third) => "is",
        _ => "are",
    }
}

/// True for a word that can be a plain verb here: not the noun or the adjective of the same form.
pub fn is_base_verb(sentence: &Sentence, at: usize) -> bool {
    let token = match sentence.tokens.get(at) {
        Some(token) if !token.capitalised && !token.foreign => token,
        _ => return false,
    };
    let verb = token.facts.has(Facts::BASE | Facts::USUAL_VERB)
        && !matches!(token.lower.as_str(), "like" | "please" | "thank" | "better" | "will" | "can");
    let another = token.facts.any(Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE | Facts::PREPOSITION)
        && !token.facts.has(Facts::RATHER_VERB);
    let tagged = matches!(token.tag, Tag::Vb | Tag::Vbp);
    verb && (tagged || !another)
        || matches!(token.lower.as_str(), "be" | "have") && token.tag != Tag::Vbz
}

/// The plain form of the verb at `at`, which may be plain already.
pub fn base_of(sentence: &Sentence, at: usize) -> Option<String> {
    if sentence.has(at, Facts::BASE) {
        return Some(sentence.word(at).to_owned());
    }
    sentence.lexicon.verb_lemma(sentence.word(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lexicon;

    #[test]
    fn chains_take_what_hangs_on_a_noun() {
        let lexicon = Lexicon::load();
        for (text, chain, person) in [
            ("the boys in your team played", "the boys in your team", Person::Plural),
            ("a ticket to Huế costs much", "a ticket to Huế", Person::Third),
            ("my brother and his wife live here", "my brother and his wife", Person::Plural),
            ("she lives in Hue", "she", Person::Third),
        ] {
            let sentence = Sentence::new(text, &lexicon);
            let found = from(&sentence, 0).unwrap();
            assert_eq!(sentence.original(found.tokens.clone()), chain);
            assert_eq!(found.person, person, "{text}");
            assert_eq!(start_of(&sentence, found.tokens.end), Some(0), "{text}");
        }
    }
}
