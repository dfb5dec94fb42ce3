//! Where sentences end, as far as a client needs to know: to show the one around a match, and to cut long texts.

use std::ops::Range;

/// Words before a full stop that ends no sentence.
const ABBREVIATIONS: [&str; 14] =
    ["mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "no", "jr", "sr", "approx"];

/// Byte ranges of the sentences, each with the blanks behind it; together they are the text.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '.' | '!' | '?' | '…' => {
                while chars.next_if(|(_, c)| is_tail(*c)).is_some() {}
                let after = chars.peek().map_or(text.len(), |(at, _)| *at);
                let rest = &text[after..];
                let next = rest.trim_start();
                let apart = next.len() < rest.len();
                let goes_on = next.starts_with(char::is_lowercase);
                let whole = &text[start..at];
                apart && !goes_on && !(c == '.' && is_abbreviated(whole))
            }
            '\n' => {
                let blank = text[at + 1..].trim_start_matches([' ', '\t', '\r']);
                blank.starts_with('\n')
            }
            _ => false,
        };
        if ends {
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            let end = chars.peek().map_or(text.len(), |(at, _)| *at);
            found.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        found.push(start..text.len());
    }
    found
}

/// What may stand between a sentence's mark and the blank behind it.
fn is_tail(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '\'' | ')' | ']' | '”' | '’' | '»')
}

/// Whether the last word is a title, a usual abbreviation or an initial.
fn is_abbreviated(before: &str) -> bool {
    let from = before.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1);
    let word = before.get(from..).unwrap_or_default();
    let mut letters = word.chars();
    let initial = matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase());
    (initial && word != "I") || ABBREVIATIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn of(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| text[range].trim()).collect()
    }

    #[test]
    fn sentences_end_at_marks_and_blank_lines() {
        assert_eq!(of("It is. Is it? “Yes!” She left"), ["It is.", "Is it?", "“Yes!”", "She left"]);
        assert_eq!(of("A title\n\nThe text\ngoes on."), ["A title", "The text\ngoes on."]);
    }

    #[test]
    fn titles_initials_numbers_and_what_goes_on_end_none() {
        for one in
            ["Mr. Nam met J. Smith here.", "It costs 3.50 now.", "Wait… and see.", "See e.g. Hue."]
        {
            assert_eq!(of(one), [one]);
        }
        assert_eq!(of("So do I. He left."), ["So do I.", "He left."]);
    }

    proptest! {
        #[test]
        fn sentences_together_are_the_text(text in "[a-zA-Zđ .!?…\n\"']{0,60}") {
            let parts: String = sentences(&text).into_iter().map(|range| text[range].to_owned()).collect();
            prop_assert_eq!(parts, text);
        }
    }
}
