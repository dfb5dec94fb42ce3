//! Slots at the beginning of noun phrases: no article, a, the.

use crate::{
    analysis::{tag::Tag, tokenise},
    confusions::{Features, Kind, Slot, view::View},
    hash,
};

const ALL: &[u8] = &[0, 1, 2];
const PLURAL: &[u8] = &[0, 2];

/// The label of an article; 0 for any other word.
pub fn label(word: &str) -> u8 {
    match word {
        "a" | "an" => 1,
        "the" => 2,
        _ => 0,
    }
}

pub fn find(view: &View, found: &mut Vec<Slot>) {
    let mut i = 0;
    while i < view.len() {
        let article = label(view.lower(i));
        let start = i + isize::from(article > 0);
        let head = if opens(view, i, article) { view.head(start) } else { None };
        match head.filter(|head| is_judged(view, *head, article)) {
            Some(head) => {
                found.push(slot(view, i, start, head, article));
                i = head + 1;
            }
            None => i += 1,
        }
    }
}

fn opens(view: &View, i: isize, article: u8) -> bool {
    use Tag::*;
    if article > 0 {
        return !view.tagged(i - 1, &[Dt, PrpPossessive, Pos]);
    }
    let inside = [
        Dt, PrpPossessive, Pos, Nn, Nns, Nnp, Nnps, Jj, Jjr, Jjs, Cd, WpPossessive, Wdt, Pdt, Vbg, Rbs, Rbr,
    ];
    let owner = view.lower(i - 1).ends_with("'s") && !view.tagged(i - 1, &[Prp, Ex, Wp, Wrb]);
    view.tagged(i, &[Nn, Nns, Jj, Jjr, Jjs]) && !owner && !view.tagged(i - 1, &inside)
        || view.tagged(i, &[Nn, Nns, Jj]) && view.tagged(i - 1, &[Vbg])
}

fn is_judged(view: &View, head: isize, article: u8) -> bool {
    let common = view.tagged(head, &[Tag::Nn, Tag::Nns]);
    let token = view.token(head);
    let word = token.is_some_and(|token| {
        matches!(token.kind, tokenise::Kind::Word | tokenise::Kind::Compound)
            && token.lower.len() > 1
            && !(article == 0 && token.lower.contains(|c: char| c.is_ascii_digit()))
    });
    common && word
}

fn slot(view: &View, i: isize, start: isize, head: isize, article: u8) -> Slot {
    let mut f = Features::new(0);
    let before = i - 1;
    let (w, t) = (|k| view.word(k), |k| view.tag_key(k));
    let (noun, lemma, tag) = (w(head), view.lemma(head), t(head));
    let phrase = (start..=head).fold(7, |key, k| hash::mix(key, w(k)));
    let next = w(head + 1);
    let (p, first) = (w(before), w(start));
    f.add(0, &[]);
    f.add(1, &[noun]);
    f.add(2, &[lemma]);
    f.add(3, &[tag]);
    f.add(4, &[first]);
    f.add(5, &[first, w(start + 1)]);
    f.add(6, &[phrase]);
    f.add(7, &[p]);
    f.add(8, &[p, noun]);
    f.add(9, &[p, first]);
    f.add(10, &[t(before), noun]);
    f.add(11, &[p, w(before - 1)]);
    f.add(12, &[p, w(before - 1), lemma]);
    f.add(13, &[next]);
    f.add(14, &[next, noun]);
    f.add(15, &[next, w(head + 2)]);
    f.add(16, &[t(head + 1)]);
    f.add(17, &[t(head + 1), tag]);
    f.add(18, &[p, noun, next]);
    f.add(19, &[p, phrase]);
    f.add(20, &[t(before), tag, t(head + 1)]);
    f.add(21, &[t(before), t(before - 1), tag]);
    f.add(22, &[phrase, next]);
    if view.lower(head + 1) == "of" {
        f.add(23, &[lemma, view.lemma(head + 2)]);
        f.add(24, &[w(head + 2), tag]);
    }
    let verb = view.last_verb(before);
    if verb >= 0 {
        f.add(25, &[view.lemma(verb), lemma]);
        f.add(26, &[view.lemma(verb), tag]);
    }
    let mentioned = u64::from((0..i).any(|k| view.lemma(k) == lemma));
    f.add(27, &[mentioned, tag]);
    f.add(28, &[mentioned, lemma]);
    f.add(29, &[t(start), tag]);
    f.add(30, &[(head - start) as u64, tag]);
    f.add(31, &[u64::from(i == 0), tag, t(head + 1)]);
    f.add(32, &[u64::from(i == 0), lemma]);
    if start < head {
        f.add(33, &[first, lemma]);
        f.add(34, &[w(head - 1), lemma]);
        f.add(35, &[p, first, tag]);
        f.add(37, &[first, tag]);
    }
    f.add(36, &[p, tag]);
    f.add(38, &[p, w(before - 1), tag]);
    f.add(39, &[w(before - 1), p, first]);
    f.add(40, &[t(before), lemma, t(head + 1)]);
    let plural = view.tag(head) == Some(Tag::Nns) && article != 1;
    let at = if article > 0 { i } else { start } as usize;
    Slot {
        kind: Kind::Article,
        tokens: at..start as usize,
        anchor: at,
        labels: if plural { PLURAL } else { ALL },
        written: 1 << article,
        set: 0,
        after_to: false,
        features: f.keys,
    }
}
