//! The learner's own words, cut short enough to be quoted: a reply stays a reply whatever was written.

use lexilingo_shared::analysis::GrammarError;

/// Words of the opening of a text that are quoted.
const OPENING: usize = 6;
/// Words of an edit or a use that are quoted.
const PLACE: usize = 4;
/// Letters of one word that are quoted.
const LETTERS: usize = 40;

/// How the text begins, no further than its first sentence; empty for a text without words.
pub fn opening(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut taken = Vec::new();
    for word in words.by_ref().take(OPENING) {
        taken.push(word);
        if word.ends_with(['.', '!', '?', '…']) {
            break;
        }
    }
    let whole =
        words.next().is_none() || taken.last().is_some_and(|w| w.ends_with(['.', '!', '?']));
    let clipped = clip(&taken.join(" "), OPENING);
    let bare = clipped.trim_end_matches(['.', ',', ';', ':', '!', '…']);
    let shown = if bare.is_empty() { clipped.as_str() } else { bare };
    if whole { shown.to_owned() } else { format!("{shown} …") }
}

/// A place of the text in bytes, as it is quoted.
pub fn place(text: &str, [start, end]: [usize; 2]) -> Option<String> {
    let quoted = clip(text.get(start..end)?, PLACE);
    (!quoted.is_empty()).then_some(quoted)
}

/// Wrong and right form of an edit; a missing or superfluous word is shown with its neighbours.
pub fn forms(error: &GrammarError, text: &str) -> (String, String) {
    let [start, end] = error.spans.utf8;
    if !error.error.trim().is_empty() && !error.correction.trim().is_empty() {
        return (clip(&error.error, PLACE), clip(&error.correction, PLACE));
    }
    let after = text.get(end..).unwrap_or_default().split_whitespace().next();
    let before = text.get(..start).unwrap_or_default().split_whitespace().next_back();
    let (after, before) = (after.unwrap_or_default(), before.unwrap_or_default());
    let join = |middle: &str| clip(&[before, middle.trim(), after].join(" "), PLACE);
    (join(&error.error), join(&error.correction))
}

/// At most so many words of at most a few letters. What is not shown, or turns the direction of what follows, is left
/// out.
fn clip(text: &str, words: usize) -> String {
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let word = |word: &str| word.chars().filter(shown).take(LETTERS).collect::<String>();
    let words: Vec<String> =
        text.split_whitespace().map(word).filter(|word| !word.is_empty()).take(words).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::error;

    #[test]
    fn an_opening_ends_with_its_sentence_or_after_six_words() {
        assert_eq!(opening("I like tea. It is hot."), "I like tea");
        assert_eq!(opening("Where is it?"), "Where is it?");
        assert_eq!(opening("one two three four five six seven"), "one two three four five six …");
        assert_eq!((opening(""), opening("...")), (String::new(), "...".to_owned()));
    }

    #[test]
    fn a_missing_word_is_shown_between_its_neighbours() {
        let text = "I am student here";
        let mut edit = error(text, "student", "student");
        (edit.error, edit.correction) = (String::new(), "a ".to_owned());
        edit.spans.utf8 = [5, 5];
        assert_eq!(forms(&edit, text), ("am student".to_owned(), "am a student".to_owned()));
    }

    #[test]
    fn long_words_and_hidden_characters_are_cut() {
        let text = format!("{} \u{202e}x\u{0}y", "a".repeat(10_000));
        assert_eq!(place(&text, [0, text.len()]), Some(format!("{} xy", "a".repeat(LETTERS))));
        assert_eq!(place("ab", [1, 7]), None);
    }
}
