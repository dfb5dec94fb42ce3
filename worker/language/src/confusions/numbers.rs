//! Slots of nouns: singular or plural.

use crate::{
    analysis::{facts::Facts, tag::Tag},
    confusions::{Features, Kind, Slot, view::View},
    hash,
};

const LABELS: &[u8] = &[0, 1];

pub fn find(view: &View, found: &mut Vec<Slot>) {
    for i in 0..view.len() {
        if let Some(plural) = number(view, i) {
            found.push(slot(view, i, plural));
        }
    }
}

/// Whether the noun is plural; none for words that are no noun or look alike in both numbers.
fn number(view: &View, i: isize) -> Option<bool> {
    let token = view.token(i)?;
    let plural = match token.tag {
        Tag::Nn if token.facts.has(Facts::SINGULAR) => false,
        Tag::Nns if token.facts.has(Facts::PLURAL) => true,
        _ => return None,
    };
    let both = token.facts.has(Facts::SINGULAR | Facts::PLURAL);
    (view.is_open(i) && !both && token.lower.len() > 1 && !token.lower.contains('\'')).then_some(plural)
}

fn quantifies(word: &str) -> bool {
    matches!(
        word,
        "many" | "several" | "few" | "various" | "numerous" | "different" | "other" | "another" | "such"
            | "more" | "most" | "same" | "certain" | "own" | "single" | "both" | "only" | "much" | "first"
            | "last" | "next" | "every" | "each"
    )
}

fn slot(view: &View, i: isize, plural: bool) -> Slot {
    use Tag::*;
    let mut f = Features::new(2);
    let (w, t, l) = (|k| view.word(k), |k| view.tag_key(k), |k| view.lemma(k));
    let noun = l(i);
    let head = u64::from(!view.is(i + 1, Tag::is_noun));
    let mut d = i - 1;
    let inside = [Jj, Jjr, Jjs, Nn, Nns, Vbn, Vbg, Nnp, Rb, Pos];
    while d >= i - 6 && view.tagged(d, &inside) && !quantifies(view.lower(d)) {
        d -= 1;
    }
    let decides = view.tagged(d, &[Dt, PrpPossessive, Cd, Pdt, WpPossessive, Wdt])
        || matches!(view.lower(d), "many" | "few" | "several" | "much" | "some")
        || view.lower(d).ends_with("'s");
    let det = if decides { w(d) } else { 1 };
    let bare = u64::from(det == 1);
    let quantifier = (d.max(0)..i)
        .rev()
        .find(|k| quantifies(view.lower(*k)))
        .map_or(1, |k| hash::mix(w(k), 3));
    let b = w(d - 1);
    let (before, after) = (w(i - 1), w(i + 1));
    f.add(0, &[]);
    f.add(1, &[noun]);
    f.add(2, &[det, head]);
    f.add(3, &[det, noun]);
    f.add(4, &[before]);
    f.add(5, &[before, noun]);
    f.add(6, &[before, w(i - 2)]);
    f.add(7, &[before, w(i - 2), noun]);
    f.add(8, &[after]);
    f.add(9, &[noun, after]);
    f.add(10, &[t(i + 1), t(i - 1)]);
    f.add(11, &[noun, t(i + 1)]);
    f.add(12, &[after, w(i + 2)]);
    f.add(13, &[head, t(i - 1)]);
    f.add(14, &[quantifier, det, head]);
    f.add(15, &[quantifier, noun]);
    f.add(16, &[det, b, head]);
    f.add(17, &[det, b, w(d - 2), head]);
    f.add(18, &[b, noun, bare]);
    f.add(19, &[b, det, noun]);
    f.add(20, &[before, w(i - 2), w(i - 3)]);
    f.add(21, &[before, after]);
    f.add(22, &[before, noun, after]);
    f.add(35, &[quantifier, b, det, head]);
    if head == 1 {
        let mut v = i + 1;
        while v < i + 5 && !view.is(v, Tag::is_finite) && !view.tagged(v, &[Stop, Comma, Colon]) {
            v += 1;
        }
        let distance = (v - i - 1) as u64;
        if view.tagged(v, &[Vbz, Vbp]) || matches!(view.lower(v), "was" | "were") {
            let many = u64::from(view.tag(v) == Some(Vbp) || matches!(view.lower(v), "are" | "were"));
            let opens = u64::from(d <= 0 || view.tagged(d - 1, &[Comma, In, Cc]));
            f.add(23, &[many, distance, det]);
            f.add(24, &[many, u64::from(view.tagged(i + 1, &[In])), opens, distance.min(2)]);
            f.add(25, &[many, noun, u64::from(distance == 0)]);
        }
        let verb = view.last_verb(d);
        if verb >= 0 {
            f.add(26, &[l(verb), noun]);
            f.add(27, &[l(verb), det]);
            f.add(36, &[w(verb), l(verb - 1), det]);
        }
    }
    if matches!(view.lower(i - 1), "and" | "or") {
        f.add(28, &[t(i - 2)]);
        f.add(29, &[t(i - 2), noun]);
    }
    if matches!(view.lower(i + 1), "and" | "or") {
        f.add(30, &[t(i + 2)]);
        f.add(31, &[t(i + 2), noun, det]);
    }
    f.add(32, &[bare, head, t(d)]);
    f.add(33, &[u64::from(d < 0), noun, det]);
    f.add(34, &[t(i - 1), t(i - 2), head, bare]);
    Slot {
        kind: Kind::Number,
        tokens: i as usize..i as usize + 1,
        anchor: i as usize,
        labels: LABELS,
        written: 1 << u8::from(plural),
        set: 0,
        after_to: false,
        features: f.keys,
    }
}
