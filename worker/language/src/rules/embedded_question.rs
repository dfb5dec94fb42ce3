//! A question inside a sentence has the order of a statement: `I don't know what his name is`.

use crate::{
    analysis::{Sentence, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct EmbeddedQuestion;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);
const ASKERS: &str = "know wonder tell ask remember understand explain forget show say";

impl Rule for EmbeddedQuestion {
    fn name(&self) -> &'static str {
        "embedded-question-order"
    }

    fn stage(&self) -> Stage {
        Stage::Prepositions
    }

    fn messages(&self) -> &'static [&'static str] {
        &["embedded-question"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens.filter_map(|at| find_in(sentence, at)).collect()
    }
}

fn find_in(sentence: &Sentence, question: usize) -> Option<Proposal> {
    let asks = |i: usize| {
        words::among(ASKERS, &sentence.tokens[i].lemma) && sentence.verb_group_at(i).is_some()
    };
    // "tell me where …"
    let object = words::among("me him her us them you", sentence.word(question - 1));
    let asked = asks(question - 1) || object && question >= 2 && asks(question - 2);
    let be = question + 1;
    let is_question = words::among("what where when why how", sentence.word(question))
        && words::among("is are was were", sentence.at(question, 1));
    if !asked || !is_question {
        return None;
    }
    // "what is wrong", "what is in the box": only a known thing that ends the sentence is the subject.
    let subject = sentence.noun_phrase_at(be + 1)?;
    let ends = matches!(sentence.at(subject.tokens.end, 0), "" | "." | "?" | "!");
    let known = subject.is_definite() || subject.is_pronoun();
    if subject.tokens.start != be + 1 || !ends || !known {
        return None;
    }
    let tokens = be..subject.tokens.end;
    let corrected =
        format!("{} {}", sentence.original(subject.tokens.clone()), sentence.original(be..be + 1));
    let mut edit = Proposal::new(sentence, tokens, &corrected, (ORDER, "embedded-question"), 0.9);
    edit.replacement = corrected;
    Some(edit.with_clue(sentence.original(question..question + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_verb_goes_behind_its_subject() {
        expect(
            &EmbeddedQuestion,
            &[
                ("Tell me where is the station.", "Tell me where the station is."),
                ("Do you know what are their names?", "Do you know what their names are?"),
            ],
        );
    }

    #[test]
    fn questions_and_statements_stay() {
        stays(
            &EmbeddedQuestion,
            "
            Where is the station?
            I know what is wrong.
            Tell me what is in the box.
            She asked where the station was.
            ",
        );
    }
}
