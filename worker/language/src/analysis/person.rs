//! Person and number of a noun phrase as the verb sees them.

use crate::analysis::{
    countability,
    noun_phrases::{NounPhrase, Number},
    token::Token,
    words,
};

/// Which form of a verb the subject asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// `I`.
    First,
    /// `he`, `my sister`, `everyone`.
    Third,
    /// `you`, `we`, `they`, `the students`.
    Plural,
    /// `my family`: one or many, as the speaker likes.
    Either,
}

/// Nouns and quantifiers whose `of` phrase decides about number: "a lot of friends are".
const PARTITIVE: &str = "lot lots plenty number total bunch handful host variety majority most some all half rest none any percent couple dozens hundreds thousands millions range";
/// What form a phrase asks for as subject; `inner` is the phrase after its `of`. None for objects: `me`, `them`.
pub(super) fn of(
    tokens: &[Token],
    phrase: &NounPhrase,
    inner: Option<&NounPhrase>,
) -> Option<Person> {
    let head = &tokens[phrase.head];
    let word = head.stem();
    if phrase.is_pronoun() {
        return pronoun_person(word);
    }
    if let Some(inner) = inner {
        if matches!(word, "one" | "each" | "every" | "either" | "neither" | "everyone") {
            return Some(Person::Third);
        }
        let definite_number = word == "number" && phrase.is_definite();
        if definite_number && inner.number == Number::Plural {
            return Some(Person::Third);
        }
        if words::among(PARTITIVE, word) && !definite_number {
            return Some(match inner.number {
                Number::Plural => Person::Plural,
                _ if inner.is_uncountable() => Person::Third,
                _ => Person::Either,
            });
        }
    }
    if word == "one" && phrase.tokens.len() == 2 {
        return Some(Person::Third);
    }
    let determiner = phrase.determiner.map_or("", |at| tokens[at].lower.as_str());
    let most = tokens[phrase.tokens.clone()].iter().any(|token| token.lower == "most")
        && phrase.number == Number::Singular;
    let counted = phrase.quantifier.is_some_and(|at| {
        words::is_plural_number(&tokens[at].lower)
            || matches!(tokens[at].lower.as_str(), "many" | "several" | "few")
    });
    Some(match phrase.number {
        _ if countability::is_collective(word) || most => Person::Either,
        // "Ten dollars is", "two brother are": an amount, or a noun whose ending is missing.
        _ if counted => {
            if phrase.number == Number::Plural && !is_amount(word) {
                Person::Plural
            } else {
                Person::Either
            }
        }
        Number::Either => Person::Either,
        Number::Plural if words::is_singular_determiner(determiner) => Person::Either,
        Number::Plural => Person::Plural,
        Number::Singular
            if matches!(
                determiner,
                "these" | "those" | "all" | "both" | "some" | "any" | "no" | "most"
            ) && !phrase.is_uncountable() =>
        {
            Person::Either
        }
        Number::Singular => Person::Third,
    })
}

pub(super) fn pronoun_person(stem: &str) -> Option<Person> {
    Some(match stem {
        "i" => Person::First,
        "he" | "she" | "it" | "that" | "this" | "there" | "who" | "what" | "here" | "where" => {
            Person::Third
        }
        "you" | "we" | "they" => Person::Plural,
        "mine" | "yours" | "hers" | "his" | "ours" | "theirs" => Person::Either,
        _ => return None,
    })
}

/// Units that are one amount as well as many things: "Two years is a long time".
fn is_amount(unit: &str) -> bool {
    let singular = unit.trim_end_matches('s');
    matches!(
        singular,
        "year"
            | "month"
            | "week"
            | "day"
            | "hour"
            | "minute"
            | "dollar"
            | "mile"
            | "kilometer"
            | "kilometre"
            | "meter"
            | "metre"
            | "euro"
            | "degree"
            | "percent"
            | "pound"
            | "dong"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Lexicon, Sentence};

    #[test]
    fn phrases_ask_for_their_form() {
        let lexicon = Lexicon::load();
        for (text, person) in [
            ("I", Some(Person::First)),
            ("my sister", Some(Person::Third)),
            ("the students", Some(Person::Plural)),
            ("my family", Some(Person::Either)),
            ("no one", Some(Person::Third)),
            ("two brother", Some(Person::Either)),
            ("ten dollars", Some(Person::Either)),
            ("them", None),
        ] {
            let sentence = Sentence::new(text, &lexicon);
            assert_eq!(of(&sentence.tokens, &sentence.noun_phrases[0], None), person, "{text}");
        }
    }
}
