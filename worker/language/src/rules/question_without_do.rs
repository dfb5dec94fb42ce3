//! A question with a full verb needs do: `Where do you live?`, not `Where you live?`.

use crate::{
    analysis::{Person, Sentence, verb_groups::Tense, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct QuestionWithoutDo;

const MISSING: ErrantType = ErrantType::missing(Category::Verb);

impl Rule for QuestionWithoutDo {
    fn name(&self) -> &'static str {
        "question-without-do"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["question-without-do"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        find_in(sentence).into_iter().collect()
    }
}

/// "What you want is rest" is no question, so only one that ends with its mark is looked at.
fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let asks = words::among("what why where when how", sentence.at(0, 0))
        && sentence.tokens.len().checked_sub(1).is_some_and(|last| sentence.word(last) == "?");
    let (pronoun, verb) = (1, 2);
    if !asks || !words::is_subject_pronoun(sentence.at(pronoun, 0)) {
        return None;
    }
    let group = sentence.verb_group_at(verb)?;
    let token = sentence.tokens.get(verb)?;
    let full = group.finite() == Some(verb) && group.is_simple() && !token.is_auxiliary();
    let others = sentence.verb_groups.iter().filter(|group| group.is_finite()).count();
    if !full || others > 1 || token.clitic().is_some() {
        return None;
    }
    let subject = sentence.subject_of(verb)?;
    let do_form = match (group.tense()?, subject.person) {
        (Tense::Past, _) => "did",
        (Tense::Present, Person::Third) => "does",
        (Tense::Present, Person::First | Person::Plural) => "do",
        _ => return None,
    };
    let subject = sentence.original(pronoun..pronoun + 1);
    let corrected = format!("{do_form} {subject} {}", token.lemma);
    let mut edit = Proposal::new(
        sentence,
        pronoun..verb + 1,
        &corrected,
        (MISSING, "question-without-do"),
        0.93,
    );
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(0..1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn do_is_added() {
        expect(
            &QuestionWithoutDo,
            &[
                ("Where you live?", "Where do you live?"),
                ("Where she works?", "Where does she work?"),
                ("When they arrived?", "When did they arrive?"),
            ],
        );
    }

    #[test]
    fn other_sentences_stay() {
        stays(
            &QuestionWithoutDo,
            "
            Where do you live?
            What you want is rest.
            Where can we go?
            How are you?
            When you come, who will cook?
            ",
        );
    }
}
