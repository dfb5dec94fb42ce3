//! Stretches of text that are never judged: quotations, code, addresses, tags.

use std::ops::Range;

/// Longest quotation that is looked for, in bytes: bounds the search for a closing mark that never comes.
const LONGEST_QUOTE: usize = 1_000;

/// Quotations and code in the text, in order and apart. A mark that is never closed in its paragraph quotes nothing.
pub fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut resume = 0;
    let mut before = ' ';
    for (at, mark) in text.char_indices() {
        if at >= resume
            && let Some(end) = closing_end(text, at, mark, before)
        {
            found.push(at..end);
            resume = end;
        }
        before = mark;
    }
    found
}

/// True for a run of characters without white space that is an address, a tag, a file name or code.
pub fn is_address_or_code(chunk: &str) -> bool {
    let bare = chunk.trim_matches(|c: char| ".,;:!?()[]\"'“”‘’…".contains(c));
    if bare.contains("://")
        || bare.starts_with("www.")
        || chunk.starts_with(['@', '#', '/', '\\', '$'])
    {
        return true;
    }
    let email =
        bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    let code = bare.contains([
        '_', '\\', '{', '}', '<', '>', '=', '|', '~', '^', '+', '*', '`', '@', '&', '#',
    ]) || bare.contains("::")
        || bare.contains("()");
    email || code || has_inner_dot(bare) || is_camel_case(bare) || mixes_digits_and_letters(bare)
}

fn closing_end(text: &str, at: usize, mark: char, before: char) -> Option<usize> {
    let after = at + mark.len_utf8();
    let opens = !before.is_alphanumeric();
    let closing = match mark {
        '`' if text[at..].starts_with("```") => {
            return text[at + 3..].find("```").map(|end| at + 6 + end);
        }
        '`' => '`',
        '“' => '”',
        '«' => '»',
        '"' if opens => '"',
        '‘' if opens => '’',
        '\'' if opens && text[after..].starts_with(char::is_alphabetic) => '\'',
        _ => return None,
    };
    let mut end = after;
    let mut last = mark;
    let mut rest = text[after..].chars().peekable();
    while let Some(c) = rest.next() {
        if end - at > LONGEST_QUOTE || c == '\n' && last == '\n' {
            return None;
        }
        end += c.len_utf8();
        // An apostrophe inside a word does not close a quotation.
        let apostrophe =
            matches!(c, '’' | '\'') && rest.peek().is_some_and(|next| next.is_alphanumeric());
        if c == closing && last != mark && !apostrophe && !(c == '\'' && last == ' ') {
            return Some(end);
        }
        last = c;
    }
    None
}

/// `example.com`, `U.S.`, `file.txt`; not `home.Then`, where a learner forgot a space.
fn has_inner_dot(bare: &str) -> bool {
    let mut parts = bare.split('.').filter(|part| !part.is_empty());
    let (Some(first), Some(second)) = (parts.next(), parts.next()) else { return false };
    let forgotten_space = second.starts_with(char::is_uppercase)
        && first.ends_with(char::is_lowercase)
        && first.chars().count() > 1;
    let digits = bare.chars().all(|c| !c.is_alphabetic());
    !forgotten_space && !digits
}

fn is_camel_case(bare: &str) -> bool {
    let mut last = 'A';
    bare.chars().any(|c| {
        let inner = c.is_uppercase() && last.is_lowercase();
        last = c;
        inner
    })
}

/// `mp3`, `B2`, `covid19`; not `1st`, `20s`, `5pm`.
fn mixes_digits_and_letters(bare: &str) -> bool {
    let letters: String =
        bare.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let starts_with_digit = bare.starts_with(|c: char| c.is_ascii_digit());
    let suffix = ["st", "nd", "rd", "th", "s", "am", "pm"].contains(&letters.as_str());
    let mixed = bare.contains(|c: char| c.is_ascii_digit()) && !letters.is_empty();
    let joined = bare.contains(['-', '–', '—', ',']);
    let counted = starts_with_digit && suffix;
    mixed && !joined && !counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_and_code_are_found() {
        let quoted = |text: &'static str| -> Vec<&str> {
            quotations(text).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(quoted("He said “I goes” and \"she go\"."), ["“I goes”", "\"she go\""]);
        assert_eq!(quoted("Run `git comit` now"), ["`git comit`"]);
        assert_eq!(quoted("It's 'very nice' isn't it"), ["'very nice'"]);
        assert_eq!(quoted("the students' books don't fit"), Vec::<&str>::new());
        assert_eq!(quoted("a “ that never ends"), Vec::<&str>::new());
    }

    #[test]
    fn addresses_and_code_are_told_from_words() {
        for chunk in [
            "https://a.bc/d",
            "me@example.com",
            "@minh",
            "#travel",
            "snake_case",
            "iPhone",
            "mp3",
            "U.S.",
            "e.g.",
            "x.py",
        ] {
            assert!(is_address_or_code(chunk), "{chunk}");
        }
        for chunk in [
            "home.Then",
            "don't",
            "well-known",
            "1st",
            "5pm",
            "word.",
            "(see)",
            "3.5",
            "20-year-old",
        ] {
            assert!(!is_address_or_code(chunk), "{chunk}");
        }
    }
}
