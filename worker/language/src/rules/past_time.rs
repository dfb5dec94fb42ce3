//! Time expressions that put a clause into the past: `yesterday`, `last week`, `two years ago`, `in 2005`.

use crate::rules::{text::Sentence, words};
use std::ops::Range;

/// The last year that `in YEAR` counts as past. The rule pack has no clock; a year this old stays past.
const LAST_PAST_YEAR: u32 = 2024;

/// How surely the expression puts its clause into the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// `yesterday`, `two days ago`.
    Strong,
    /// `in 2005`: also found beside a present verb ("the film is set in 1945").
    Year,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastTime {
    pub tokens: Range<usize>,
    pub strength: Strength,
}

/// All expressions of past time in the sentence, in order.
pub fn past_times(sentence: &Sentence) -> Vec<PastTime> {
    let mut found: Vec<PastTime> = Vec::new();
    for i in 0..sentence.tokens.len() {
        if found.last().is_some_and(|last| last.tokens.end > i) {
            continue;
        }
        if let Some((length, strength)) = expression_at(sentence, i)
            && !is_compared(sentence.at(i, -1))
            && !sentence.word(i + length - 1).ends_with("'s")
        {
            found.push(PastTime { tokens: i..i + length, strength });
        }
    }
    found
}

/// True when everything before token `end` is one adverbial of time: "Last week", "Every day,", "In the morning".
pub fn fronted_adverbial_ends(sentence: &Sentence, end: usize) -> bool {
    let end = if sentence.at(end, -1) == "," { end - 1 } else { end };
    if end == 0 || end > 9 {
        return false;
    }
    let past = expression_at(sentence, 0).is_some_and(|(length, _)| length == end);
    past || is_habit(sentence, end) || when_i_was(sentence, 0).is_some_and(|length| length == end)
}

/// `When I was a child`: a clause that says the same as a time expression. Gives its length in tokens.
pub fn when_i_was(sentence: &Sentence, i: usize) -> Option<usize> {
    let opens = sentence.word(i) == "when"
        && words::is_subject_pronoun(sentence.at(i, 1))
        && matches!(sentence.at(i, 2), "was" | "were");
    if !opens {
        return None;
    }
    let age = |word: &str| {
        matches!(word, "child" | "kid" | "student" | "boy" | "girl" | "baby" | "teenager" | "pupil")
    };
    match (sentence.at(i, 3), sentence.at(i, 4)) {
        ("a" | "an", "little" | "small" | "young") if age(sentence.at(i, 5)) => Some(6),
        ("a" | "an", noun) if age(noun) => Some(5),
        ("young" | "small" | "little" | "younger", _) => Some(4),
        ("in", "primary" | "secondary" | "high") if sentence.at(i, 5) == "school" => Some(6),
        (_, "years") if sentence.at(i, 5) == "old" => Some(6),
        _ => None,
    }
}

fn expression_at(sentence: &Sentence, i: usize) -> Option<(usize, Strength)> {
    let word = |offset| sentence.at(i, offset);
    match word(0) {
        "yesterday" if matches!(word(1), "morning" | "afternoon" | "evening") => {
            Some((2, Strength::Strong))
        }
        "yesterday" => Some((1, Strength::Strong)),
        "last"
            if is_span(word(1))
                && !matches!(word(-1), "the" | "my" | "your" | "his" | "her" | "our" | "their") =>
        {
            Some((2, Strength::Strong))
        }
        "the" if word(1) == "day" && word(2) == "before" && word(3) == "yesterday" => {
            Some((4, Strength::Strong))
        }
        "in" if is_past_year(word(1)) => Some((2, Strength::Year)),
        "long" if word(1) == "ago" => Some((2, Strength::Strong)),
        "a" if word(1) == "long" && word(2) == "time" && word(3) == "ago" => {
            Some((4, Strength::Strong))
        }
        "a" | "an" | "one" | "several" | "some" | "many" | "few" => ago_after(sentence, i),
        number if words::is_plural_number(number) => ago_after(sentence, i),
        _ => None,
    }
}

/// `two days ago`, `a few years ago`, `an hour ago`.
fn ago_after(sentence: &Sentence, i: usize) -> Option<(usize, Strength)> {
    let unit = if matches!(sentence.at(i, 1), "few" | "couple") { 2 } else { 1 };
    let unit = if sentence.at(i, unit) == "of" { unit + 1 } else { unit };
    let is_unit = matches!(
        sentence.at(i, unit).trim_end_matches('s'),
        "second"
            | "minute"
            | "hour"
            | "day"
            | "night"
            | "week"
            | "month"
            | "year"
            | "century"
            | "decade"
    );
    (is_unit && sentence.at(i, unit + 1) == "ago").then_some((unit as usize + 2, Strength::Strong))
}

fn is_habit(sentence: &Sentence, end: usize) -> bool {
    match end {
        1 => matches!(
            sentence.word(0),
            "usually" | "sometimes" | "now" | "today" | "nowadays" | "then" | "often"
        ),
        2 => {
            sentence.word(0) == "every" && (is_span(sentence.word(1)) || sentence.word(1) == "day")
        }
        3 => {
            matches!(sentence.word(0), "in" | "on" | "at")
                && matches!(sentence.word(1), "the" | "my")
                && matches!(
                    sentence.word(2),
                    "morning" | "afternoon" | "evening" | "weekend" | "weekends"
                )
        }
        _ => false,
    }
}

fn is_span(word: &str) -> bool {
    matches!(
        word,
        "night"
            | "week"
            | "weekend"
            | "month"
            | "year"
            | "summer"
            | "winter"
            | "spring"
            | "autumn"
            | "fall"
            | "morning"
            | "afternoon"
            | "evening"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "january"
            | "february"
            | "march"
            | "april"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "semester"
            | "term"
            | "century"
            | "tet"
    )
}

fn is_past_year(word: &str) -> bool {
    word.len() == 4 && word.parse::<u32>().is_ok_and(|year| (1500..=LAST_PAST_YEAR).contains(&year))
}

/// After these the expression is compared with, or is a bound, and puts nothing into the past.
fn is_compared(before: &str) -> bool {
    matches!(
        before,
        "than"
            | "as"
            | "since"
            | "until"
            | "till"
            | "from"
            | "of"
            | "like"
            | "about"
            | "to"
            | "with"
            | "for"
            | "by"
            | "this"
            | "remember"
            | "forget"
            | "regret"
            | "or"
            | "not"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::lexicon::Lexicon;

    #[test]
    fn past_times_are_found() {
        let lexicon = Lexicon::load();
        for text in [
            "I go there yesterday",
            "Last week we go",
            "It rain two days ago",
            "A few years ago he move",
            "He come in 2005",
            "We meet a long time ago",
            "I see him last Monday",
        ] {
            assert_eq!(past_times(&Sentence::new(text, &lexicon)).len(), 1, "{text}");
        }
    }

    #[test]
    fn comparisons_and_bounds_are_no_past_time() {
        let lexicon = Lexicon::load();
        for text in [
            "It is hotter than last year",
            "I live here since last year",
            "This is the last week",
            "We talk about yesterday",
            "last year's model",
            "in 2090",
            "I am at last happy",
        ] {
            assert!(past_times(&Sentence::new(text, &lexicon)).is_empty(), "{text}");
        }
    }
}
