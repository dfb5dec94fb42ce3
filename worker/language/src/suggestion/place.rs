//! Where a suggestion stands, and what of it really changes.

use super::Change;
use lexilingo_shared::errant::Operation;
use std::ops::Range;

/// Bytes of the whole words `wrong`, at `cursor` or behind it; before it where there are none.
pub fn find(text: &str, wrong: &str, cursor: usize) -> Option<Range<usize>> {
    if wrong.is_empty() {
        return None;
    }
    let places: Vec<usize> = text
        .match_indices(wrong)
        .map(|(at, _)| at)
        .filter(|at| is_whole(text, *at..at + wrong.len()))
        .collect();
    let at = places.iter().find(|at| **at >= cursor).or_else(|| places.first())?;
    Some(*at..at + wrong.len())
}

/// True when no word is cut at either end.
fn is_whole(text: &str, span: Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric();
    let cut = |left: Option<char>, right: Option<char>| {
        left.is_some_and(joins) && right.is_some_and(joins)
    };
    let inside = &text[span.clone()];
    !cut(text[..span.start].chars().next_back(), inside.chars().next())
        && !cut(inside.chars().next_back(), text[span.end..].chars().next())
}

/// The words that differ, with at least one on either side, so that an edit can be shown. None when nothing differs.
pub fn cut(wrong: &str, right: &str) -> Option<Change> {
    let (before, after) = (words(wrong), words(right));
    let text = |side: &str, word: &Range<usize>| side[word.clone()].to_owned();
    let same = |a: &Range<usize>, b: &Range<usize>| text(wrong, a) == text(right, b);
    let most = before.len().min(after.len());
    let head = before.iter().zip(&after).take_while(|(a, b)| same(a, b)).count();
    if head == before.len() && head == after.len() {
        return None;
    }
    let tail = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take(most - head)
        .take_while(|(a, b)| same(a, b))
        .count();
    let (left_before, left_after) = (before.len() - head - tail, after.len() - head - tail);
    let operation = match (left_before, left_after) {
        (0, _) => Operation::Missing,
        (_, 0) => Operation::Unnecessary,
        _ => Operation::Replacement,
    };
    // One word that stays comes along where a side would be empty: the next one, or the last.
    let (mut from, mut tail) = (head, tail);
    if operation != Operation::Replacement {
        if tail > 0 {
            tail -= 1;
        } else {
            from = from.checked_sub(1)?;
        }
    }
    let kept = |side: &[Range<usize>]| -> Option<Range<usize>> {
        let last = side.len().checked_sub(tail + 1)?;
        Some(side.get(from)?.start..side.get(last)?.end)
    };
    let (wrong_span, right_span) = (kept(&before)?, kept(&after)?);
    Some(Change { wrong: wrong_span, right: right[right_span].to_owned(), operation })
}

fn words(side: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in side.char_indices() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(begun)) => {
                words.push(begun..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|begun| begun..side.len()));
    words
}
