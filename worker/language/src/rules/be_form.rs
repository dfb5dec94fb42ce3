//! Which form of be a subject takes where the learner left it out.

use crate::analysis::{Person, Sentence, Tag, verb_groups::Tense, words};

/// The form for a person; none for subjects of either number.
pub fn of(person: Person, past: bool) -> Option<&'static str> {
    Some(match (person, past) {
        (Person::First, false) => "am",
        (Person::Third, false) => "is",
        (Person::Plural, false) => "are",
        (Person::First | Person::Third, true) => "was",
        (Person::Plural, true) => "were",
        (Person::Either, _) => return None,
    })
}

/// The person of a pronoun that is a subject, or of the noun phrase that ends before token `end`.
pub fn person_before(sentence: &Sentence, end: usize) -> Option<Person> {
    let last = end.checked_sub(1)?;
    match sentence.word(last) {
        "i" => return Some(Person::First),
        "he" | "she" | "it" | "this" | "that" | "everyone" | "everything" => {
            return Some(Person::Third);
        }
        "we" | "they" | "you" | "these" | "those" => return Some(Person::Plural),
        _ => {}
    }
    let phrase = sentence.noun_phrase_at(last).filter(|phrase| phrase.tokens.end == end)?;
    let joined = phrase.tokens.start.checked_sub(1).is_some_and(|and| sentence.word(and) == "and");
    match () {
        () if joined => Some(Person::Plural),
        () if phrase.is_name() => Some(Person::Third),
        () if phrase.is_plural() => Some(Person::Plural),
        () if phrase.number == crate::analysis::noun_phrases::Number::Singular => {
            Some(Person::Third)
        }
        () => None,
    }
}

/// Whether the clause of token `at` speaks of the past: it is dated so, or every other finite verb is past.
pub fn speaks_of_past(sentence: &Sentence, at: usize) -> bool {
    if sentence.times_of(at).any(|time| time.is_past()) {
        return true;
    }
    let habit = sentence.times_of(at).any(|time| !time.is_past());
    let mut others = sentence
        .verb_groups
        .iter()
        .filter(|group| group.is_finite() && !(at..at + 3).contains(&group.main()));
    let first = others.next();
    let all_past = first.is_some_and(|group| group.tense() == Some(Tense::Past))
        && others.all(|group| group.tense() == Some(Tense::Past));
    !habit && (all_past || first.is_none() && sentence.narrative == Some(Tense::Past))
}

/// True where token `at` can be the first word of a clause's subject: at the start of the sentence, after a mark, a
/// conjunction or a verb of thinking.
pub fn opens_subject(sentence: &Sentence, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let word = sentence.word(before);
    matches!(sentence.tag(before), Some(Tag::Comma | Tag::Colon | Tag::OpenQuote))
        || words::opens_clause(word)
        || matches!(
            word,
            "and"
                | "or"
                | "think"
                | "believe"
                | "know"
                | "hope"
                | "say"
                | "said"
                | "thinks"
                | "thought"
        )
}
