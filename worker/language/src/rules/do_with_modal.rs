//! A modal makes its own negatives and questions: `I can't swim`, not `I don't can swim`.

use crate::{
    analysis::{Sentence, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct DoWithModal;

const VERB: ErrantType = ErrantType::replacement(Category::Verb);

/// Modals with their contracted negatives. "Don't must" is left: "mustn't" and "don't have to" are far apart.
const NEGATIVES: &[(&str, &str)] = &[
    ("can", "can't"),
    ("could", "couldn't"),
    ("will", "won't"),
    ("would", "wouldn't"),
    ("should", "shouldn't"),
];

impl Rule for DoWithModal {
    fn name(&self) -> &'static str {
        "do-with-modal"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["do-with-modal"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|i| negated(sentence, i).or_else(|| asked(sentence, i)))
            .collect()
    }
}

fn negated(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let contracted = matches!(sentence.word(i), "don't" | "doesn't" | "didn't");
    let full = matches!(sentence.word(i), "do" | "does" | "did") && sentence.at(i, 1) == "not";
    let modal = i + if full { 2 } else { 1 };
    if i == 0 || !(contracted || full) || !verb_follows(sentence, modal + 1) {
        return None;
    }
    let row = NEGATIVES.iter().find(|row| row.0 == sentence.word(modal))?;
    let past_can = row.0 == "can" && sentence.word(i).starts_with("did");
    let negative = if past_can { "couldn't" } else { row.1 };
    let clue = sentence.original(modal..modal + 1).to_owned();
    let edit = Proposal::new(sentence, i..modal + 1, negative, (VERB, "do-with-modal"), 0.93);
    Some(edit.with_clue(&clue))
}

/// `Do you can swim?`
fn asked(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let fits = i == 0
        && matches!(sentence.word(0), "do" | "does" | "did")
        && words::is_subject_pronoun(sentence.word(1))
        && NEGATIVES.iter().any(|row| row.0 == sentence.word(2))
        && verb_follows(sentence, 3);
    if !fits {
        return None;
    }
    let modal = if sentence.word(0) == "did" && sentence.word(2) == "can" {
        "could"
    } else {
        sentence.word(2)
    };
    let question = format!("{modal} {}", sentence.original(1..2));
    let edit = Proposal::new(sentence, 0..3, &question, (VERB, "do-with-modal"), 0.93);
    Some(edit.with_clue(modal))
}

fn verb_follows(sentence: &Sentence, i: usize) -> bool {
    sentence.word(i) == "be" || sentence.has(i, Facts::BASE | Facts::USUAL_VERB)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &DoWithModal,
            &[
                ("I don't can swim.", "I can't swim."),
                ("She doesn't can drive.", "She can't drive."),
                ("I do not will go there.", "I won't go there."),
                ("Do you can swim?", "Can you swim?"),
                ("He didn't can come.", "He couldn't come."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &DoWithModal,
            "
            I can't swim.
            We don't can fruit.
            I don't know.
            Do you swim?
            He did not see it.
            They do, will you?
            ",
        );
    }
}
