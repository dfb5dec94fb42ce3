//! A text under revision: edits made one after another, always expressed against the original.

use std::ops::Range;

/// One difference between the original and the current text, with what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit<N> {
    /// Bytes of the original.
    pub original: Range<usize>,
    pub replacement: String,
    pub note: N,
}

/// The original, the current text and the edits that lead from one to the other.
#[derive(Debug, Clone)]
pub struct Revision<'a, N> {
    original: &'a str,
    current: String,
    /// Sorted, apart from each other.
    edits: Vec<Edit<N>>,
}

impl<'a, N> Revision<'a, N> {
    pub fn new(original: &'a str) -> Self {
        Revision { original, current: original.to_owned(), edits: Vec::new() }
    }

    pub fn current(&self) -> &str {
        &self.current
    }

    pub fn edits(&self) -> &[Edit<N>] {
        &self.edits
    }

    pub fn into_edits(self) -> Vec<Edit<N>> {
        self.edits
    }

    /// What is known of the first edit that bytes `range` of the current text touch.
    pub fn note_at(&self, range: &Range<usize>) -> Option<&N> {
        let mut delta = 0_isize;
        self.edits.iter().find_map(|edit| {
            let from = shift(edit.original.start, delta);
            let to = from + edit.replacement.len();
            delta += edit.replacement.len() as isize - edit.original.len() as isize;
            (from < range.end && range.start < to).then_some(&edit.note)
        })
    }

    /// Replaces bytes `range` of the current text. Edits that it touches become one, which keeps the newest note;
    /// an edit that leads back to the original is forgotten.
    pub fn replace(&mut self, range: Range<usize>, replacement: &str, note: N) {
        let mut delta = 0_isize;
        let (mut first, mut last) = (None, self.edits.len());
        let mut start = range.start;
        let mut end = range.end;
        let (mut prefix, mut suffix) = (String::new(), String::new());
        let mut end_delta = None;
        for (i, edit) in self.edits.iter().enumerate() {
            let from = shift(edit.original.start, delta);
            let to = from + edit.replacement.len();
            if from >= range.end && !(from == range.start && range.is_empty()) {
                last = i;
                break;
            }
            if to > range.start {
                if first.is_none() {
                    first = Some(i);
                    start = if from < range.start {
                        prefix = self.current[from..range.start].to_owned();
                        edit.original.start
                    } else {
                        shift(range.start, -delta)
                    };
                }
                if to > range.end {
                    suffix = self.current[range.end..to].to_owned();
                    end = edit.original.end;
                    end_delta = Some(());
                }
            }
            delta += edit.replacement.len() as isize - edit.original.len() as isize;
            if first.is_none() {
                start = shift(range.start, -delta);
            }
        }
        if end_delta.is_none() {
            end = shift(range.end, -delta);
        }
        let first = first.unwrap_or(last);
        let text = format!("{prefix}{replacement}{suffix}");
        let keep = (self.original[start..end] != text).then_some(Edit {
            original: start..end,
            replacement: text,
            note,
        });
        self.edits.splice(first..last, keep);
        self.current.replace_range(range, replacement);
    }
}

fn shift(at: usize, by: isize) -> usize {
    at.saturating_add_signed(by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn applied(original: &str, edits: &[Edit<u8>]) -> String {
        let mut text = original.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(edit.original.clone(), &edit.replacement);
        }
        text
    }

    #[test]
    fn the_note_of_an_edit_is_found_in_the_current_text() {
        let mut revision = Revision::new("a bb ccc dd");
        revision.replace(2..4, "bbbb", 1);
        revision.replace(11..13, "d", 2);
        assert_eq!(revision.current(), "a bbbb ccc d");
        assert_eq!(revision.note_at(&(3..4)), Some(&1));
        assert_eq!(revision.note_at(&(11..12)), Some(&2));
        assert_eq!(revision.note_at(&(7..10)), None);
    }

    #[test]
    fn edits_of_one_word_become_one() {
        let mut revision = Revision::new("I goes to school yesterday");
        revision.replace(2..6, "go", 1);
        revision.replace(2..4, "went", 2);
        assert_eq!(revision.current(), "I went to school yesterday");
        assert_eq!(
            revision.into_edits(),
            [Edit { original: 2..6, replacement: "went".into(), note: 2 }]
        );
    }

    #[test]
    fn an_edit_back_to_the_original_is_none() {
        let mut revision = Revision::new("a b");
        revision.replace(0..1, "an", 1);
        revision.replace(0..2, "a", 2);
        assert!(revision.into_edits().is_empty());
    }

    proptest! {
        #[test]
        fn edits_always_lead_from_the_original_to_the_current(
            original in "[a-c ]{0,20}",
            steps in proptest::collection::vec((0_usize..30, 1_usize..5, "[x-z]{1,4}"), 0..8),
        ) {
            let mut revision = Revision::new(&original);
            for (at, length, replacement) in steps {
                let size = revision.current().len();
                let start = at.min(size);
                let end = (start + length).min(size);
                if start < end {
                    revision.replace(start..end, &replacement, 0_u8);
                }
                let edits = revision.clone().into_edits();
                prop_assert_eq!(applied(&original, &edits), revision.current());
                prop_assert!(edits.windows(2).all(|w| w[0].original.end <= w[1].original.start));
            }
        }
    }
}
