use super::*;
use crate::analysis::{Lexicon, Sentence};

/// Person and certainty of the subject of a verb.
fn subject(lexicon: &Lexicon, text: &str, verb: &str) -> Option<(Person, bool)> {
    let sentence = Sentence::new(text, lexicon);
    let at = sentence.tokens.iter().position(|token| token.lower == verb)?;
    sentence.subject_of(at).map(|subject| (subject.person, subject.is_certain))
}

#[test]
fn subjects_are_found_at_any_distance() {
    let lexicon = Lexicon::load();
    for (text, verb, expected) in [
        ("I always go home", "go", Person::First),
        ("She go to school", "go", Person::Third),
        ("My little sister like music", "like", Person::Third),
        ("The students is tired", "is", Person::Plural),
        ("Everyone know it", "know", Person::Third),
        ("Hoa and Lan goes home", "goes", Person::Plural),
        ("Yesterday, my friend and I go home", "go", Person::Plural),
        ("When my father come home", "come", Person::Third),
        ("One of my friends live here", "live", Person::Third),
        ("Every day my mother cook rice", "cook", Person::Third),
        ("Every boy and girl have a book", "have", Person::Third),
        ("No one know it", "know", Person::Third),
        ("The news are good", "are", Person::Third),
        ("The boys in the room is loud", "is", Person::Plural),
        ("People in Viet Nam is friendly", "is", Person::Plural),
        ("The price of the books are high", "are", Person::Third),
        ("Does he have a dog", "does", Person::Third),
        ("Where do your sister live", "do", Person::Third),
        ("A lot of students is here", "is", Person::Plural),
        ("She comes home and go away", "go", Person::Third),
        ("I think my brother live here", "live", Person::Third),
        ("There is many books on the table", "is", Person::Plural),
    ] {
        assert_eq!(subject(&lexicon, text, verb).map(|found| found.0), Some(expected), "{text}");
    }
}

#[test]
fn doubtful_subjects_are_not_certain() {
    let lexicon = Lexicon::load();
    for (text, verb) in [
        ("one of the boys who goes home", "goes"),
        ("Reading books in bed is fun", "is"),
        ("What the boys said is true", "is"),
        ("Either you or he is wrong", "is"),
        ("They made it work", "work"),
        ("My family are here", "are"),
    ] {
        let found = subject(&lexicon, text, verb);
        assert!(
            found.is_none_or(|(person, certain)| !certain || person == Person::Either),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_relative_clause_agrees_with_its_antecedent() {
    let lexicon = Lexicon::load();
    assert_eq!(
        subject(&lexicon, "The man who live here is old", "live"),
        Some((Person::Third, true))
    );
    assert_eq!(
        subject(&lexicon, "The students who lives here are old", "lives"),
        Some((Person::Plural, true))
    );
    assert_eq!(
        subject(&lexicon, "The man who live here are old", "are").map(|s| s.0),
        Some(Person::Third)
    );
}
