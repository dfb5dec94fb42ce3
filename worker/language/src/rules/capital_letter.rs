//! `I`, days, months, languages and countries are written with a capital.

use crate::{
    analysis::{Sentence, tokenise::Kind, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct CapitalLetter;

const ORTH: ErrantType = ErrantType::replacement(Category::Orth);

/// Always capitalised and no other word in lower case (so no `may`, `march`, `polish`, `china`, `turkey`).
const CAPITALISED: &str = "monday tuesday wednesday thursday friday saturday sunday january february april june \
    july september october november december english vietnamese chinese japanese korean \
    american german italian spanish russian british european asian australian thai vietnam \
    japan korea america england france germany italy spain russia australia thailand \
    cambodia singapore malaysia indonesia hanoi saigon london paris asia europe africa \
    christmas french canada india brazil mexico facebook youtube google instagram danang \
    dalat sapa";

impl Rule for CapitalLetter {
    fn name(&self) -> &'static str {
        "capital-letter"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["capital-i", "capital-name"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let token = &sentence.tokens[i];
    if token.kind != Kind::Word || token.capitalised {
        return None;
    }
    let pronoun = matches!(token.lower.as_str(), "i" | "i'm" | "i've" | "i'll" | "i'd");
    // "i)" and "(i" number a list.
    let listed = matches!(sentence.at(i, -1), "(" | "-")
        || matches!(sentence.at(i, 1), ")" | "." | "-" | ":");
    // "mr Long".
    let title = words::among("mr mrs ms dr", &token.lower) && sentence.is_capitalised(i + 1);
    let name = words::among(CAPITALISED, &token.lower);
    if !(name || title || pronoun && !listed) {
        return None;
    }
    let own = sentence.original(i..i + 1);
    let right = own[..1].to_uppercase() + &own[1..];
    let message = if pronoun { "capital-i" } else { "capital-name" };
    let mut proposal = Proposal::new(sentence, i..i + 1, &right, (ORTH, message), 0.96);
    proposal.replacement = right;
    Some(proposal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn names_get_their_capital() {
        expect(
            &CapitalLetter,
            &[
                ("i live in vietnam.", "I live in Vietnam."),
                ("We study english on monday.", "We study English on Monday."),
                ("Yes, i'm here.", "Yes, I'm here."),
            ],
        );
    }

    #[test]
    fn other_words_stay() {
        stays(
            &CapitalLetter,
            "
            We may march in may.
            i) first
            (i) first
            I am here.
            the sun and the moon
            i. one
            ",
        );
    }
}
