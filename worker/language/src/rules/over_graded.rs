//! One comparative a word, and long words take `more`: `worse`, `best`, `more beautiful`.

use crate::{
    analysis::{Sentence, facts::Facts, inflect, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct OverGraded;

const FORM: ErrantType = ErrantType::replacement(Category::AdjForm);

impl Rule for OverGraded {
    fn name(&self) -> &'static str {
        "comparative-form"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["comparative-form"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|i| find_at(sentence, i).or_else(|| more_good(sentence, i)))
            .collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let irregular = match word {
        "worser" | "worserer" | "badder" => Some("worse"),
        "worsest" | "worstest" | "baddest" => Some("worst"),
        "bestest" | "goodest" => Some("best"),
        "gooder" | "betterer" => Some("better"),
        _ => None,
    };
    if sentence.is_capitalised(i) || !sentence.is_word(i) {
        return None;
    }
    let form = match irregular {
        Some(form) => form.to_owned(),
        None if sentence.has(i, Facts::KNOWN) => return None,
        None => long_form(sentence, word)?,
    };
    // "more beautifuler": one `more` is enough.
    let marked = i > 0 && matches!(sentence.at(i, -1), "more" | "most");
    let from = i - usize::from(marked);
    Some(Proposal::new(sentence, from..i + 1, &form, (FORM, "comparative-form"), 0.95))
}

/// `beautifuler` → `more beautiful`; `biger` → `bigger`.
fn long_form(sentence: &Sentence, word: &str) -> Option<String> {
    let (ending, mark) = if word.ends_with("est") { ("est", "most") } else { ("er", "more") };
    if !word.ends_with(ending) {
        return None;
    }
    let positive = sentence.lexicon.positive(word)?;
    let known = inflect::add_degree(&positive, ending)
        .into_iter()
        .find(|form| sentence.lexicon.knows(form));
    Some(known.unwrap_or_else(|| format!("{mark} {positive}")))
}

/// `is more good` → `is better`; "does more good than harm" is right.
fn more_good(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let more = i.checked_sub(1).filter(|more| *more > 0)?;
    let form = match sentence.word(i) {
        "good" => "better",
        "bad" => "worse",
        _ => return None,
    };
    let next = sentence.at(i, 1);
    let than = next == "than"
        && !sentence.has(i + 2, Facts::USUAL_ADJECTIVE)
        && !matches!(sentence.at(i, 2), "harm" | "evil" | "good" | "bad");
    let ends = next.is_empty() && i + 1 >= sentence.tokens.len() || matches!(next, "." | "!" | "?");
    let linked = words::is_be(sentence.at(more, -1))
        || sentence.at(more, -1) == "much" && words::is_be(sentence.at(more, -2));
    (sentence.word(more) == "more" && linked && (than || ends))
        .then(|| Proposal::new(sentence, more..i + 1, form, (FORM, "comparative-form"), 0.93))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn wrong_forms_are_put_right() {
        expect(
            &OverGraded,
            &[
                ("He is worser.", "He is worse."),
                ("You are the bestest.", "You are the best."),
                ("She is beautifuler than me.", "She is more beautiful than me."),
                ("This is more good than that.", "This is better than that."),
                ("She is the beautifulest girl.", "She is the most beautiful girl."),
                ("This is more good.", "This is better."),
            ],
        );
    }

    #[test]
    fn right_forms_stay() {
        stays(
            &OverGraded,
            "
            It does more good than harm.
            She is more beautiful.
            He is a learner.
            It is worse.
            We need more good teachers.
            The forest is big.
            It is more good than bad.
            ",
        );
    }
}
