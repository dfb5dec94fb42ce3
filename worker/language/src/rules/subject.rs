//! The subject of a verb, where a sentence shows it beyond doubt.

use crate::rules::{
    facts::Facts,
    past_time::fronted_adverbial_ends,
    text::{Sentence, Tag},
    tokenise, vietnamese_syllable, words,
};
use std::ops::Range;

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

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub person: Person,
    pub tokens: Range<usize>,
    pub is_pronoun: bool,
}

/// Groups and amounts that speakers of English treat as one or as many.
const EITHER_NUMBER: &str = "family team police staff government class group number majority minority variety couple \
    pair lot lots rest half data media news series species means audience crowd committee \
    company band public percent crew army club party population generation politics \
    mathematics physics economics statistics athletics gymnastics headquarters crossroads us \
    maths range kind sort type none all some most bit little few other others dozen hundred \
    thousand million billion youth elite garrison squad council jury orchestra cast couple";

/// Finds the subject that ends just before token `verb`, middle adverbs apart.
pub fn subject_of(sentence: &Sentence, verb: usize) -> Option<Subject> {
    let mut end = verb;
    while end > 0 && words::is_middle_adverb(sentence.word(end - 1)) {
        end -= 1;
    }
    let head = end.checked_sub(1)?;
    pronoun(sentence, head)
        .or_else(|| relative(sentence, head))
        .or_else(|| two_people(sentence, head))
        .or_else(|| singular_in_s(sentence, head, verb))
        .or_else(|| noun_phrase(sentence, head))
        .or_else(|| with_place(sentence, head, verb))
}

/// True where an auxiliary before the subject has taken the inflection: `Does he have`, `Never did she go`.
fn is_inverted(sentence: &Sentence, start: usize) -> bool {
    let mut before = sentence.at(start, -1);
    if before == "not" {
        before = sentence.at(start, -2);
    }
    words::is_auxiliary(before)
}

fn pronoun(sentence: &Sentence, head: usize) -> Option<Subject> {
    let word = sentence.word(head);
    if word == "one" && sentence.at(head, -1) == "no" {
        let start = head - 1;
        let plain = begins_clause(sentence, start) && !is_inverted(sentence, start);
        let tokens = start..head + 1;
        return plain.then_some(Subject { person: Person::Third, tokens, is_pronoun: true });
    }
    let person = match word {
        "i" => Person::First,
        "he" | "she" | "it" => Person::Third,
        _ if words::is_indefinite(word) => Person::Third,
        "you" | "we" | "they" => Person::Plural,
        // "That make me sad"; "this change" is a noun phrase.
        "this" | "that" if head == 0 && sentence.has(head + 1, Facts::RATHER_VERB) => Person::Third,
        _ => return None,
    };
    let before = sentence.at(head, -1);
    let joined = matches!(before, "and" | "or" | "nor" | "&" | "/" | "than")
        && !clause_stands_before(sentence, head);
    // "the use of singular they": the word itself is spoken of.
    let mentioned = head > 0
        && sentence.tag(head - 1) == Some(Tag::Adjective)
        && sentence.has(head - 1, Facts::USUAL_ADJECTIVE);
    if is_inverted(sentence, head) || joined || mentioned || before == "let" {
        return None;
    }
    // `it`, `you` and `everyone` may be the object of what stands before: "make it work", "help everyone learn".
    let at_start = head == 0
        || words::opens_clause(before)
        || matches!(before, "," | ";" | ":" | "and" | "(" | "who" | "which" | "then")
        || fronted_adverbial_ends(sentence, head);
    if !words::is_nominative(word) && !at_start {
        return None;
    }
    // "World War I", "Elizabeth I": a numeral, not a pronoun.
    let numeral = word == "i"
        && head > 0
        && sentence.is_capitalised(head - 1)
        && (head > 1 || sentence.has(0, Facts::PROPER) || !sentence.has(0, Facts::KNOWN));
    (!numeral).then_some(Subject { person, tokens: head..head + 1, is_pronoun: true })
}

/// `Hoa and Lan`, `my father and I` where a clause begins.
fn two_people(sentence: &Sentence, last: usize) -> Option<Subject> {
    let person = |i: usize| {
        let word = sentence.word(i);
        let name = sentence.is_capitalised(i)
            && (sentence.has(i, Facts::PROPER) || vietnamese_syllable::is_syllable(word));
        words::is_person(word) || words::is_nominative(word) || name || titled(sentence, i)
    };
    // A determiner or a title belongs to the person: "my friend", "Mrs. Tran".
    let led =
        |i: usize| i > 0 && (words::is_determiner(sentence.word(i - 1)) || titled(sentence, i));
    let and = last.checked_sub(1 + usize::from(led(last)))?;
    let first = and.checked_sub(1).filter(|_| sentence.word(and) == "and")?;
    let start = first - usize::from(led(first));
    let begins = start == 0 || fronted_adverbial_ends(sentence, start);
    // "Every boy and girl has": each of them alone.
    let one_by_one = matches!(sentence.word(start), "every" | "each");
    (begins && person(first) && person(last)).then_some(Subject {
        person: if one_by_one { Person::Third } else { Person::Plural },
        tokens: start..last + 1,
        is_pronoun: false,
    })
}

/// A name after a title: `Mr. Nguyen`.
fn titled(sentence: &Sentence, i: usize) -> bool {
    i > 0
        && sentence.is_capitalised(i)
        && sentence.is_word(i)
        && tokenise::is_title(sentence.original(i - 1..i).trim_end_matches('.'))
}

/// `the man who`, `students who`: the noun before decides.
fn relative(sentence: &Sentence, who: usize) -> Option<Subject> {
    let noun = who.checked_sub(1).filter(|_| sentence.word(who) == "who")?;
    // "one of the boys who goes": speakers differ.
    let one_of = (0..noun).any(|i| matches!(sentence.word(i), "one" | "of" | "and" | "or"));
    // "It shows who has won" asks a question.
    let asks = matches!(sentence.tag(noun), Some(Tag::Verb | Tag::Auxiliary));
    let plain = sentence.has(noun, Facts::USUAL_NOUN | Facts::LISTED) && !one_of && !asks;
    let singular = sentence.has(noun, Facts::SINGULAR) && !sentence.has(noun, Facts::PLURAL);
    let plural = sentence.has(noun, Facts::PLURAL) && !sentence.has(noun, Facts::SINGULAR);
    let determined = (noun.saturating_sub(2)..noun)
        .any(|i| words::is_singular_determiner(sentence.word(i)) || sentence.word(i) == "the");
    let person = match () {
        () if words::among(EITHER_NUMBER, sentence.word(noun)) || !plain => return None,
        () if plural => Person::Plural,
        () if singular && determined => Person::Third,
        () => return None,
    };
    Some(Subject { person, tokens: noun..who + 1, is_pronoun: false })
}

/// True when a finite verb stands before `head`, so that "and he" joins clauses, not names.
fn clause_stands_before(sentence: &Sentence, head: usize) -> bool {
    sentence.at(head, -2) == "," || (0..head.saturating_sub(1)).any(|i| is_finite(sentence, i))
}

/// True for a form that can only be, or is tagged as, a finite verb.
pub fn is_finite(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    let contracted = ["'m", "'re", "'s", "'ll", "'d", "'ve"].iter().any(|end| word.ends_with(end))
        && words::is_subject_pronoun(word.split('\'').next().unwrap_or(""));
    contracted
        || words::is_auxiliary(word) && !matches!(word, "be" | "been" | "being" | "having")
        || sentence.tag(i) == Some(Tag::Verb)
            && sentence.any(i, Facts::THIRD | Facts::PAST)
            && sentence.has(i, Facts::USUAL_VERB)
}

/// `my sister`, `the old students`, `people`, `Lan`: a phrase that begins where a clause begins.
fn noun_phrase(sentence: &Sentence, head: usize) -> Option<Subject> {
    let word = sentence.word(head);
    let either = words::among(EITHER_NUMBER, word);
    let other = words::is_determiner(word)
        || word.contains('\'')
        || matches!(word, "who" | "which" | "what");
    if !sentence.is_word(head) || other || words::is_auxiliary(word) {
        return None;
    }
    if titled(sentence, head) {
        let third =
            Subject { person: Person::Third, tokens: head - 1..head + 1, is_pronoun: false };
        return begins_clause(sentence, head - 1).then_some(third);
    }
    let start = phrase_start(sentence, head)?;
    if (start..head).any(|i| words::is_auxiliary(sentence.word(i))) {
        return None;
    }
    if !begins_clause(sentence, start) || is_inverted(sentence, start) {
        return None;
    }
    let tokens = start..head + 1;
    let opening = sentence.word(start);
    if opening == "one" && sentence.at(start, 1) == "of" {
        return Some(Subject { person: Person::Third, tokens, is_pronoun: false });
    }
    if start == head && is_name(sentence, head) {
        return Some(Subject { person: Person::Third, tokens, is_pronoun: false });
    }
    let noun = sentence.has(head, Facts::USUAL_NOUN)
        || !sentence.any(head, Facts::LISTED | Facts::ADJECTIVE);
    // "The mechanisms underlying it remain": a plural inside shows that the head is another word.
    let plural_inside =
        (start..head).any(|i| sentence.has(i, Facts::PLURAL) && !sentence.has(i, Facts::SINGULAR));
    // "Mars", "Carreras": a bare plural has to be a plain word.
    let bare_name = start == head && !sentence.has(head, Facts::LISTED);
    if !noun || plural_inside || bare_name || sentence.is_capitalised(head) && head > 0 {
        return None;
    }
    let singular = sentence.has(head, Facts::SINGULAR) && !sentence.has(head, Facts::PLURAL);
    let plural = sentence.has(head, Facts::PLURAL) && !sentence.has(head, Facts::SINGULAR);
    let counted = matches!(
        opening,
        "some"
            | "any"
            | "no"
            | "these"
            | "those"
            | "many"
            | "several"
            | "few"
            | "all"
            | "most"
            | "both"
    );
    let determined = start < head && words::is_determiner(opening);
    let person = if either {
        (singular && determined).then_some(Person::Either)?
    } else if singular && determined && !counted {
        Person::Third
    } else if plural && !words::is_singular_determiner(opening) && (determined || start == head) {
        Person::Plural
    } else {
        return None;
    };
    Some(Subject { person, tokens, is_pronoun: false })
}

/// `the news`, `mathematics`: one thing in spite of the `s`, beside a form of be.
fn singular_in_s(sentence: &Sentence, head: usize, verb: usize) -> Option<Subject> {
    let one = matches!(sentence.word(head), "news" | "mathematics" | "maths" | "physics");
    if !one || !words::is_be(sentence.word(verb)) || sentence.at(head, -1) == "and" {
        return None;
    }
    let start = phrase_start(sentence, head)?;
    // "These news are": the determiner is wrong too.
    let many = matches!(sentence.word(start), "these" | "those" | "many" | "both" | "several");
    let plain = begins_clause(sentence, start) && !is_inverted(sentence, start) && !many;
    let tokens = start..head + 1;
    plain.then_some(Subject { person: Person::Third, tokens, is_pronoun: false })
}

/// `the boys in the room`, `people in Viet Nam`: beside a form of be, where the noun before the verb would mislead.
fn with_place(sentence: &Sentence, last: usize, verb: usize) -> Option<Subject> {
    if !matches!(sentence.word(verb), "is" | "are" | "was" | "were" | "isn't" | "aren't") {
        return None;
    }
    // The place: a preposition and words that can only describe it or be it.
    let preposition = (last.saturating_sub(4)..last).rev().find(|i| {
        matches!(
            sentence.word(*i),
            "in" | "on" | "at" | "from" | "of" | "near" | "under" | "behind"
        )
    })?;
    let place = preposition + 1..last + 1;
    let plain_place = place.clone().all(|i| {
        let name = sentence.is_capitalised(i)
            && (sentence.has(i, Facts::PROPER)
                || vietnamese_syllable::is_syllable(sentence.word(i)));
        let common = !sentence.is_capitalised(i)
            && (words::is_article(sentence.word(i))
                || words::is_possessive(sentence.word(i))
                || matches!(sentence.word(i), "this" | "that" | "these" | "those")
                || sentence.any(i, Facts::USUAL_NOUN | Facts::USUAL_ADJECTIVE)
                    && !sentence.any(i, Facts::ING | Facts::PREPOSITION)
                    && sentence.is_word(i));
        name || common
    });
    let head = preposition.checked_sub(1)?;
    let head_word = sentence.word(head);
    let people = head_word == "people";
    let plural =
        people || sentence.has(head, Facts::PLURAL) && !sentence.has(head, Facts::SINGULAR);
    let singular =
        sentence.has(head, Facts::SINGULAR) && !sentence.any(head, Facts::PLURAL | Facts::MASS);
    let noun = sentence.has(head, Facts::USUAL_NOUN | Facts::LISTED)
        && (head == 0 || !sentence.is_capitalised(head));
    let start = phrase_start(sentence, head)?;
    let opening = sentence.word(start);
    let determined = words::is_article(opening) && opening != "a"
        || words::is_possessive(opening)
        || matches!(opening, "these" | "those" | "this" | "many" | "all");
    let bare = start == head && head == 0;
    let begins =
        start == 0 || matches!(sentence.at(start, -1), "because" | "but" | "so" | "when" | "if");
    // Amounts are one thing or many: "Two years in the army is a long time".
    let amount = matches!(
        head_word.trim_end_matches('s'),
        "year" | "month" | "week" | "day" | "hour" | "minute" | "dollar" | "mile" | "kilometer"
    );
    if !plain_place
        || !noun
        || !begins
        || amount
        || words::among(EITHER_NUMBER, head_word)
        || is_inverted(sentence, start)
    {
        return None;
    }
    // Only where the noun next to the verb has misled: it has the other number.
    let last_plural = sentence.has(last, Facts::PLURAL) && !sentence.has(last, Facts::SINGULAR);
    let tokens = start..last + 1;
    match () {
        () if plural && !last_plural && (determined || bare) => {
            Some(Subject { person: Person::Plural, tokens, is_pronoun: false })
        }
        () if singular && last_plural && determined && words::is_person(head_word) => {
            Some(Subject { person: Person::Third, tokens, is_pronoun: false })
        }
        () => None,
    }
}

/// The first token of the phrase that ends in `head`; none where something else than a phrase stands there.
fn phrase_start(sentence: &Sentence, head: usize) -> Option<usize> {
    for start in (head.saturating_sub(6)..=head).rev() {
        let word = sentence.word(start);
        if start < head && (words::is_determiner(word)) {
            let one_of =
                start >= 2 && sentence.at(start, -1) == "of" && sentence.at(start, -2) == "one";
            return Some(if one_of { start - 2 } else { start });
        }
        let modifies = start == head
            || sentence.any(start, Facts::ADJECTIVE | Facts::USUAL_NOUN)
                && !sentence.has(start, Facts::PREPOSITION)
                && !matches!(sentence.tag(start), Some(Tag::Verb | Tag::Auxiliary));
        if !modifies {
            return None;
        }
        // Without a determiner only a bare head at the very start is beyond doubt: "Children plays".
        if start == head && (head == 0 || sentence.at(head, -1) == ",") {
            return Some(head);
        }
    }
    None
}

fn begins_clause(sentence: &Sentence, start: usize) -> bool {
    let before = sentence.at(start, -1);
    start == 0
        || (words::opens_clause(before) && before != "that")
        || matches!(before, ";" | ":")
        || before == "," && start <= 8
        || before == "that"
            && sentence.has(start - 1, Facts::KNOWN)
            && words::is_determiner(sentence.word(start))
        || fronted_adverbial_ends(sentence, start)
}

/// A capitalised first word that is no ordinary word: `Lan`, `Peter`.
fn is_name(sentence: &Sentence, i: usize) -> bool {
    i == 0
        && sentence.is_capitalised(i)
        && (sentence.has(i, Facts::PROPER)
            || !sentence.has(i, Facts::KNOWN) && vietnamese_syllable::is_syllable(sentence.word(i)))
        && !["s", "men", "fish", "people", "ia", "oa"]
            .iter()
            .any(|end| sentence.word(i).ends_with(end))
        && !sentence.tokens[i].foreign
}

#[cfg(test)]
mod tests;
