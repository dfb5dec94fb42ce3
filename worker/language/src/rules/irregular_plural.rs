//! Plurals that are formed otherwise or have two endings: `feet`, `women`, `children`, `people`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct IrregularPlural;

const INFLECTION: ErrantType = ErrantType::replacement(Category::NounInfl);

const RIGHT: &[(&str, &str)] = &[
    ("foots", "feet"),
    ("feets", "feet"),
    ("tooths", "teeth"),
    ("teeths", "teeth"),
    ("mans", "men"),
    ("womans", "women"),
    ("womens", "women"),
    ("mens", "men"),
    ("childrens", "children"),
    ("childern", "children"),
    ("gooses", "geese"),
    ("sheeps", "sheep"),
    ("deers", "deer"),
    ("wifes", "wives"),
    ("knifes", "knives"),
    ("leafs", "leaves"),
    ("shelfs", "shelves"),
    ("thiefs", "thieves"),
    ("wolfs", "wolves"),
    ("halfs", "halves"),
    ("oxes", "oxen"),
];

impl Rule for IrregularPlural {
    fn name(&self) -> &'static str {
        "irregular-plural"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["irregular-plural", "people-not-peoples"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 0..sentence.tokens.len();
        tokens.filter_map(|i| formed(sentence, i).or_else(|| peoples(sentence, i))).collect()
    }
}

fn formed(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    if !word.ends_with('s') && word != "childern"
        || sentence.is_capitalised(i) && i > 0
        || !sentence.is_word(i)
    {
        return None;
    }
    let (_, right) = RIGHT.iter().find(|(wrong, _)| *wrong == word)?;
    // "foots the bill", "leafs through", "mans the desk" are verbs.
    let verb =
        matches!(word, "foots" | "mans" | "leafs" | "wolfs") && sentence.tag(i) == Some(Tag::Vbz);
    // "mens shoes", "childrens books": the owner of what follows.
    let owner = matches!(word, "mens" | "womens" | "childrens" | "mans" | "womans")
        && sentence.has(i + 1, Facts::USUAL_NOUN)
        && sentence.tagged(i + 1, Tag::is_common_noun);
    let right = if owner {
        format!(
            "{}'s",
            if matches!(word, "mans" | "womans") { &word[..word.len() - 1] } else { right }
        )
    } else {
        (*right).to_owned()
    };
    (!verb).then(|| {
        let edit =
            Proposal::new(sentence, i..i + 1, &right, (INFLECTION, "irregular-plural"), 0.95);
        edit.with_clue(word)
    })
}

/// `the peoples in my village`: persons. "The peoples of Asia" are nations.
fn peoples(sentence: &Sentence, i: usize) -> Option<Proposal> {
    if sentence.word(i) != "peoples" || sentence.is_capitalised(i) && i > 0 {
        return None;
    }
    let next = sentence.at(i, 1);
    let persons = next == "in" && matches!(sentence.at(i, 2), "my" | "our" | "this")
        || matches!(
            next,
            "here"
                | "usually"
                | "often"
                | "always"
                | "don't"
                | "think"
                | "want"
                | "like"
                | "say"
                | "need"
                | "love"
        );
    persons.then(|| {
        let edit =
            Proposal::new(sentence, i..i + 1, "people", (INFLECTION, "people-not-peoples"), 0.92);
        edit.with_clue("people")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn irregular_plurals_are_known() {
        expect(
            &IrregularPlural,
            &[
                ("My foots hurt.", "My feet hurt."),
                ("I met two mans yesterday.", "I met two men yesterday."),
                ("The peoples in my village are kind.", "The people in my village are kind."),
                ("The childrens are playing.", "The children are playing."),
            ],
        );
    }

    #[test]
    fn other_words_stay() {
        stays(
            &IrregularPlural,
            "
            She foots the bill.
            The peoples of Asia are many.
            He has two wives.
            My feet hurt.
            ",
        );
    }
}
