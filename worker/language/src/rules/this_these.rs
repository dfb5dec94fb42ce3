//! `these` before several things: `these books`, not `this books`.

use crate::{
    analysis::{Sentence, facts::Facts, words},
    rules::{
        noun_number::is_compound,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ThisThese;

const DET: ErrantType = ErrantType::replacement(Category::Det);

/// Plural in form only, or things that are one.
const ONE_THING: &str = "news series species means mathematics physics economics politics headquarters sports works \
    crossroads others";

impl Rule for ThisThese {
    fn name(&self) -> &'static str {
        "this-these"
    }

    fn stage(&self) -> Stage {
        Stage::Number
    }

    fn messages(&self) -> &'static [&'static str] {
        &["these-plural", "this-kind"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 0..sentence.tokens.len();
        tokens.filter_map(|i| find_at(sentence, i).or_else(|| one_kind(sentence, i))).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let noun = i + 1;
    let people = sentence.word(noun) == "people";
    let plural = people
        || sentence.has(noun, Facts::PLURAL | Facts::USUAL_NOUN | Facts::LISTED | Facts::KNOWN)
            && !sentence.has(noun, Facts::SINGULAR);
    let next = sentence.at(noun, 1);
    // "This works well", "this books the room"; but "this books are".
    let verb = sentence.has(noun, Facts::THIRD | Facts::USUAL_VERB)
        && (sentence.has(noun, Facts::RATHER_VERB)
            || !matches!(next, "are" | "were" | "have" | "do"));
    // "This books is mine" may be one book.
    let one = matches!(next, "is" | "was" | "has" | "'" | "’" | "-");
    let fits = sentence.word(i) == "this"
        && plural
        && !verb
        && !one
        && sentence.is_word(noun)
        && !sentence.is_capitalised(noun)
        && !sentence.word(noun).contains('\'')
        && !words::among(ONE_THING, sentence.word(noun))
        && !is_compound(sentence, noun);
    fits.then(|| {
        let clue = sentence.original(noun..noun + 1).to_owned();
        Proposal::new(sentence, i..i + 1, "these", (DET, "these-plural"), 0.92).with_clue(&clue)
    })
}

/// `these kind of music`: one kind; before a plural the other rules make it `these kinds`.
fn one_kind(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let kind = matches!(sentence.at(i, 1), "kind" | "type" | "sort") && sentence.at(i, 2) == "of";
    let one = sentence.has(i + 3, Facts::SINGULAR) && !sentence.has(i + 3, Facts::PLURAL);
    let wanted = match sentence.word(i) {
        "these" => "this",
        "those" => "that",
        _ => return None,
    };
    (kind && one && sentence.is_word(i + 3)).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, wanted, (DET, "this-kind"), 0.9);
        edit.with_clue(sentence.original(i + 1..i + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &ThisThese,
            &[
                ("This books are mine.", "These books are mine."),
                ("I like this shoes.", "I like these shoes."),
                ("These kind of music is popular.", "This kind of music is popular."),
                ("This people are kind.", "These people are kind."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &ThisThese,
            "
            This book is mine.
            This means that he left.
            This works well.
            this sports car
            I like this news.
            This students' room is small.
            This series is good.
            ",
        );
    }
}
