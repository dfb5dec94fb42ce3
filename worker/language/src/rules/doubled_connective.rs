//! One connective joins two clauses: `Although it rained, we went out`, without a `but`; `Because …`, without a `so`.

use crate::{
    analysis::{Sentence, Tag},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct DoubledConnective;

const EXTRA: ErrantType = ErrantType::unnecessary(Category::Conj);
/// Tokens within which the second clause begins.
const SIGHT: usize = 30;

impl Rule for DoubledConnective {
    fn name(&self) -> &'static str {
        "doubled-connective"
    }

    fn stage(&self) -> Stage {
        Stage::Prepositions
    }

    fn messages(&self) -> &'static [&'static str] {
        &["although-but", "because-so", "if-so"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        find_in(sentence).into_iter().collect()
    }
}

fn find_in(sentence: &Sentence) -> Option<Proposal> {
    let (second, message) = match sentence.at(0, 0) {
        "although" | "though" => ("but", "although-but"),
        "even" if sentence.word(1) == "though" => ("but", "although-but"),
        "because" | "since" | "as" => ("so", "because-so"),
        "if" | "when" => ("so", "if-so"),
        _ => return None,
    };
    let end = sentence.tokens.len().min(SIGHT);
    let at = (2..end).find(|at| sentence.word(*at) == second)?;
    let has_verb = |range: std::ops::Range<usize>| {
        range.clone().any(|i| sentence.verb_group_at(i).is_some_and(|group| group.is_finite()))
    };
    // "so happy", "so that": only before a subject does it join clauses.
    let subject_follows = sentence.tagged(at + 1, |tag| {
        matches!(tag, Tag::Prp | Tag::Dt | Tag::PrpPossessive | Tag::Nnp | Tag::Nns | Tag::Ex)
    });
    let comma = sentence.word(at - 1) == ",";
    if !subject_follows || !has_verb(1..at) || !has_verb(at + 1..sentence.tokens.len()) {
        return None;
    }
    // "If …, it will …, but …, so …": the third clause has its own connective.
    let third = sentence.tokens[1..at - 1].iter().any(|token| token.lower == ",");
    if message == "if-so" && third {
        return None;
    }
    let next = sentence.original(at + 1..at + 2).to_owned();
    let from = at - usize::from(!comma);
    let mut edit = Proposal::new(sentence, from..at + 2, &next, (EXTRA, message), 0.95);
    edit.replacement =
        if comma { next } else { format!("{}, {next}", sentence.original(from..at)) };
    let opening = 1 + usize::from(sentence.word(0) == "even");
    Some(edit.with_clue(sentence.original(0..opening)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_second_connective_goes() {
        expect(
            &DoubledConnective,
            &[
                ("Although he was tired, but he worked.", "Although he was tired, he worked."),
                ("Though it was late, but they stayed.", "Though it was late, they stayed."),
                ("Even though it was late, but we stayed.", "Even though it was late, we stayed."),
                ("If you are tired, so you should rest.", "If you are tired, you should rest."),
                ("Because she was sick, so she slept.", "Because she was sick, she slept."),
                (
                    "Because the road was wet, so the car stopped.",
                    "Because the road was wet, the car stopped.",
                ),
            ],
        );
    }

    #[test]
    fn single_connectives_stay() {
        stays(
            &DoubledConnective,
            "
            Although he was tired, he worked.
            It rained, but we went out.
            Because he was so happy, he sang.
            He was ill, so he stayed at home.
            Although small, but strong, it is a dog.
            Because we were late, so many people had left.
            ",
        );
    }
}
