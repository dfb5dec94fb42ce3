//! A question puts the auxiliary before the subject: `Why are you late?`, `What time is it?`.

use crate::{
    analysis::{Sentence, Tag, verb_groups::Form, words},
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct QuestionOrder;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);

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
        find_in(sentence).into_iter().collect()
    }
}

fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let last = sentence.tokens.last()?;
    let asks =
        matches!(sentence.word(0), "why" | "where" | "when" | "what" | "how" | "who" | "which");
    if last.lower != "?" || !asks {
        return None;
    }
    let subject = subject_start(sentence)?;
    let pronoun = words::is_subject_pronoun(sentence.word(subject));
    let end = if pronoun {
        subject + 1
    } else {
        let phrase = sentence
            .noun_phrase_at(subject)
            .filter(|phrase| phrase.tokens.start == subject && phrase.is_definite())?;
        // "How the devil can you".
        if matches!(sentence.word(phrase.head), "devil" | "hell") {
            return None;
        }
        phrase.tokens.end
    };
    let auxiliary = sentence.word(end);
    let moves = words::is_be(auxiliary) && !matches!(auxiliary, "be" | "been" | "being")
        || words::is_modal(auxiliary)
        || matches!(auxiliary, "have" | "has")
            && sentence.tag(end + 1).is_some_and(|tag| matches!(tag, Tag::Vbn | Tag::Vbd));
    // A second finite verb may be the question's own: "When you are tired, what do you do?".
    let finite =
        sentence.verb_groups.iter().filter(|group| matches!(group.form, Form::Finite)).count();
    let single = finite == 1
        && sentence.tokens[..end].iter().all(|token| !words::is_auxiliary(&token.lower));
    if !moves || !single {
        return None;
    }
    let edit =
        edit::reordered(sentence, &[end..end + 1, subject..end], (ORDER, "question-order"), 0.92)?;
    Some(edit.with_clue(sentence.original(0..1)))
}

/// Where the subject begins after `why`, `what time`, `how old`, `how many books`.
fn subject_start(sentence: &Sentence) -> Option<usize> {
    let subject = |at: usize| {
        words::is_subject_pronoun(sentence.word(at))
            || words::is_possessive(sentence.word(at))
            || matches!(sentence.word(at), "the" | "this" | "that" | "these" | "those")
    };
    let word = sentence.word(0);
    if subject(1) {
        return Some(1);
    }
    let noun = matches!(word, "what" | "which") && sentence.tagged(1, Tag::is_common_noun);
    let graded = word == "how"
        && (sentence.tagged(1, Tag::is_adjective)
            || sentence.tagged(1, Tag::is_adverb)
            || matches!(sentence.word(1), "much" | "long" | "old" | "far" | "often"));
    if (noun || graded) && subject(2) && !matches!(sentence.word(2), "this" | "that") {
        return Some(2);
    }
    let counted =
        matches!(sentence.word(1), "many" | "much") && sentence.tagged(2, Tag::is_common_noun);
    (counted && word == "how" && words::is_subject_pronoun(sentence.word(3))).then_some(3)
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
