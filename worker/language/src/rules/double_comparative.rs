//! One mark of comparison is enough: `taller`, not `more taller`; `the best`, not `the most best`.

use crate::{
    analysis::{Sentence, facts::Facts, inflect, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct DoubleComparative;

const FORM: ErrantType = ErrantType::replacement(Category::AdjForm);

/// Short adjectives whose comparative is always made by an ending.
const SHORT: &str = "tall short big small fast slow old young cheap long high low hot cold hard large strong \
    weak rich poor thin thick wide near warm cool nice great";

impl Rule for DoubleComparative {
    fn name(&self) -> &'static str {
        "double-comparative"
    }

    fn stage(&self) -> Stage {
        Stage::WordForm
    }

    fn messages(&self) -> &'static [&'static str] {
        &["double-comparative", "short-comparative"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (1..sentence.tokens.len())
            .filter_map(|i| doubled(sentence, i).or_else(|| more_short(sentence, i)))
            .collect()
    }
}

fn doubled(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let graded = sentence.word(i);
    let comparative = is_comparative(sentence, i);
    let superlative = is_superlative(sentence, i);
    let fits = match sentence.at(i, -1) {
        "more" => comparative,
        "most" => superlative,
        _ => false,
    };
    // "more older people" may be more of older people.
    let next_plural = sentence.has(i + 1, Facts::PLURAL) && !sentence.has(i + 1, Facts::SINGULAR);
    let counted = comparative && next_plural && !matches!(graded, "better" | "worse");
    let once_more = matches!(sentence.at(i, -2), "once" | "no" | "any" | "much" | "even" | "far")
        && next_plural;
    if !fits || counted || once_more {
        return None;
    }
    let errant = ErrantType::replacement(if sentence.has(i, Facts::ADJECTIVE) {
        Category::AdjForm
    } else {
        Category::Adv
    });
    let own = with_be(sentence, i - 1, sentence.original(i..i + 1))?;
    Some(Proposal::new(sentence, i - 1..i + 1, &own, (errant, "double-comparative"), 0.96))
}

/// `more fast than` → `faster than`.
fn more_short(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    if sentence.at(i, -1) != "more" || sentence.at(i, 1) != "than" || !words::among(SHORT, word) {
        return None;
    }
    let form =
        inflect::add_degree(word, "er").into_iter().find(|form| sentence.lexicon.knows(form))?;
    let form = with_be(sentence, i - 1, &form)?;
    Some(Proposal::new(sentence, i - 1..i + 1, &form, (FORM, "short-comparative"), 0.9))
}

/// Puts the missing form of be in: `He more tall than me` → `He is taller than me`. None where a subject of another kind
/// lacks it, so that nothing is half put right.
fn with_be(sentence: &Sentence, more: usize, form: &str) -> Option<String> {
    let before = sentence.at(more, -1);
    let compared = sentence.at(more, 2) == "than" && sentence.has(more + 1, Facts::ADJECTIVE);
    let clause_begins = more == 1 || more > 1 && words::ends_clause(sentence.at(more, -2));
    let be = match before {
        "i" => "am",
        "he" | "she" => "is",
        "we" | "they" => "are",
        _ => {
            let verbless =
                compared && !sentence.verb_groups.iter().any(|group| group.tokens.start < more);
            let subject = more > 0 && sentence.has(more - 1, Facts::SINGULAR | Facts::USUAL_NOUN);
            return (!(verbless && subject)).then(|| form.to_owned());
        }
    };
    (compared && clause_begins).then(|| format!("{be} {form}"))
}

fn is_comparative(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    matches!(word, "better" | "worse" | "farther" | "further")
        || word.ends_with("er")
            && sentence.has(i, Facts::COMPARATIVE)
            && sentence.lexicon.positive(word).is_some()
            && !sentence.has(i, Facts::USUAL_NOUN | Facts::LISTED)
}

fn is_superlative(sentence: &Sentence, i: usize) -> bool {
    let word = sentence.word(i);
    matches!(word, "best" | "worst")
        || word.ends_with("est")
            && sentence.has(i, Facts::SUPERLATIVE)
            && sentence.lexicon.positive(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn one_mark_is_left() {
        expect(
            &DoubleComparative,
            &[
                ("My house is more bigger than yours.", "My house is bigger than yours."),
                ("This exercise is more better.", "This exercise is better."),
                (
                    "She is the most tallest girl in the class.",
                    "She is the tallest girl in the class.",
                ),
                ("He runs more fast than me.", "He runs faster than me."),
                ("He is more taller than me.", "He is taller than me."),
                ("English is more easier.", "English is easier."),
                ("He more tall than me.", "He is taller than me."),
                ("My brother more tall than me.", "My brother is taller than me."),
                ("They more stronger than us.", "They are stronger than us."),
            ],
        );
    }

    #[test]
    fn single_marks_stay() {
        stays(
            &DoubleComparative,
            "
            She is more beautiful than me.
            There are more older people than before.
            It is much bigger.
            Most interesting is this.
            He is the most honest man.
            I need more paper.
            more flower shops
            the more the better
            Once more, better luck.
            I want more water.
            most forest fires
            He knows more tall people than me.
            ",
        );
    }
}
