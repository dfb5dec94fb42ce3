//! Cutting a long text into parts that one job each can take.

use super::sentence::sentences;
use std::ops::Range;

/// Byte ranges of at most `most` code points that together are the text: cut between sentences, in a sentence that is
/// longer than that at a blank, and in a longer word anywhere.
pub fn chunks(text: &str, most: usize) -> Vec<Range<usize>> {
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for sentence in sentences(text) {
        for piece in pieces(text, sentence, most) {
            let length = text[piece.clone()].chars().count();
            match found.last_mut() {
                Some((range, so_far)) if *so_far + length <= most => {
                    range.end = piece.end;
                    *so_far += length;
                }
                _ => found.push((piece, length)),
            }
        }
    }
    found.into_iter().map(|(range, _)| range).collect()
}

fn pieces(text: &str, sentence: Range<usize>, most: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let Range { mut start, end } = sentence;
    while let Some((limit, _)) = text[start..end].char_indices().nth(most) {
        let fitting = &text[start..start + limit];
        let blank = fitting.rfind(char::is_whitespace);
        let cut =
            blank.map_or(limit, |at| at + fitting[at..].chars().next().map_or(0, char::len_utf8));
        found.push(start..start + cut);
        start += cut;
    }
    found.push(start..end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn of(text: &str, most: usize) -> Vec<&str> {
        chunks(text, most).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn whole_sentences_stay_together() {
        assert_eq!(of("One two. Three. Four five.", 16), ["One two. Three. ", "Four five."]);
        assert_eq!(of("One two. Three.", 100), ["One two. Three."]);
    }

    #[test]
    fn a_longer_sentence_is_cut_at_a_blank_and_a_longer_word_anywhere() {
        assert_eq!(of("one two three", 9), ["one two ", "three"]);
        assert_eq!(of("đđđđđ", 2), ["đđ", "đđ", "đ"]);
    }

    proptest! {
        #[test]
        fn chunks_are_short_enough_and_together_the_text(text in "[a-zđ .!?\n😀]{0,80}", most in 1usize..30) {
            let parts = of(&text, most);
            prop_assert!(parts.iter().all(|part| part.chars().count() <= most));
            prop_assert_eq!(parts.concat(), text);
        }
    }
}
