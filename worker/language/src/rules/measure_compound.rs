//! A measure before a noun has hyphens and no plural: `a three-day trip`, `a ten-year-old boy`; `half an hour`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, tokenise::Kind, words},
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct MeasureCompound;

const NUMBER: ErrantType = ErrantType::replacement(Category::NounNum);
const UNITS: &str = "years days hours minutes weeks months miles meters metres kilometers kilometres pages stars \
    storeys stories floors dollars seconds points";
/// What lasts or is as long as a measure.
const MEASURED: &str = "trip holiday journey course drive walk tour visit break flight ride exam film movie novel hotel \
    vacation meeting test lesson class stay project contract war history boy girl child son daughter man woman \
    building house book report training plan program programme experience";

impl Rule for MeasureCompound {
    fn name(&self) -> &'static str {
        "measure-compound"
    }

    fn stage(&self) -> Stage {
        Stage::Number
    }

    fn messages(&self) -> &'static [&'static str] {
        &["measure-compound", "half-an-hour"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 0..sentence.tokens.len();
        tokens
            .filter_map(|i| {
                hyphenated(sentence, i).or_else(|| apart(sentence, i)).or_else(|| half(sentence, i))
            })
            .collect()
    }
}

fn proposal(sentence: &Sentence, from: usize, to: usize, text: &str) -> Proposal {
    let edit = edit::rewritten(sentence, from..to, text, (NUMBER, "measure-compound"), 0.92);
    edit.with_clue(sentence.original(to - 1..to))
}

fn unit(plural: &str) -> Option<&str> {
    (words::among(UNITS, plural) && plural != "stories").then(|| &plural[..plural.len() - 1])
}

/// `three-days trip`, `two-years-old daughter`.
fn hyphenated(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let token = &sentence.tokens[i];
    if token.kind != Kind::Compound {
        return None;
    }
    let parts: Vec<&str> = token.lower.split('-').collect();
    let (number, plural, old) = match parts.as_slice() {
        [number, plural] => (*number, *plural, false),
        [number, plural, "old"] => (*number, *plural, true),
        _ => return None,
    };
    let counted = words::is_plural_number(number);
    let unit = unit(plural).filter(|_| counted)?;
    let noun =
        sentence.tagged(i + 1, Tag::is_common_noun) || sentence.tagged(i + 1, Tag::is_adjective);
    let own = sentence.original(i..i + 1);
    let number = own.split('-').next().unwrap_or(number);
    let text = if old { format!("{number}-{unit}-old") } else { format!("{number}-{unit}") };
    (noun || old).then(|| proposal(sentence, i, i + 1, &text))
}

/// `a ten years old boy`, `a three days trip`.
fn apart(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let unit = unit(sentence.word(i))?;
    let number =
        i.checked_sub(1).filter(|number| words::is_plural_number(sentence.word(*number)))?;
    let before = number.checked_sub(1).map_or("", |before| sentence.word(before));
    let determined =
        matches!(before, "a" | "an" | "the" | "this" | "my" | "his" | "her" | "our" | "their");
    let old = sentence.at(i, 1) == "old" && matches!(unit, "year" | "month" | "week" | "day");
    let noun = i + 1 + usize::from(old);
    let measured = sentence.has(noun, Facts::SINGULAR)
        && words::among(MEASURED, sentence.word(noun))
        || old
            && sentence.has(noun, Facts::SINGULAR | Facts::USUAL_NOUN)
            && sentence.tagged(noun, Tag::is_common_noun);
    let indefinite = matches!(before, "a" | "an");
    if !determined || !measured || !(indefinite || old) {
        return None;
    }
    let number_own = sentence.original(number..number + 1);
    let text =
        if old { format!("{number_own}-{unit}-old") } else { format!("{number_own}-{unit}") };
    Some(proposal(sentence, number, i + 1 + usize::from(old), &text))
}

/// `half hour`, `for half day`.
fn half(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let article = match sentence.at(i, 1) {
        "hour" => "an",
        "day" | "year" | "kilo" | "mile" => "a",
        _ => return None,
    };
    let before = i.checked_sub(1).map_or("", |before| sentence.word(before));
    let fits = sentence.word(i) == "half"
        && matches!(
            before,
            "for"
                | "about"
                | "in"
                | "after"
                | "takes"
                | "took"
                | "every"
                | "spend"
                | "only"
                | "waited"
        )
        && before != "every"
        && !sentence.tagged(i + 2, Tag::is_noun);
    fits.then(|| {
        let kind = (ErrantType::missing(Category::Det), "half-an-hour");
        edit::inserted(sentence, i + 1, article, kind, 0.9).with_clue("half")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn measures_are_joined() {
        expect(
            &MeasureCompound,
            &[
                ("We went on a three-days trip.", "We went on a three-day trip."),
                ("He is a ten years old boy.", "He is a ten-year-old boy."),
                ("She has a two-years-old daughter.", "She has a two-year-old daughter."),
                ("We took a three days trip.", "We took a three-day trip."),
                ("I waited for half hour.", "I waited for half an hour."),
            ],
        );
    }

    #[test]
    fn other_measures_stay() {
        stays(
            &MeasureCompound,
            "
            He is ten years old.
            It took three days.
            The first two days were hot.
            I waited for half an hour.
            a ten-year-old boy
            the two years before the war
            ",
        );
    }
}
