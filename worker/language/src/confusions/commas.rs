//! Gaps between words with and without a comma.

use crate::{
    analysis::{tag::Tag, tokenise},
    confusions::{Features, Kind, Slot, view::View, window},
};

const LABELS: &[u8] = &[0, 1];

pub fn find(view: &View, found: &mut Vec<Slot>) {
    // The last mark before, and whether a finite verb stands since.
    let (mut last, mut verb) = (-1, 0);
    for i in 1..view.len() {
        if view.is(i - 1, Tag::is_finite) {
            verb = 1;
        }
        if view.tagged(i - 1, &[Tag::Comma, Tag::Colon]) {
            (last, verb) = (i - 1, 0);
            continue;
        }
        let written = view.lower(i) == ",";
        let judged = if written { i + 1 < view.len() } else { is_word(view, i) && is_word(view, i - 1) };
        if judged {
            found.push(slot(view, i, written, last, verb));
        }
    }
}

fn is_word(view: &View, i: isize) -> bool {
    use tokenise::Kind::{Compound, Number, Word};
    view.token(i).is_some_and(|token| matches!(token.kind, Word | Compound | Number))
}

fn slot(view: &View, i: isize, written: bool, last: isize, before: u64) -> Slot {
    let mut f = Features::new(6);
    let (w, t) = (|k| view.word(k), |k| view.tag_key(k));
    let (a, b) = (i - 1, i + isize::from(written));
    window::add(&mut f, view, 0, a, b);
    let after = window::finite(view, b, b + 4) + 2 * window::finite(view, b, b + 9);
    let distance = (a - last).min(8) as u64;
    let (first, first_tag) = (w(last + 1), t(last + 1));
    let opens = u64::from(last < 0);
    f.add(40, &[before, after, distance]);
    f.add(41, &[before, after, first, w(b)]);
    f.add(42, &[before, after, first, t(b), t(a)]);
    f.add(43, &[first, distance]);
    f.add(44, &[first, before, after]);
    f.add(45, &[first_tag, distance, t(b)]);
    f.add(46, &[w(b), before, after, distance]);
    f.add(47, &[t(b), before, after, t(a)]);
    f.add(48, &[opens, first, before, after, distance]);
    f.add(49, &[opens, distance, t(a), t(b)]);
    f.add(50, &[w(b), w(b + 1), before, after]);
    f.add(51, &[w(b), t(b + 1), before, after]);
    f.add(52, &[first, w(last + 2), before, after]);
    f.add(53, &[opens, first, w(b), before, after, t(a)]);
    f.add(54, &[u64::from(view.is(a, Tag::is_noun)), w(b), w(b + 1), t(b + 2), before]);
    f.add(55, &[t(a), w(b), t(b + 1), t(b + 2), before]);
    Slot {
        kind: Kind::Comma,
        tokens: i as usize..b as usize,
        anchor: i as usize,
        labels: LABELS,
        written: 1 << u8::from(written),
        set: 0,
        after_to: false,
        features: f.keys,
    }
}
