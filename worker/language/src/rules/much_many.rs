//! `many` before what is counted: `many friends`, not `much friends`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    rules::{
        noun_number::is_compound,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MuchMany;

const DET: ErrantType = ErrantType::replacement(Category::Det);

impl Rule for MuchMany {
    fn name(&self) -> &'static str {
        "much-many"
    }

    fn stage(&self) -> Stage {
        Stage::Number
    }

    fn messages(&self) -> &'static [&'static str] {
        &["many-counted", "much-uncounted"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let found = |i| find_at(sentence, i).or_else(|| uncounted(sentence, i));
        (0..sentence.tokens.len()).filter_map(found).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = i + 1;
    let people = sentence.word(noun) == "people";
    let counted = people
        || sentence.has(noun, Facts::PLURAL | Facts::USUAL_NOUN)
            && !sentence.any(noun, Facts::SINGULAR | Facts::MASS)
            && (!sentence.has(noun, Facts::THIRD | Facts::USUAL_VERB)
                || words::is_do(sentence.at(noun, 1))
                || matches!(sentence.at(noun, 1), "are" | "were"))
            && !matches!(
                sentence.word(noun),
                "others" | "needs" | "sports" | "clothes" | "goods" | "thanks"
            );
    let measured = super::quantity::is_measured(sentence.word(noun));
    if sentence.word(i) != "much" || measured || !counted || is_compound(sentence, noun) {
        return None;
    }
    let before = sentence.at(i, -1);
    let asks = before == "how" && {
        // "how much students learn" is a matter of degree.
        let next = sentence.at(i, 2);
        words::is_do(next)
            || words::is_have(next)
            || matches!(next, "are" | "were" | "can" | "will" | "")
            || next == "?"
    };
    let verb = words::is_have(before)
        || matches!(before, "are" | "were" | "too" | "so")
        || i > 0 && sentence.tagged(i - 1, Tag::is_verb) && sentence.has(i - 1, Facts::USUAL_VERB);
    let degree = before == "so" && sentence.tokens.iter().skip(i).any(|token| token.lower == "as");
    (asks || verb && !degree).then(|| {
        let clue = sentence.original(noun..noun + 1).to_owned();
        Proposal::new(sentence, i..i + 1, "many", (DET, "many-counted"), 0.92).with_clue(&clue)
    })
}

/// `many free time`, `how many time`, `so many traffic`: one mass, whatever describes it.
fn uncounted(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let phrase = sentence.noun_phrase_at(i).filter(|_| sentence.word(i) == "many")?;
    let head = sentence.word(phrase.head);
    let mass = phrase.is_uncountable()
        || matches!(head, "time" | "water" | "rice" | "food" | "space" | "energy" | "work");
    let single =
        sentence.has(phrase.head, Facts::SINGULAR) && !sentence.has(phrase.head, Facts::PLURAL);
    let compound = sentence.tagged(phrase.head + 1, |tag| tag.is_noun())
        || sentence.word(phrase.head + 1) == "-";
    (mass && single && !compound && sentence.at(i, 1) != "a").then(|| {
        let clue = sentence.original(phrase.head..phrase.head + 1).to_owned();
        Proposal::new(sentence, i..i + 1, "much", (DET, "much-uncounted"), 0.9).with_clue(&clue)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &MuchMany,
            &[
                ("How much books do you have?", "How many books do you have?"),
                ("I have much friends.", "I have many friends."),
                ("There are too much people.", "There are too many people."),
                ("How much students are there?", "How many students are there?"),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &MuchMany,
            "
            I have much time.
            It shows how much students learn.
            I love you very much.
            How much money do you have?
            Much needs to be done.
            It is not so much students as teachers.
            much bigger houses
            ",
        );
    }
}
