//! Prepositions that another word decides: `married to`, `good at English`, `on Monday`, `in January`.

use crate::{
    analysis::{NounPhrase, Sentence, words},
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct WrongPreposition;

const PREP: ErrantType = ErrantType::replacement(Category::Prep);

/// The word before, prepositions that are never right after it, the right one.
const AFTER: &[(&str, &str, &str)] = &[
    ("married", "with", "to"),
    ("interested", "about on with", "in"),
    ("afraid", "from about with", "of"),
    ("proud", "about with", "of"),
    ("fond", "with in about", "of"),
    ("capable", "to in", "of"),
    ("similar", "with as", "to"),
    ("depend", "of in from", "on"),
    ("consist", "in from on", "of"),
    ("belong", "for of", "to"),
    ("listen", "at on", "to"),
    ("apologise", "about", "for"),
];
const SUBJECTS: &str = "english math maths mathematics physics chemistry biology history geography literature science music drawing singing dancing cooking swimming painting football basketball volleyball tennis badminton chess sports";
const DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays";
const MONTHS: &str = "january february april june july august september october november december";
const TOWNS: &str = "city country town village vietnam";

impl Rule for WrongPreposition {
    fn name(&self) -> &'static str {
        "wrong-preposition"
    }

    fn stage(&self) -> Stage {
        Stage::Prepositions
    }

    fn messages(&self) -> &'static [&'static str] {
        &["preposition-after-word", "preposition-of-time"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len())
            .filter_map(|at| {
                let (right, clue, message) = governed(sentence, at)
                    .map(|(right, clue)| (right, clue, "preposition-after-word"))
                    .or_else(|| {
                        let (right, clue) = of_time(sentence, at)?;
                        Some((right, clue, "preposition-of-time"))
                    })?;
                let edit = Proposal::new(sentence, at..at + 1, right, (PREP, message), 0.94);
                Some(edit.with_clue(sentence.original(clue..clue + 1)))
            })
            .collect()
    }
}

/// The preposition that the word before decides, and that word.
fn governed(sentence: &Sentence, at: usize) -> Option<(&'static str, usize)> {
    let before = at.checked_sub(1)?;
    let (here, next) = (sentence.word(at), sentence.at(at, 1));
    let token = &sentence.tokens[before];
    let listed = AFTER.iter().find(|(word, wrong, _)| {
        (token.lower == *word || token.lemma == *word) && words::among(wrong, here)
    });
    // "interested for years", "proud for once": a span of time is no object.
    let object = sentence
        .noun_phrase_at(at + 1)
        .filter(|_| sentence.times.iter().all(|time| !time.tokens.contains(&(at + 1))));
    // "married with two children" tells of a family.
    let family = |phrase: &NounPhrase| token.lower == "married" && phrase.is_plural();
    if let (Some((_, _, right)), Some(object)) = (listed, object)
        && !family(object)
    {
        return Some((right, before));
    }
    if words::among("good bad excellent brilliant terrible poor better best", &token.lower)
        && here == "in"
        && words::among(SUBJECTS, next)
    {
        return Some(("at", before));
    }
    if token.lemma == "arrive" && here == "to" {
        let phrase = sentence.noun_phrase_at(at + 1)?;
        let town = phrase.is_name() || words::among(TOWNS, sentence.word(phrase.head));
        return Some((if town { "in" } else { "at" }, before));
    }
    None
}

/// The preposition of a point of time, and the word that decides.
fn of_time(sentence: &Sentence, at: usize) -> Option<(&'static str, usize)> {
    let (here, next, after) = (sentence.word(at), sentence.at(at, 1), sentence.at(at, 2));
    match here {
        "in" | "at" if words::among(DAYS, next) => Some(("on", at + 1)),
        "on" | "at" if words::among(MONTHS, next) => {
            let day = after.starts_with(|c: char| c.is_ascii_digit())
                && after.len() <= 4
                && after.parse::<u32>().map_or(true, |n| n <= 31);
            (!day && after != "the").then_some(("in", at + 1))
        }
        "at" | "on" if next == "the" && words::among("morning afternoon evening", after) => {
            // "on the morning of the wedding", "on the evening before".
            let open = sentence.at(at, 3);
            let ends = here == "at" || open.is_empty() || matches!(open, "." | "," | "!" | "?");
            ends.then_some(("in", at + 2))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn prepositions_follow_the_word_that_decides() {
        expect(
            &WrongPreposition,
            &[
                ("My aunt is married with a teacher.", "My aunt is married to a teacher."),
                ("He is very good in maths.", "He is very good at maths."),
                ("We arrived to the station late.", "We arrived at the station late."),
                ("They arrived to Hanoi yesterday.", "They arrived in Hanoi yesterday."),
                ("She is interested about music.", "She is interested in music."),
                ("The meeting is in Friday.", "The meeting is on Friday."),
                ("My birthday is on July.", "My birthday is in July."),
                ("I study at the morning.", "I study in the morning."),
            ],
        );
    }

    #[test]
    fn right_prepositions_stay() {
        stays(
            &WrongPreposition,
            "
            She is good in every way.
            He arrived on Monday.
            My birthday is on July 5.
            I was born on the morning of May 1.
            They are married with two children.
            They are married with two children.
            In July we go to the sea.
            It depends on the weather.
            He has been interested for years.
            ",
        );
    }
}
