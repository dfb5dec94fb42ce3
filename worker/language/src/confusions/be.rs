//! Gaps where a form of be may be missing ("She happy"), and forms of be that may be too many ("I am agree").

use crate::{
    analysis::tag::Tag,
    confusions::{Features, Kind, Slot, subjects, verbs::BE_FORMS, view::View, window},
    hash,
};

const LABELS: &[u8] = &[0, 1];
/// The finite forms come first.
const FINITE: usize = 5;

pub fn find(view: &View, found: &mut Vec<Slot>) {
    use Tag::*;
    for i in 1..view.len() {
        let written = BE_FORMS[..FINITE].contains(&view.lower(i));
        let before = i - 1;
        let after = i + isize::from(written);
        let demonstrative = matches!(view.lower(before), "this" | "that" | "these" | "those");
        let subject = view.tagged(before, &[Prp, Nn, Nns, Ex, Nnp, Wdt, Wp, Rb])
            && view.token(before).is_some_and(|t| t.clitic().is_none())
            || view.tagged(before, &[Dt]) && demonstrative;
        let complement = [Jj, Vbg, Vbn, Dt, In, Rb, Nn, Jjr, PrpPossessive, Vbd, To, Vb];
        if subject && after < view.len() && (written || view.tagged(after, &complement)) {
            found.push(slot(view, i, after, written));
        }
    }
}

fn slot(view: &View, i: isize, after: isize, written: bool) -> Slot {
    let mut f = Features::new(5);
    let (w, t) = (|k| view.word(k), |k| view.tag_key(k));
    let a = i - 1;
    window::add(&mut f, view, 0, a, after);
    let ahead = window::finite(view, after, after + 10);
    let behind = behind(view, i);
    let heads = subjects::heads(view, i);
    let near = view.number(heads.near);
    f.add(40, &[ahead, behind, t(a), t(after)]);
    f.add(41, &[ahead, behind, w(a), t(after)]);
    f.add(42, &[ahead, behind, t(a), w(after)]);
    f.add(43, &[ahead, behind, view.lemma(after)]);
    f.add(44, &[ahead, behind, near, t(after), t(after + 1)]);
    f.add(45, &[ahead, behind, w(heads.top), t(after)]);
    f.add(46, &[ahead, behind, i.min(5) as u64, t(after)]);
    Slot {
        kind: Kind::MissingBe,
        tokens: i as usize..after as usize,
        anchor: i as usize,
        labels: LABELS,
        written: 1 << u8::from(written),
        set: 0,
        after_to: false,
        features: f.with_own(u64::from(written), 16),
    }
}

/// Whether a finite verb, or a word that begins a clause, stands before in the same clause.
fn behind(view: &View, i: isize) -> u64 {
    for k in (0..i).rev() {
        if view.is(k, Tag::is_finite) {
            return 1;
        }
        match view.lower(k) {
            "." | "," | ";" => return 0,
            "that" | "because" | "if" | "when" | "but" | "which" | "who" => return hash::mix(2, view.word(k)),
            _ => {}
        }
    }
    0
}
