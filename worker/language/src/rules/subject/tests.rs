use super::*;
use crate::analysis::lexicon::Lexicon;

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
        ("Mr. Nguyen and Mrs. Tran live in Hue", "live", Person::Plural),
        ("Mr. Nguyen live in Hue", "live", Person::Third),
        ("Every boy and girl have a book", "have", Person::Third),
        ("Each man and each woman have a vote", "have", Person::Third),
        ("No one know it", "know", Person::Third),
        ("The news are good", "are", Person::Third),
        ("The boys in the room is loud", "is", Person::Plural),
        ("People in Viet Nam is friendly", "is", Person::Plural),
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
        ("Two years in the army is long", "is"),
        ("What the boys in the room is", "is"),
        ("A number of boys in the room are", "are"),
        ("Reading books in bed is fun", "is"),
    ] {
        assert_eq!(person(&lexicon, text, verb), None, "{text}");
    }
}
