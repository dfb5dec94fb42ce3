//! Time expressions that put a clause into the past: `yesterday`, `last week`, `two years ago`, `in 2005`.

use crate::analysis::{Tag, sentence::Words, words};
use std::ops::Range;

/// The last year that `in YEAR` counts as past. The rule pack has no clock; a year this old stays past.
const LAST_PAST_YEAR: u32 = 2024;

/// What a time expression says about the tense of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// `yesterday`, `two days ago`, `when I was a child`.
    Past,
    /// `in 2005`: also found beside a present verb ("the film is set in 1945").
    PastYear,
    /// `now`, `at the moment`.
    Present,
    /// `every day`, `always`, `on Sundays`.
    Habitual,
    /// `tomorrow`, `next week`.
    Future,
    /// `since 2010`, `since I was a child`: with a perfect.
    Since,
    /// `for ten years`.
    Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    pub tokens: Range<usize>,
    pub kind: TimeKind,
    /// Number of the clause whose verb it dates.
    pub clause: usize,
}

impl TimeExpression {
    /// `yesterday`, `ago`, `last week`, `when I was a child`: the clause cannot be in the present.
    pub fn is_past(&self) -> bool {
        self.kind == TimeKind::Past
    }
}

/// All time expressions of the sentence, in order and apart; their clauses are not known yet (0).
pub(super) fn time_expressions(words: &Words) -> Vec<TimeExpression> {
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        let Some((length, kind)) = expression_at(words, at) else {
            at += 1;
            continue;
        };
        let end = (at + length).min(words.tokens.len());
        let own_bound = matches!(kind, TimeKind::Since | TimeKind::Duration);
        let possessive = words.at(end - 1, 0).ends_with("'s");
        if (own_bound || !is_compared(words.at(at, -1))) && !possessive {
            found.push(TimeExpression { tokens: at..end, kind, clause: 0 });
        }
        at = end;
    }
    found
}

/// `When I was a child`: a clause that says the same as a time expression. Gives its length in tokens.
fn when_i_was(words: &Words, i: usize) -> Option<usize> {
    let opens = words.at(i, 0) == "when"
        && words::is_subject_pronoun(words.at(i, 1))
        && matches!(words.at(i, 2), "was" | "were");
    if !opens {
        return None;
    }
    let age = |word: &str| {
        matches!(word, "child" | "kid" | "student" | "boy" | "girl" | "baby" | "teenager" | "pupil")
    };
    match (words.at(i, 3), words.at(i, 4)) {
        ("a" | "an", "little" | "small" | "young") if age(words.at(i, 5)) => Some(6),
        ("a" | "an", noun) if age(noun) => Some(5),
        ("young" | "small" | "little" | "younger", _) => Some(4),
        ("in", "primary" | "secondary" | "high") if words.at(i, 5) == "school" => Some(6),
        ("in", "grade" | "class") => Some(6),
        ("at", "school" | "university" | "college") => Some(5),
        (_, "years") if words.at(i, 5) == "old" => Some(6),
        (age, next)
            if words::is_plural_number(age) && !next.starts_with(|c: char| c.is_alphabetic()) =>
        {
            Some(4)
        }
        (age, "and" | "but" | "i" | "he" | "she" | "my") if words::is_plural_number(age) => Some(4),
        _ => None,
    }
}

fn expression_at(words: &Words, i: usize) -> Option<(usize, TimeKind)> {
    let word = |offset| words.at(i, offset);
    let one = |kind| Some((1, kind));
    match word(0) {
        "yesterday" if matches!(word(1), "morning" | "afternoon" | "evening") => {
            Some((2, TimeKind::Past))
        }
        "yesterday" => one(TimeKind::Past),
        "last"
            if is_span(word(1))
                && !matches!(word(-1), "the" | "my" | "your" | "his" | "her" | "our" | "their") =>
        {
            Some((2, TimeKind::Past))
        }
        "the" if word(1) == "day" && word(2) == "before" && word(3) == "yesterday" => {
            Some((4, TimeKind::Past))
        }
        "in" if is_past_year(word(1)) => Some((2, TimeKind::PastYear)),
        // In front only: "people who lived in the past" dates another clause.
        "in" if i == 0
            && word(1) == "the"
            && word(2) == "past"
            && !words::is_plural_number(word(3)) =>
        {
            (!matches!(
                word(3),
                "few" | "several" | "year" | "month" | "week" | "decade" | "century" | "and"
            ))
            .then_some((3, TimeKind::Past))
        }
        "in" if word(1) == "the" && matches!(word(2), "next" | "coming") => {
            amount_length(words, i + 3).map(|length| (length + 3, TimeKind::Future))
        }
        "in" if word(1) == "the" && word(2) == "future" => Some((3, TimeKind::Future)),
        "long" if word(1) == "ago" => Some((2, TimeKind::Past)),
        "a" if word(1) == "long" && word(2) == "time" && word(3) == "ago" => {
            Some((4, TimeKind::Past))
        }
        "when" => when_i_was(words, i).map(|length| (length, TimeKind::Past)),
        "now" | "nowadays" | "currently" | "today" | "tonight" => one(TimeKind::Present),
        "at" if word(1) == "the" && word(2) == "moment" => Some((3, TimeKind::Present)),
        "at" if word(1) == "present" => Some((2, TimeKind::Present)),
        "right" if word(1) == "now" => Some((2, TimeKind::Present)),
        "these" if word(1) == "days" => Some((2, TimeKind::Present)),
        "tomorrow" if matches!(word(1), "morning" | "afternoon" | "evening" | "night") => {
            Some((2, TimeKind::Future))
        }
        "tomorrow" => one(TimeKind::Future),
        "once" if word(1) == "upon" && word(2) == "a" && word(3) == "time" => {
            Some((4, TimeKind::Past))
        }
        "the" if word(1) == "other" && word(2) == "day" => Some((3, TimeKind::Past)),
        "up" if word(1) == "to" && word(2) == "now" => Some((3, TimeKind::Since)),
        "so" if word(1) == "far" && matches!(word(2), "," | "." | "") => Some((2, TimeKind::Since)),
        "until" if word(1) == "now" => Some((2, TimeKind::Since)),
        "next" if is_span(word(1)) => Some((2, TimeKind::Future)),
        "always" | "usually" | "often" | "sometimes" | "never" | "rarely" | "seldom" => {
            one(TimeKind::Habitual)
        }
        "every" | "each"
            if is_span(word(1)) || matches!(word(1), "day" | "days" | "time" | "hour") =>
        {
            Some((2, TimeKind::Habitual))
        }
        "on" if is_span(word(1).trim_end_matches('s')) && word(1).ends_with('s') => {
            Some((2, TimeKind::Habitual))
        }
        "once" | "twice"
            if matches!(word(1), "a" | "every") && (is_span(word(2)) || word(2) == "day") =>
        {
            Some((3, TimeKind::Habitual))
        }
        "since" => since(words, i),
        "for" => amount_length(words, i + 1).map(|length| (length + 1, TimeKind::Duration)),
        _ => amount_length(words, i)
            .filter(|length| words.at(i + length, 0) == "ago")
            .map(|length| (length + 1, TimeKind::Past)),
    }
}

/// `since 2010`, `since last year`, `since Monday`, `since I was a child`; not the `since` that gives a reason.
fn since(words: &Words, i: usize) -> Option<(usize, TimeKind)> {
    let next = words.at(i, 1);
    let length = match next {
        "last" | "early" | "late" if !words.at(i, 2).is_empty() => 3,
        "yesterday" | "then" | "childhood" | "birth" | "university" | "college" | "noon"
        | "midnight" | "dawn" => 2,
        "this" if is_span(words.at(i, 2)) => 3,
        "primary" | "secondary" | "high" | "middle" | "elementary"
            if words.at(i, 2) == "school" =>
        {
            3
        }
        "my" | "his" | "her" | "our" | "their"
            if words::among(
                "childhood birth birthday wedding graduation marriage youth",
                words.at(i, 2),
            ) =>
        {
            3
        }
        "the" if words::among("beginning start end accident war pandemic", words.at(i, 2)) => 3,
        _ if is_past_year(next) || is_span(next) => 2,
        _ if words::is_subject_pronoun(next) && matches!(words.at(i, 2), "was" | "were") => 3,
        // "since I finished school"; "since I have a cold" gives a reason.
        _ if words::is_subject_pronoun(next)
            && words.tokens.get(i + 2).is_some_and(|verb| verb.tag == Tag::Vbd) =>
        {
            3
        }
        _ => return amount_length(words, i + 1).map(|length| (length + 1, TimeKind::Since)),
    };
    Some((length, TimeKind::Since))
}

/// Tokens of an amount of time: `two days`, `a few years`, `an hour`, `a long time`, `10 minutes`.
fn amount_length(words: &Words, i: usize) -> Option<usize> {
    let first = words.at(i, 0);
    let counts = matches!(
        first,
        "a" | "an"
            | "one"
            | "several"
            | "some"
            | "many"
            | "few"
            | "about"
            | "over"
            | "more"
            | "almost"
            | "nearly"
    ) || words::is_plural_number(first);
    if !counts {
        return None;
    }
    let is_unit = |offset: usize| {
        matches!(
            words.at(i + offset, 0).trim_end_matches('s'),
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
        ) || words.at(i + offset, 0) == "time" && words.at(i + offset, -1) == "long"
            || words.at(i + offset, 0) == "while" && offset == 1
    };
    (1..=3)
        .find(|offset| is_unit(*offset))
        .filter(|offset| {
            (1..*offset).all(|between| {
                let word = words.at(i + between, 0);
                matches!(word, "few" | "couple" | "of" | "long" | "than" | "many" | "more")
                    || words::is_plural_number(word)
            })
        })
        .map(|offset| offset + 1)
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
            | "tết"
            | "christmas"
            | "easter"
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
    use crate::analysis::{Lexicon, Sentence};

    fn kinds(lexicon: &Lexicon, text: &str) -> Vec<TimeKind> {
        Sentence::new(text, lexicon).times.iter().map(|time| time.kind).collect()
    }

    #[test]
    fn each_expression_says_what_time_it_is() {
        let lexicon = Lexicon::load();
        for (text, kind) in [
            ("I go there yesterday", TimeKind::Past),
            ("Last week we go", TimeKind::Past),
            ("It rain two days ago", TimeKind::Past),
            ("A few years ago he move", TimeKind::Past),
            ("He come in 2005", TimeKind::PastYear),
            ("We meet a long time ago", TimeKind::Past),
            ("I see him last Monday", TimeKind::Past),
            ("When I was a child I live in Hue", TimeKind::Past),
            ("They playing football now", TimeKind::Present),
            ("She go to school every day", TimeKind::Habitual),
            ("I visit you tomorrow", TimeKind::Future),
            ("I live here since 2010", TimeKind::Since),
            ("I know him for ten years", TimeKind::Duration),
        ] {
            assert_eq!(kinds(&lexicon, text), [kind], "{text}");
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
            "I stayed since it was cold",
            "He has a day for two people",
        ] {
            assert!(!kinds(&lexicon, text).contains(&TimeKind::Past), "{text}");
        }
    }

    #[test]
    fn a_time_belongs_to_the_clause_that_it_dates() {
        let lexicon = Lexicon::load();
        for (text, verb) in [
            ("The man who called yesterday is my uncle", "called"),
            ("Yesterday the man who called me go home", "go"),
            ("I think that she came yesterday", "came"),
            ("When I was a child, I live in Hue", "live"),
            ("He works now but last year he study", "study"),
        ] {
            let sentence = Sentence::new(text, &lexicon);
            let time = sentence.times.iter().find(|time| time.is_past()).unwrap();
            let group = sentence.clauses[time.clause].verb.map(|verb| &sentence.verb_groups[verb]);
            assert_eq!(group.map(|group| sentence.word(group.main())), Some(verb), "{text}");
        }
    }
}
