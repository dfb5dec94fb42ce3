//! Slots of prepositions: those that are there, and gaps between a verb, adjective or noun and a noun phrase.

use crate::{
    analysis::tag::Tag,
    confusions::{Features, Kind, Slot, articles, view::View},
};

/// Label 0 is none; the others follow in this order from 1.
pub const PREPOSITIONS: [&str; 13] = [
    "in", "on", "at", "to", "for", "of", "with", "by", "from", "about", "into", "during", "through",
];
const LABELS: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

pub fn label(word: &str) -> u8 {
    PREPOSITIONS.iter().position(|p| *p == word).map_or(0, |place| place as u8 + 1)
}

pub fn find(view: &View, found: &mut Vec<Slot>) {
    for i in 1..view.len() {
        let written = label(view.lower(i));
        let object = i + isize::from(written > 0);
        let judged = if written > 0 { is_preposition(view, i) } else { is_gap(view, i) };
        if judged {
            found.push(slot(view, i, object, written));
        }
    }
}

fn is_preposition(view: &View, i: isize) -> bool {
    use Tag::*;
    let infinitive = view.lower(i) == "to" && view.tagged(i + 1, &[Vb, Vbp]);
    view.tagged(i, &[In, To, Rp, Rb])
        && !infinitive
        && i + 1 < view.len()
        && !view.tagged(i + 1, &[Stop, Comma, In, To, Colon, Cc, Md])
        && view.lower(i + 1) != "that"
}

fn is_gap(view: &View, i: isize) -> bool {
    use Tag::*;
    let before = i - 1;
    let auxiliary = view.token(before).is_some_and(|token| token.is_auxiliary());
    let noun = view.tagged(before, &[Nn, Nns]) && view.tagged(i, &[Dt, PrpPossessive]);
    let adjective = view.tagged(before, &[Jj]) && !view.tagged(i, &[Nn, Nns, Jj, Nnp, Cd]);
    let governs = view.is(before, Tag::is_verb) && !auxiliary || adjective || noun;
    governs && view.tagged(i, &[Dt, PrpPossessive, Nn, Nns, Nnp, Prp, Jj, Cd, Vbg])
}

fn slot(view: &View, i: isize, object: isize, written: u8) -> Slot {
    let mut f = Features::new(1);
    let (w, t, l) = (|k| view.word(k), |k| view.tag_key(k), |k| view.lemma(k));
    let g = i - 1;
    let phrase = object + isize::from(articles::label(view.lower(object)) > 0);
    let (o, otag, end) = match view.head(phrase) {
        Some(head) => (l(head), t(head), head + 1),
        None => (w(object), t(object), object + 1),
    };
    let (governor, o1, o2) = (l(g), w(object), w(object + 1));
    f.add(0, &[]);
    f.add(1, &[governor]);
    f.add(2, &[w(g)]);
    f.add(3, &[t(g)]);
    f.add(4, &[governor, o1]);
    f.add(5, &[governor, o]);
    f.add(6, &[w(g), w(g - 1)]);
    f.add(7, &[w(g), w(g - 1), o1]);
    f.add(8, &[o]);
    f.add(9, &[o1]);
    f.add(10, &[o1, o2]);
    f.add(11, &[t(object)]);
    f.add(12, &[o1, o2, w(object + 2)]);
    f.add(13, &[o, w(end)]);
    f.add(14, &[t(g), t(object)]);
    f.add(15, &[w(g), t(object)]);
    f.add(16, &[governor, otag]);
    f.add(17, &[t(g), o]);
    f.add(18, &[t(g), t(g - 1)]);
    f.add(19, &[w(g), o1, o2]);
    f.add(20, &[w(g - 1), w(g), o]);
    f.add(21, &[l(g - 1), governor, t(object)]);
    f.add(22, &[t(g - 1), governor]);
    f.add(23, &[otag, t(g)]);
    f.add(24, &[o1, o]);
    f.add(25, &[w(end), t(end)]);
    f.add(26, &[w(g), o1, o]);
    if view.is(g, Tag::is_verb) {
        f.add(35, &[t(g), o1]);
    } else {
        let verb = view.last_verb(g);
        if verb >= 0 {
            f.add(30, &[l(verb), o]);
            f.add(31, &[l(verb), governor]);
            f.add(32, &[l(verb), t(g)]);
            f.add(33, &[l(verb), o1]);
            f.add(34, &[l(verb), governor, o]);
        }
    }
    f.add(36, &[w(g - 1), governor, o]);
    f.add(37, &[w(g - 2), w(g - 1), w(g)]);
    f.add(38, &[l(g - 1), t(g), o]);
    Slot {
        kind: Kind::Preposition,
        tokens: i as usize..object as usize,
        anchor: i as usize,
        labels: LABELS,
        written: 1 << written,
        set: 0,
        after_to: false,
        features: f.keys,
    }
}
