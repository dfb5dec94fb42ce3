//! British and American spelling mixed in one text: both are right, so the fewer follow the more.

use crate::{
    analysis::{
        Sentence,
        variety::{Variety, spelling},
    },
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct SpellingVariety;

const SPELL: ErrantType = ErrantType::replacement(Category::Spell);

impl Rule for SpellingVariety {
    fn name(&self) -> &'static str {
        "spelling-variety"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["british-here", "american-here"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let Some(kept) = sentence.variety else { return Vec::new() };
        let message = match kept {
            Variety::British => "british-here",
            Variety::American => "american-here",
        };
        let words = 0..sentence.tokens.len();
        words
            .filter_map(|i| Some((i, spelling(sentence, i)?)))
            .filter(|(_, spelling)| spelling.variety != kept)
            .map(|(i, spelling)| {
                Proposal::new(sentence, i..i + 1, &spelling.other, (SPELL, message), 0.8)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_fewer_follow_the_more() {
        expect(
            &SpellingVariety,
            &[
                (
                    "My favourite colour is blue. We live near the city centre. The color of our house is gray.",
                    "My favourite colour is blue. We live near the city centre. The colour of our house is grey.",
                ),
                (
                    "The theater is in the center of the city. Travelling there is easy.",
                    "The theater is in the center of the city. Traveling there is easy.",
                ),
                (
                    "My neighbor is kind. I like her favourite colour.",
                    "My neighbour is kind. I like her favourite colour.",
                ),
                (
                    "I like the color of this flavor. They organised a party.",
                    "I like the color of this flavor. They organized a party.",
                ),
            ],
        );
    }

    #[test]
    fn one_variety_and_what_both_share_stay() {
        stays(
            &SpellingVariety,
            "
            My favourite colour is grey. We travelled to the city centre.
            My favorite color is gray. We traveled to the city center.
            They organize a party. I like the colour.
            Check the tires. The cheque is on the grey table.
            We saw the World Trade Center. The colour was grey.
            ",
        );
    }
}
