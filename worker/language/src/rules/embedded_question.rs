//! A question inside a sentence has the order of a statement: `I don't know what his name is`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
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
    if asked {
        if let Some(edit) = without_do(sentence, question) {
            return Some(edit);
        }
    }
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

/// "where does he live" → "where he lives".
fn without_do(sentence: &Sentence, question: usize) -> Option<Proposal> {
    let auxiliary = question + 1;
    let asker = words::among("what where when why how who", sentence.word(question));
    let tag = match sentence.word(auxiliary) {
        "do" => Tag::Vbp,
        "does" => Tag::Vbz,
        "did" => Tag::Vbd,
        _ => return None,
    };
    let subject = sentence.noun_phrase_at(auxiliary + 1)?;
    let verb = subject.tokens.end;
    let token = sentence.tokens.get(verb)?;
    let base = sentence.has(verb, Facts::BASE) && !token.is_auxiliary();
    let question_mark = sentence.tokens.last().is_some_and(|last| last.lower == "?");
    if !asker || subject.tokens.start != auxiliary + 1 || !base || question_mark {
        return None;
    }
    let form = sentence.lexicon.verb_form(&token.lower, tag)?;
    let corrected = format!("{} {form}", sentence.original(subject.tokens.clone()));
    let mut edit =
        Proposal::new(sentence, auxiliary..verb + 1, &corrected, (ORDER, "embedded-question"), 0.9);
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
