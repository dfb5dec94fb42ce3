use super::*;
use crate::rules::lexicon::Lexicon;

fn person(lexicon: &Lexicon, text: &str, verb: &str) -> Option<Person> {
    let sentence = Sentence::new(text, lexicon);
    let at = sentence.tokens.iter().position(|token| token.lower == verb)?;
    subject_of(&sentence, at).map(|subject| subject.person)
}

#[test]
fn subjects_are_found_where_they_are_plain() {
    let lexicon = Lexicon::load();
    for (text, verb, expected) in [
        ("I always go home", "go", Person::First),
        ("My little sister like music", "like", Person::Third),
        ("The students is tired", "is", Person::Plural),
        ("Everyone know it", "know", Person::Third),
        ("Hoa and Lan goes home", "goes", Person::Plural),
        ("Yesterday, my friend and I go home", "go", Person::Plural),
        ("That make me sad", "make", Person::Third),
        ("My family are here", "are", Person::Either),
        ("The man who live here", "live", Person::Third),
        ("When my father come home", "come", Person::Third),
        ("One of my friends live here", "live", Person::Third),
        ("Every day my mother cook", "cook", Person::Third),
    ] {
        assert_eq!(person(&lexicon, text, verb), Some(expected), "{text}");
    }
}

#[test]
fn doubtful_subjects_are_none() {
    let lexicon = Lexicon::load();
    for (text, verb) in [
        ("Does he have a dog", "have"),
        ("They made it work", "work"),
        ("World War I were", "were"),
        ("one of the boys who goes", "goes"),
        ("The price of the books are", "are"),
    ] {
        assert_eq!(person(&lexicon, text, verb), None, "{text}");
    }
}
