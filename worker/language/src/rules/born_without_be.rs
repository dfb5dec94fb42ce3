//! `Born` needs a form of be: `I was born in Hue`, not `I born in Hue`.

use crate::{
    analysis::{Sentence, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct BornWithoutBe;

const MISSING: ErrantType = ErrantType::missing(Category::VerbForm);

impl Rule for BornWithoutBe {
    fn name(&self) -> &'static str {
        "born-without-be"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["born-without-be"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 1..sentence.tokens.len();
        tokens.filter_map(|at| find_in(sentence, at)).collect()
    }
}

/// "A child born in May is one year old": only a pronoun cannot be described by the participle.
fn find_in(sentence: &Sentence, at: usize) -> Option<Proposal> {
    let subject = sentence.word(at - 1);
    if sentence.word(at) != "born" || !words::is_nominative(subject) {
        return None;
    }
    let be = if matches!(subject, "we" | "they" | "you") { "were" } else { "was" };
    let (kept, corrected) = (sentence.original(at..at + 1), format!("{be} born"));
    let edit = Proposal::new(sentence, at..at + 1, &corrected, (MISSING, "born-without-be"), 0.96);
    Some(edit.with_clue(kept))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn be_is_added() {
        expect(
            &BornWithoutBe,
            &[
                ("She born in Hue.", "She was born in Hue."),
                ("They born in the same year.", "They were born in the same year."),
            ],
        );
    }

    #[test]
    fn other_uses_stay() {
        stays(
            &BornWithoutBe,
            "
            I was born in 2005.
            A child born in May is one year old.
            He is a born leader.
            ",
        );
    }
}
