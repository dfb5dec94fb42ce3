//! Features of the words around a place, for choices that depend on no particular word.

use crate::{analysis::tag::Tag, confusions::{Features, view::View}};

/// Adds features of what ends at `a` and begins at `b`; their numbers are below 40.
pub fn add(f: &mut Features, view: &View, salt: u64, a: isize, b: isize) {
    let (w, t, l) = (|k| view.word(k), |k| view.tag_key(k), |k| view.lemma(k));
    let head = view.head(b);
    let verb = view.last_verb(a);
    let (head_lemma, head_tag) = head.map_or((5, 5), |head| (l(head), t(head)));
    let verb_lemma = if verb >= 0 { l(verb) } else { 3 };
    let windows: [&[u64]; 33] = [
        &[],
        &[w(a)],
        &[w(b)],
        &[w(a - 1)],
        &[w(b + 1)],
        &[w(a), w(b)],
        &[w(a - 1), w(a)],
        &[w(b), w(b + 1)],
        &[t(a)],
        &[t(b)],
        &[t(a), t(b)],
        &[t(a - 1), t(a)],
        &[t(b), t(b + 1)],
        &[t(a - 1), t(a), t(b)],
        &[t(a), t(b), t(b + 1)],
        &[w(a), t(b)],
        &[t(a), w(b)],
        &[l(a)],
        &[l(b)],
        &[l(a), l(b)],
        &[w(a - 2)],
        &[w(b + 2)],
        &[w(a - 1), w(a), w(b)],
        &[w(a), w(b), w(b + 1)],
        &[w(a - 2), w(a - 1), w(a)],
        &[w(b), w(b + 1), w(b + 2)],
        &[t(a - 2), t(a - 1), t(a)],
        &[t(b), t(b + 1), t(b + 2)],
        &[w(a), t(b + 1)],
        &[head_lemma],
        &[head_tag, t(a)],
        &[verb_lemma],
        &[verb_lemma, head_lemma],
    ];
    for (number, parts) in (0..).zip(windows) {
        f.add(number + (salt << 8), parts);
    }
}

/// 1 where a finite verb stands in `from..to` before a mark, else 0.
pub fn finite(view: &View, from: isize, to: isize) -> u64 {
    for k in from..to.min(view.len()) {
        if view.is(k, Tag::is_mark) {
            return 0;
        }
        if view.is(k, Tag::is_finite) {
            return 1;
        }
    }
    0
}
