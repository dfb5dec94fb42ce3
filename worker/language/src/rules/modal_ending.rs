//! Modals take no ending: `she can sing`, not `she cans sing`.

use crate::{
    analysis::{Sentence, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ModalEnding;

const FORM: ErrantType = ErrantType::replacement(Category::VerbForm);

impl Rule for ModalEnding {
    fn name(&self) -> &'static str {
        "modal-without-ending"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["modal-ending"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let modal = match sentence.word(i) {
        "cans" => "can",
        "wills" => "will",
        "musts" => "must",
        "mays" => "may",
        "mights" => "might",
        "shoulds" => "should",
        "coulds" => "could",
        "woulds" => "would",
        _ => return None,
    };
    let next = i + 1 + usize::from(sentence.at(i, 1) == "not");
    // "She cans fruit", "he wills it": verbs with an object.
    let verb = sentence.has(next, Facts::BASE | Facts::USUAL_VERB)
        && (sentence.has(next, Facts::RATHER_VERB) || !sentence.has(next, Facts::USUAL_NOUN))
        || sentence.word(next) == "be";
    let subject = matches!(sentence.at(i, -1), "he" | "she" | "it")
        || i > 0 && words::is_person(sentence.at(i, -1));
    (subject && verb).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, modal, (FORM, "modal-ending"), 0.94);
        edit.with_clue(sentence.original(i - 1..i))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &ModalEnding,
            &[
                ("She cans sing.", "She can sing."),
                ("He wills go tomorrow.", "He will go tomorrow."),
                ("My brother musts go.", "My brother must go."),
                ("He mays come.", "He may come."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &ModalEnding,
            "
            She cans fruit.
            He wills it.
            The cans are full.
            She can sing.
            ",
        );
    }
}
