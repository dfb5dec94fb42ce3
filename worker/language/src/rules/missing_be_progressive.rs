//! A verb in -ing needs a form of be: `They are playing`, not `They playing`.

use crate::{
    analysis::{Person, Sentence, Subject, VerbGroup, verb_groups::Form, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MissingBeProgressive;

const MISSING: ErrantType = ErrantType::missing(Category::VerbTense);

impl Rule for MissingBeProgressive {
    fn name(&self) -> &'static str {
        "missing-be-before-ing"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-be-progressive"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let pairs = sentence.predicates_with_subject();
        pairs.filter_map(|(group, subject)| find_in(sentence, group, subject)).collect()
    }
}

/// "The man playing is old": only a pronoun cannot be described by the participle.
fn find_in(sentence: &Sentence, group: &VerbGroup, subject: &Subject) -> Option<Proposal> {
    let verb = group.main();
    let pronoun = sentence.word(subject.head);
    // "Minh going to the dentist.": no other verb is there for the name.
    let named = subject.tokens == (0..verb)
        && sentence.noun_phrase_at(subject.head).is_some_and(|phrase| {
            phrase.is_name()
                || phrase.is_definite() && (words::is_person(pronoun) || phrase.is_plural())
        })
        && matches!(subject.person, Person::Third | Person::Plural)
        && sentence.tokens.last().is_some_and(|last| last.lower == ".")
        && sentence.verb_groups.iter().all(|other| {
            let apart = sentence.tokens[verb..other.tokens.start.max(verb)]
                .iter()
                .any(|token| words::opens_clause(&token.lower));
            other == group || apart || !other.is_finite()
        });
    let alone = group.form == Form::Ing
        && group.verbs.len() == 1
        && (words::is_nominative(pronoun) || named)
        && subject.head + 1 == verb;
    if !alone {
        return None;
    }
    let past = sentence.times_of(verb).any(|time| time.is_past());
    let be = match (subject.person, past) {
        (Person::First, false) => "am",
        (Person::Third, false) => "is",
        (Person::Plural, false) => "are",
        (Person::First | Person::Third, true) => "was",
        (Person::Plural, true) => "were",
        _ => return None,
    };
    let own = sentence.original(verb..verb + 1);
    let corrected = format!("{be} {own}");
    let edit = Proposal::new(
        sentence,
        verb..verb + 1,
        &corrected,
        (MISSING, "missing-be-progressive"),
        0.92,
    );
    Some(edit.with_clue(sentence.original(subject.head..subject.head + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn be_is_added() {
        expect(
            &MissingBeProgressive,
            &[
                ("She reading a book now.", "She is reading a book now."),
                ("We waiting for the bus.", "We are waiting for the bus."),
                ("I doing my homework.", "I am doing my homework."),
            ],
        );
    }

    #[test]
    fn other_participles_stay() {
        stays(
            &MissingBeProgressive,
            "
            She is reading a book.
            The man reading a book is my uncle.
            I saw him playing football.
            They like playing football.
            ",
        );
    }
}
