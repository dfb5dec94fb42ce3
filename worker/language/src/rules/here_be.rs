//! `Here are your keys`: be agrees with what follows `here` or `where`.

use crate::{
    analysis::{Sentence, facts::Facts, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct HereBe;

const SVA: ErrantType = ErrantType::replacement(Category::VerbSva);

impl Rule for HereBe {
    fn name(&self) -> &'static str {
        "here-is-are"
    }

    fn stage(&self) -> Stage {
        Stage::Agreement
    }

    fn messages(&self) -> &'static [&'static str] {
        &["here-are"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, verb: usize) -> Option<Proposal> {
    let wanted = match sentence.word(verb) {
        "is" => "are",
        "was" => "were",
        _ => return None,
    };
    let opens = verb == 1 && matches!(sentence.word(0), "here" | "where");
    let determiner = sentence.at(verb, 1);
    let determined = words::is_possessive(determiner)
        || matches!(determiner, "the" | "some" | "these" | "those" | "many" | "two" | "three");
    let described = sentence.has(verb + 2, Facts::USUAL_ADJECTIVE)
        && !sentence.any(verb + 2, Facts::USUAL_NOUN | Facts::PLURAL);
    let noun = verb + 2 + usize::from(described);
    let plural = sentence.has(noun, Facts::PLURAL | Facts::USUAL_NOUN)
        && !sentence.any(noun, Facts::SINGULAR | Facts::MASS)
        && !sentence.is_capitalised(noun)
        && !matches!(sentence.word(noun), "news" | "series" | "species" | "means" | "headquarters");
    let next = sentence.at(noun, 1);
    let ends = matches!(
        next,
        "" | "." | "!" | "?" | "," | "for" | "from" | "of" | "in" | "on" | "to" | "now"
    );
    if !opens || !determined || !plural || !ends {
        return None;
    }
    let clue = sentence.original(noun..noun + 1).to_owned();
    let edit = Proposal::new(sentence, verb..verb + 1, wanted, (SVA, "here-are"), 0.92);
    Some(edit.with_clue(&clue))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &HereBe,
            &[
                ("Here is your keys.", "Here are your keys."),
                ("Where is my shoes?", "Where are my shoes?"),
                ("Here is some new books for you.", "Here are some new books for you."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &HereBe,
            "
            Here is your key.
            Here are your keys.
            Where is the sports centre?
            Here is the news.
            Where is my parents' house?
            Here is some tea.
            ",
        );
    }
}
