//! A sentence begins with a capital letter.

use crate::{
    analysis::{Sentence, tokenise::Kind},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct SentenceCapital;

const ORTH: ErrantType = ErrantType::replacement(Category::Orth);
/// Words from which a line without a mark at its end is taken for a sentence, not for an entry or a title.
const LEAST: usize = 4;

impl Rule for SentenceCapital {
    fn name(&self) -> &'static str {
        "sentence-capital"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["capital-sentence"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        find_in(sentence).into_iter().collect()
    }
}

fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let first = sentence.tokens.first()?;
    let own = sentence.original(0..1);
    let small = own.starts_with(|c: char| c.is_ascii_lowercase());
    // "iPhone", "i." of a list, "e.g.", "he" alone.
    let plain = own.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-'));
    let listed = own.len() == 1 && !matches!(own, "i" | "a");
    let judged = matches!(first.kind, Kind::Word | Kind::Compound) && !first.foreign;
    if !small || !plain || listed || !judged || own == "i" {
        return None;
    }
    let words = sentence.tokens.iter().filter(|token| token.kind == Kind::Word).count();
    let ends = sentence.tokens.last().is_some_and(|last| matches!(&*last.lower, "." | "!" | "?"));
    // With a mark at its end and some length, a line is a sentence, though its verb is missing or was not recognised.
    let short = words <= LEAST;
    if words < 2 || !ends && short || sentence.is_verbless() && (!ends || short) {
        return None;
    }
    let right = own[..1].to_uppercase() + &own[1..];
    let mut edit = Proposal::new(sentence, 0..1, &right, (ORTH, "capital-sentence"), 0.96);
    edit.replacement = right;
    Some(edit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_first_word_gets_its_capital() {
        expect(
            &SentenceCapital,
            &[
                ("this is my house.", "This is my house."),
                ("It rained. we stayed at home.", "It rained. We stayed at home."),
                ("however, I still like it.", "However, I still like it."),
                (
                    "these days our city also in good shape.",
                    "These days our city also in good shape.",
                ),
            ],
        );
    }

    #[test]
    fn what_is_no_sentence_stays() {
        stays(
            &SentenceCapital,
            "
            iPhones are expensive.
            a university
            going home
            This is it.
            well-known people
            the red book on the table
            ",
        );
    }
}
