//! The tag of a question repeats the auxiliary and the subject: `She likes tea, doesn't she?`.

use crate::{
    analysis::{Person, Sentence, Subject, VerbGroup, token::Clitic, verb_groups::Tense, words},
    rules::{
        noun_chain::agreeing,
        pronoun_reference,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct TagQuestion;

const VERB: ErrantType = ErrantType::replacement(Category::Verb);

impl Rule for TagQuestion {
    fn name(&self) -> &'static str {
        "tag-question"
    }

    fn stage(&self) -> Stage {
        Stage::Agreement
    }

    fn messages(&self) -> &'static [&'static str] {
        &["tag-question"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        find_in(sentence).into_iter().collect()
    }
}

fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let count = sentence.tokens.len();
    let (auxiliary, pronoun) = (count.checked_sub(3)?, count - 2);
    let tail = sentence.word(count - 1) == "?"
        && sentence.at(auxiliary, -1) == ","
        && words::is_auxiliary(sentence.word(auxiliary))
        && words::is_subject_pronoun(sentence.word(pronoun));
    let mut finite = sentence
        .predications()
        .filter(|(_, group, _)| group.is_finite() && group.tokens.start + 1 < auxiliary);
    let (_, group, subject) = finite.next()?;
    let subject = subject?;
    // "Let's go, shall we?" and sentences of two clauses are left alone.
    if !tail || finite.next().is_some() || group.inverted || subject.tokens.start > 1 {
        return None;
    }
    let own = sentence.word(auxiliary);
    // Any request may end with "will you?".
    let request = words::among("will would can could won't", own)
        || sentence.tokens[..auxiliary].iter().any(|token| token.lower == "don't");
    let modal =
        words::among("can could will would", auxiliary_of(sentence, group, subject.person)?);
    if request && !modal {
        return None;
    }
    let negative = own.ends_with("n't");
    let subject_word = sentence.tokens[subject.head].stem();
    let own_pronoun = sentence.word(pronoun);
    let wanted_pronoun = pronoun_for(sentence, subject, subject_word).unwrap_or(own_pronoun);
    let denied = group.is_negated()
        || sentence.word(subject.head) == "nobody"
        || sentence.tokens[..auxiliary]
            .iter()
            .any(|token| matches!(&*token.lower, "never" | "hardly" | "seldom" | "rarely"));
    let person = match wanted_pronoun {
        "i" => Person::First,
        "he" | "she" | "it" => Person::Third,
        _ => Person::Plural,
    };
    let fits = person == subject.person || subject.person == Person::Either;
    let stem = auxiliary_of(sentence, group, person)?;
    let stem_is = |form: &str| {
        form == stem
            || form == format!("{stem}n't")
            || matches!((form, stem), ("can't", "can") | ("won't", "will"))
            || form == "aren't" && stem == "am"
    };
    // "They didn't come, didn't they?": what is denied is asked without not.
    let negative = negative && !denied;
    let turned = own.ends_with("n't") && denied;
    if !fits || stem_is(own) && own_pronoun == wanted_pronoun && !turned {
        return None;
    }
    let tag = match (stem, negative) {
        (_, false) => stem.to_owned(),
        ("am", true) => "aren't".to_owned(),
        ("can", true) => "can't".to_owned(),
        ("will", true) => "won't".to_owned(),
        ("may" | "shall", true) => return None,
        _ => format!("{stem}n't"),
    };
    let shown = if wanted_pronoun == "i" { "I" } else { wanted_pronoun };
    let tag = format!("{tag} {shown}");
    let edit = Proposal::new(sentence, auxiliary..pronoun + 1, &tag, (VERB, "tag-question"), 0.92);
    Some(edit.with_clue(sentence.original(group.tokens.clone())))
}

/// The pronoun that stands for the subject; none where several could.
fn pronoun_for<'a>(sentence: &Sentence, subject: &Subject, word: &'a str) -> Option<&'a str> {
    if words::is_subject_pronoun(word) {
        return Some(word);
    }
    let head = sentence.word(subject.head);
    match (subject.person, pronoun_reference::is_female(head)) {
        (Person::Third, Some(true)) => Some("she"),
        (Person::Third, Some(false)) => Some("he"),
        (Person::Plural, _) => Some("they"),
        _ if words::is_indefinite(head) && !head.ends_with("thing") => Some("they"),
        _ => None,
    }
}

/// What the tag repeats: the auxiliary of the clause, or a form of do.
fn auxiliary_of(sentence: &Sentence, group: &VerbGroup, person: Person) -> Option<&'static str> {
    let verb = group.finite()?;
    let token = &sentence.tokens[verb];
    match token.clitic() {
        Some(Clitic::IsOrHas | Clitic::WouldOrHad) => return None,
        Some(Clitic::Be) => return Some(agreeing("be", person)),
        Some(Clitic::Have) => return Some("have"),
        Some(Clitic::Will) => return Some("will"),
        None => {}
    }
    let past = group.tense()? == Tense::Past;
    let word = token.lower.as_str();
    let modal = ["can", "could", "will", "would", "should", "must"]
        .into_iter()
        .find(|modal| word == *modal || word.strip_suffix("n't") == Some(*modal));
    let modal = match word {
        "can't" | "cannot" => Some("can"),
        "won't" => Some("will"),
        _ => modal,
    };
    Some(match token.lemma.as_str() {
        _ if modal.is_some() => modal?,
        _ if group.modal().is_some() => return None,
        "be" => agreeing(if past { "was" } else { "be" }, person),
        "have" if group.is_perfect() => {
            if past {
                "had"
            } else {
                agreeing("have", person)
            }
        }
        // "He has a car, hasn't he?" is said, too.
        "have" => return None,
        _ if past => "did",
        _ => agreeing("do", person),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_tag_repeats_auxiliary_and_subject() {
        expect(
            &TagQuestion,
            &[
                ("You are a student, isn't it?", "You are a student, aren't you?"),
                ("She likes tea, isn't she?", "She likes tea, doesn't she?"),
                ("He can swim, isn't he?", "He can swim, can't he?"),
                ("They went home, don't they?", "They went home, didn't they?"),
            ],
        );
    }

    #[test]
    fn right_tags_stay() {
        stays(
            &TagQuestion,
            "
            I am late, aren't I?
            She isn't here, is she?
            You will come, won't you?
            Let's go, shall we?
            ",
        );
    }
}
