//! A question inside a sentence has the order of a statement: `I don't know what his name is`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        edit,
        noun_chain::{self, NounChain},
        rule::{Proposal, Rule, Stage},
    },
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
            || matches!(sentence.word(i), "idea" | "sure")
    };
    // "tell me where …"
    let object = words::among("me him her us them you", sentence.word(question - 1));
    let asked = asks(question - 1) || object && question >= 2 && asks(question - 2);
    if !asked || !words::among("what where when why how who which", sentence.word(question)) {
        return None;
    }
    let auxiliary = asked_words(sentence, question);
    let subject = noun_chain::before_verb(sentence, auxiliary + 1)?;
    let verb = subject.tokens.end;
    let edit = without_do(sentence, auxiliary, &subject)
        .or_else(|| swapped(sentence, question, auxiliary, &subject, verb))?;
    Some(edit.with_clue(sentence.original(question..auxiliary)))
}

/// The token after `where`, `what time`, `how much`, `how many books`.
fn asked_words(sentence: &Sentence, question: usize) -> usize {
    let next = question + 1;
    let measured = sentence.word(question) == "how"
        && (words::among(
            "much many long often far old fast big tall high well",
            sentence.word(next),
        ) || sentence.tagged(next, Tag::is_adjective));
    let noun = |at: usize| usize::from(sentence.tagged(at, Tag::is_common_noun));
    match sentence.word(question) {
        "how" if measured => next + 1 + noun(next + 1),
        "what" | "which" => next + noun(next),
        _ => next,
    }
}

/// "how long will the meeting last" → "how long the meeting will last".
fn swapped(
    sentence: &Sentence,
    question: usize,
    auxiliary: usize,
    subject: &NounChain,
    verb: usize,
) -> Option<Proposal> {
    let word = sentence.word(auxiliary);
    let tag = sentence.tag(verb);
    let known = subject.is_pronoun
        || sentence
            .noun_phrase_at(subject.head)
            .is_some_and(|phrase| phrase.is_definite() || phrase.is_name() || phrase.is_plural());
    let ends = tag.is_none_or(Tag::is_mark);
    let nominative = words::is_subject_pronoun(sentence.word(subject.head));
    let be = words::among("is are was were", word)
        && (ends
            && !matches!(sentence.word(question), "which")
            && (sentence.word(question) != "who" || subject.is_pronoun)
            || tag == Some(Tag::Vbg)
            || nominative && auxiliary == question + 1
            || tag.is_some_and(Tag::is_adjective)
                && words::among("why how when", sentence.word(question)));
    let base = sentence.has(verb, Facts::BASE) && tag.is_some_and(|tag| !tag.is_common_noun());
    let modal = words::among("will would can could should must may might", word)
        && (base || subject.is_pronoun && ends);
    let perfect = matches!(word, "have" | "has") && matches!(tag, Some(Tag::Vbn | Tag::Vbd));
    if !known || !(be || modal || perfect) {
        return None;
    }
    let parts = [subject.tokens.clone(), auxiliary..auxiliary + 1];
    edit::reordered(sentence, &parts, (ORDER, "embedded-question"), 0.9)
}

/// "where does he live" → "where he lives".
fn without_do(sentence: &Sentence, auxiliary: usize, subject: &NounChain) -> Option<Proposal> {
    let tag = match sentence.word(auxiliary) {
        "do" => Tag::Vbp,
        "does" => Tag::Vbz,
        "did" => Tag::Vbd,
        _ => return None,
    };
    let verb = subject.tokens.end;
    let token = sentence.tokens.get(verb)?;
    let base = sentence.has(verb, Facts::BASE) && (token.lower == "have" || !token.is_auxiliary());
    if !base {
        return None;
    }
    let form = sentence.lexicon.verb_form(&token.lower, tag)?;
    let corrected = format!("{} {form}", sentence.original(subject.tokens.clone()));
    let mut edit =
        Proposal::new(sentence, auxiliary..verb + 1, &corrected, (ORDER, "embedded-question"), 0.9);
    edit.replacement = corrected;
    Some(edit)
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
                (
                    "Could you tell me how much does a ticket to Hue cost?",
                    "Could you tell me how much a ticket to Hue costs?",
                ),
                (
                    "I wonder how long will the meeting last.",
                    "I wonder how long the meeting will last.",
                ),
                (
                    "I don't understand why are they angry.",
                    "I don't understand why they are angry.",
                ),
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
