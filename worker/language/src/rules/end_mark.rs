//! The mark at the end of a text's last sentence, and the question mark of a question.

use crate::{
    analysis::{Sentence, Tag, tokenise::Kind, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType, Operation};

pub struct EndMark;

/// Words from which a last line without a mark is a sentence that was not ended, not a message or a title.
const LEAST: usize = 10;
const OPENERS: &str = "do does did is are was were can could will would";
const ASKERS: &str = "what why how where when who which";

impl Rule for EndMark {
    fn name(&self) -> &'static str {
        "end-mark"
    }

    fn stage(&self) -> Stage {
        Stage::Punctuation
    }

    fn messages(&self) -> &'static [&'static str] {
        &["missing-end-mark", "question-mark"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        find_in(sentence).into_iter().collect()
    }
}

fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let last = sentence.tokens.len().checked_sub(1)?;
    let mark = if is_question(sentence) { "?" } else { "." };
    let punct = |operation| ErrantType::new(operation, Category::Punct);
    let own = sentence.original(last..last + 1);
    if own == "." && mark == "?" {
        let why = (punct(Operation::Replacement), "question-mark");
        return Some(Proposal::new(sentence, last..last + 1, "?", why, 0.93));
    }
    let word = matches!(sentence.tokens[last].kind, Kind::Word | Kind::Compound);
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word).count();
    let capitals = sentence.tokens.iter().filter(|token| token.capitalised).count();
    let title = capitals * 2 > words;
    if !sentence.ends_text || !word || words < LEAST || title || sentence.is_verbless() {
        return None;
    }
    let mut edit = Proposal::new(
        sentence,
        last..last + 1,
        own,
        (punct(Operation::Missing), "missing-end-mark"),
        0.9,
    );
    edit.replacement = format!("{own}{mark}");
    Some(edit)
}

/// True for a question in one clause: an auxiliary before its subject, with or without a question word in front.
fn is_question(sentence: &Sentence) -> bool {
    let asker = usize::from(words::among(ASKERS, sentence.at(0, 0)));
    let be = sentence.word(asker);
    let auxiliary =
        words::among(OPENERS, be) || asker == 1 && words::among("should has have had", be);
    // "Do your homework": an order.
    let order = asker == 0 && be == "do";
    let subject = sentence.tagged(asker + 1, |tag| matches!(tag, Tag::Prp | Tag::Ex))
        || !order && sentence.tagged(asker + 1, |tag| tag == Tag::PrpPossessive)
        || sentence.word(asker + 1) == "the" && asker == 1;
    // "What is it that …", "How is this, I wonder": more than one clause may be a statement.
    let commas = sentence.tokens.iter().any(|token| matches!(&*token.lower, "," | ";" | ":"));
    let verbs = sentence.predications().filter(|(_, group, _)| group.is_finite()).count();
    tagged_question(sentence) || auxiliary && subject && !commas && verbs <= 1
}

/// `…, isn't it`: the end of a statement that asks.
fn tagged_question(sentence: &Sentence) -> bool {
    let Some(end) = sentence.tokens.len().checked_sub(1) else { return false };
    let mark = usize::from(sentence.word(end) == ".");
    let Some(pronoun) = (end + 1).checked_sub(mark + 1) else { return false };
    pronoun >= 4
        && words::is_subject_pronoun(sentence.word(pronoun))
        && sentence.word(pronoun - 2) == ","
        && sentence.word(pronoun - 1).ends_with("n't")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn a_long_last_sentence_gets_its_mark() {
        expect(
            &EndMark,
            &[
                (
                    "My family went to the sea last summer with our friends",
                    "My family went to the sea last summer with our friends.",
                ),
                (
                    "It was late. Then we all went home because the shops were closed",
                    "It was late. Then we all went home because the shops were closed.",
                ),
            ],
        );
    }

    #[test]
    fn a_question_gets_its_question_mark() {
        expect(
            &EndMark,
            &[
                ("Where do you live.", "Where do you live?"),
                ("Can you help me with my homework.", "Can you help me with my homework?"),
                ("It is cold today, isn't it.", "It is cold today, isn't it?"),
            ],
        );
    }

    #[test]
    fn messages_titles_and_statements_stay() {
        stays(
            &EndMark,
            "
            I went to school yesterday
            The Old Man and the Sea by Ernest Hemingway
            What he said is true.
            Why he left is not known.
            How lovely it is!
            Did you know that? I did not.
            ",
        );
    }
}
