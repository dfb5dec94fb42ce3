//! A question puts the auxiliary before the subject: `Why are you late?`, `What time is it?`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, verb_groups::Form, words},
    rules::{
        edit, noun_chain,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};
use std::ops::Range;

pub struct QuestionOrder;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);

/// What opens a clause behind a question.
const JOINERS: &str = "when while if because after before since until that and but";

impl Rule for QuestionOrder {
    fn name(&self) -> &'static str {
        "question-order"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["question-order"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let questions = questions(sentence);
        questions.into_iter().filter_map(|question| find_in(sentence, question)).collect()
    }
}

/// The questions that a sentence is made of: "What are you doing, and where will you eat?".
pub(super) fn questions(sentence: &Sentence) -> Vec<Range<usize>> {
    let count = sentence.tokens.len();
    let begins = |at: usize| {
        words::among("why where when what how who which", sentence.word(at))
            && words::among("and but or so", sentence.at(at, -1))
            && sentence.at(at, -2) == ","
    };
    let mut starts: Vec<usize> = vec![0];
    if sentence.tokens.last().is_some_and(|last| last.lower == "?") {
        starts.extend((4..count).filter(|at| begins(*at)));
    }
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([count]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

fn find_in(sentence: &Sentence, question: Range<usize>) -> Option<Proposal> {
    let last = sentence.tokens.last()?;
    let from = question.start;
    let asks =
        matches!(sentence.word(from), "why" | "where" | "when" | "what" | "how" | "who" | "which");
    if last.lower != "?" || !asks {
        return None;
    }
    let subject = subject_start(sentence, from)?;
    let chain = noun_chain::from(sentence, subject)?;
    let end = chain.tokens.end;
    let phrase = sentence.noun_phrase_at(subject)?;
    // "How the devil can you".
    let known = chain.is_pronoun || phrase.is_definite() || phrase.is_name();
    if !known || words::among("devil hell deuce dickens heck", sentence.word(phrase.head)) {
        return None;
    }
    let auxiliary = sentence.word(end);
    let stem = sentence.tokens.get(end)?.stem();
    let apart = sentence.word(end + 1) == "not";
    let negated = auxiliary.ends_with("n't") || apart;
    let after = end + 1 + usize::from(apart);
    let moves = words::is_be(stem) && !matches!(auxiliary, "be" | "been" | "being")
        || words::is_modal(auxiliary)
        || negated && words::is_do(stem) && sentence.has(after, Facts::BASE)
        || matches!(stem, "have" | "has" | "haven't" | "hasn't")
            && sentence.tag(after).is_some_and(|tag| matches!(tag, Tag::Vbn | Tag::Vbd));
    // A second finite verb may be the question's own: "When you are tired, what do you do?".
    let others = sentence.predications().all(|(clause, group, _)| {
        group.tokens.contains(&end)
            || !question.contains(&group.main())
            || group.form != Form::Finite
            || clause.opener.is_some_and(|opener| {
                opener > end
                    && (words::among(JOINERS, sentence.word(opener))
                        || words::among(JOINERS, sentence.word(opener - 1)))
                    && (sentence.word(from) == "why"
                        || !group.inverted
                        || sentence.word(opener) == "and"
                        || sentence.word(opener - 1) == "and")
            })
    });
    let single =
        others && sentence.tokens[from..end].iter().all(|token| !words::is_auxiliary(&token.lower));
    if !moves || !single {
        return None;
    }
    let edit =
        edit::reordered(sentence, &[end..end + 1, subject..end], (ORDER, "question-order"), 0.92)?;
    Some(edit.with_clue(sentence.original(from..from + 1)))
}

/// Where the subject begins after `why`, `what time`, `how old`, `how many books`.
fn subject_start(sentence: &Sentence, from: usize) -> Option<usize> {
    let subject = |at: usize| {
        words::is_subject_pronoun(sentence.word(at))
            || words::is_possessive(sentence.word(at))
            || matches!(sentence.word(at), "the" | "this" | "that" | "these" | "those")
    };
    let word = sentence.word(from);
    let name = sentence.noun_phrase_at(from + 1).is_some_and(|phrase| phrase.is_name());
    if subject(from + 1) || name && matches!(word, "why" | "where" | "when") {
        return Some(from + 1);
    }
    let noun = matches!(word, "what" | "which") && sentence.tagged(from + 1, Tag::is_common_noun);
    let graded = word == "how"
        && (sentence.tagged(from + 1, Tag::is_adjective)
            || sentence.tagged(from + 1, Tag::is_adverb)
            || matches!(sentence.word(from + 1), "much" | "long" | "old" | "far" | "often"));
    if (noun || graded) && subject(from + 2) && !matches!(sentence.word(from + 2), "this" | "that")
    {
        return Some(from + 2);
    }
    let counted = matches!(sentence.word(from + 1), "many" | "much")
        && sentence.tagged(from + 2, Tag::is_common_noun);
    (counted && word == "how" && words::is_subject_pronoun(sentence.word(from + 3)))
        .then_some(from + 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_auxiliary_comes_first() {
        expect(
            &QuestionOrder,
            &[
                ("Why you are late?", "Why are you late?"),
                ("What you are doing?", "What are you doing?"),
                ("When she will come?", "When will she come?"),
                ("How I can get there?", "How can I get there?"),
                ("What time it is?", "What time is it?"),
                (
                    "Why you didn't call me when you got home?",
                    "Why didn't you call me when you got home?",
                ),
                (
                    "Where your sister is working now, and what does she do?",
                    "Where is your sister working now, and what does she do?",
                ),
                ("Why Nam is crying?", "Why is Nam crying?"),
                ("How old your brother is?", "How old is your brother?"),
            ],
        );
    }

    #[test]
    fn other_questions_stay() {
        stays(
            &QuestionOrder,
            "
            Why are you late?
            When you are tired, what do you do?
            What you are is what you eat?
            Do you know where she is?
            How beautiful she is!
            Who is he?
            ",
        );
    }
}
