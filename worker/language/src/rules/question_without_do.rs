//! A question with a full verb needs do: `Where do you live?`, not `Where you live?`.

use crate::{
    analysis::{Person, Sentence, Tag, verb_groups::Tense, words},
    rules::{
        noun_chain,
        rule::{Proposal, Rule, Stage},
    },
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
        find_in(sentence).or_else(|| meaning(sentence)).into_iter().collect()
    }
}

/// "What you want is rest" is no question, so only one that ends with its mark is looked at.
fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let last = sentence.tokens.len().checked_sub(1)?;
    if !words::among("what why where when how", sentence.at(0, 0)) || sentence.word(last) != "?" {
        return None;
    }
    // "What time", "How much", "How often".
    let asked = match (sentence.at(0, 0), sentence.at(0, 1)) {
        ("what", noun) => {
            usize::from(words::among("time kind sport food subject music colour color", noun))
        }
        ("how", more) => usize::from(words::among("much many often long far old fast well", more)),
        _ => 0,
    };
    let subject =
        sentence.noun_phrase_at(1 + asked).filter(|phrase| phrase.tokens.start == 1 + asked)?;
    let (_, group, found) = sentence.predications().next()?;
    let verb = group.finite()?;
    let adverbs = subject.tokens.end..verb;
    let token = sentence.tokens.get(verb)?;
    let direct = verb >= subject.tokens.end
        && adverbs.clone().all(|at| words::is_middle_adverb(sentence.word(at)))
        && (words::is_subject_pronoun(sentence.word(subject.head)) || subject.is_definite());
    let full =
        group.is_simple() && !token.is_auxiliary() && !group.inverted && token.clitic().is_none();
    // "What he said is true?" has a second main verb.
    let others = sentence.predications().skip(1).all(|(clause, ..)| {
        clause
            .opener
            .is_some_and(|opener| opener > verb && !sentence.tagged(opener, |tag| tag == Tag::Cc))
    });
    let apart = sentence.tokens.iter().any(|token| token.lower == ",");
    if !direct || !full || !others || apart {
        return None;
    }
    let person = found?.person;
    let do_form = match (group.tense()?, person) {
        (Tense::Past, _) => "did",
        (Tense::Present, Person::Third) => "does",
        (Tense::Present, Person::First | Person::Plural) => "do",
        _ => return None,
    };
    let own = sentence.original(subject.tokens.start..verb);
    let corrected = format!("{do_form} {own} {}", token.lemma);
    let tokens = subject.tokens.start..verb + 1;
    let mut edit =
        Proposal::new(sentence, tokens, &corrected, (MISSING, "question-without-do"), 0.93);
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(0..1 + asked)))
}

/// "What means this word?" → "What does this word mean?".
fn meaning(sentence: &Sentence) -> Option<Proposal> {
    let asks = sentence.word(0) == "what" && words::among("mean means", sentence.word(1));
    let subject = noun_chain::from(sentence, 2)?;
    let end = subject.tokens.end;
    if !asks || sentence.word(end) != "?" {
        return None;
    }
    let do_form = noun_chain::agreeing("do", subject.person);
    let corrected = format!("{do_form} {} mean", sentence.original(2..end));
    let kind = (MISSING, "question-without-do");
    let mut edit = Proposal::new(sentence, 1..end, &corrected, kind, 0.93);
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
                ("What means this word?", "What does this word mean?"),
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
