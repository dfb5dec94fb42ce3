//! Slots of verbs: base, third person, -ing, past, participle, to + base, to + -ing; and the forms of be.

use crate::{
    analysis::{facts::Facts, tag::Tag},
    confusions::{Features, Kind, Slot, subjects, view::View},
    hash,
};

/// Labels of forms after `to`.
pub const TO_BASE: u8 = 8;
pub const TO_ING: u8 = 9;
const LABELS: &[u8] = &[0, 1, 2, 3, 4, TO_BASE, TO_ING];
const FORMS: [Facts; 5] = [Facts::BASE, Facts::THIRD, Facts::ING, Facts::PAST, Facts::PARTICIPLE];

/// Labels 0 to 7 of `Kind::BeForm`.
pub const BE_FORMS: [&str; 8] = ["am", "is", "are", "was", "were", "be", "been", "being"];
const BE_LABELS: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, TO_BASE, TO_ING];

/// The labels 0 to 4 that a verb form can have, a bit each.
pub fn forms(facts: Facts) -> u16 {
    (0..5).filter(|k| facts.has(FORMS[*k])).fold(0, |mask, k| mask | 1 << k)
}

pub fn find(view: &View, found: &mut Vec<Slot>) {
    for i in 0..view.len() {
        let Some(token) = view.token(i) else { continue };
        if !view.is_open(i) {
            continue;
        }
        if let Some(form) = BE_FORMS.iter().position(|form| *form == token.lower) {
            found.push(slot(view, i, Some(form as u8)));
        } else if is_verb(view, i) && forms(token.facts) != 0 {
            found.push(slot(view, i, None));
        }
    }
}

/// Tagged as a verb, or a noun where a verb would stand ("he travel").
fn is_verb(view: &View, i: isize) -> bool {
    let before = view.lower(i - 1);
    let governed = matches!(
        before,
        "he" | "she" | "it" | "they" | "we" | "i" | "you" | "to" | "can" | "will" | "should" | "must" | "could"
            | "would" | "may" | "might" | "not"
    ) || before.ends_with("n't");
    let plain = !view.lower(i).contains('\'');
    plain && (view.is(i, Tag::is_verb) || view.tagged(i, &[Tag::Nn, Tag::Nns]) && governed)
}

/// Words that say when.
fn says_when(word: &str) -> bool {
    matches!(
        word,
        "yesterday" | "ago" | "last" | "since" | "now" | "tomorrow" | "every" | "usually" | "often" | "always"
            | "already" | "recently" | "when" | "if" | "nowadays" | "today" | "past" | "next"
    )
}

fn slot(view: &View, i: isize, be: Option<u8>) -> Slot {
    use Tag::*;
    let (w, t, l) = (|k| view.word(k), |k| view.tag_key(k), |k| view.lemma(k));
    let token = view.token(i);
    let lemma = match be {
        Some(_) => hash::word("!be"),
        None => token.map_or(0, |token| lemma_key(view, token)),
    };
    let full = matches!(view.lower(i), "have" | "has" | "had" | "having" | "do" | "does" | "did" | "done" | "doing");
    let c = match be {
        Some(_) => 1,
        None if full => hash::mix(2, lemma),
        None => 3,
    };
    let to = view.lower(i - 1) == "to";
    let e = i - 1 - isize::from(to);
    let heads = subjects::heads(view, e + 1);
    let (near, top) = (view.number(heads.near), view.number(heads.top));
    let joined = u64::from(heads.coordinated);
    let auxiliary = auxiliary(view, e, heads.near);
    let (before, pv) = verbs_before(view, i);
    let after = (i + 1..view.len()).fold(0, |seen, k| seen | tense_bit(view, k)) << 3;
    let time = (0..view.len()).find(|k| says_when(view.lower(*k))).map_or(1, |k| hash::mix(1, w(k)));
    let n1 = w(i + 1);
    let mut f = Features::new(if be.is_some() { 4 } else { 3 });
    f.add(0, &[c]);
    f.add(1, &[lemma]);
    f.add(2, &[c, w(e)]);
    f.add(3, &[lemma, w(e)]);
    f.add(4, &[c, w(e), w(e - 1)]);
    f.add(6, &[c, t(e)]);
    f.add(9, &[c, near, auxiliary]);
    f.add(10, &[c, top, auxiliary, joined]);
    f.add(11, &[c, near, top, joined, auxiliary]);
    f.add(12, &[c, auxiliary, t(i + 1)]);
    f.add(13, &[c, auxiliary, lemma]);
    f.add(14, &[c, w(heads.near), auxiliary]);
    f.add(16, &[c, n1]);
    f.add(17, &[lemma, n1]);
    f.add(21, &[c, before | after, auxiliary]);
    f.add(23, &[c, time, auxiliary, before & 3]);
    f.add(5, &[c, l(e), w(e - 1), w(e - 2)]);
    f.add(7, &[c, t(e), t(e - 1)]);
    f.add(8, &[c, t(e), t(e - 1), t(e - 2)]);
    f.add(15, &[c, w(heads.top), auxiliary]);
    f.add(18, &[c, t(i + 1)]);
    f.add(19, &[c, t(i + 1), t(e)]);
    f.add(20, &[c, w(e), t(i + 1)]);
    f.add(22, &[c, before | after, top, auxiliary, u64::from(pv >= 0)]);
    f.add(24, &[c, t(i + 1), t(i + 2), auxiliary]);
    f.add(25, &[c, n1, w(i + 2)]);
    f.add(26, &[c, l(e), t(e), lemma]);
    f.add(27, &[c, w(e), n1]);
    f.add(28, &[lemma, w(e), w(e - 1)]);
    f.add(29, &[c, l(e)]);
    f.add(40, &[c, l(e), t(e)]);
    f.add(41, &[lemma, top, auxiliary, before & 3]);
    if pv >= 0 {
        let distance = (i - pv).min(4) as u64;
        f.add(30, &[c, l(pv), t(pv), distance]);
        f.add(31, &[c, t(pv), t(e), w(e)]);
        f.add(32, &[lemma, l(pv), distance]);
        f.add(33, &[c, l(pv), t(pv), t(e)]);
    }
    if matches!(view.lower(e), "and" | "or" | ",") {
        f.add(34, &[c, t(pv), auxiliary, w(e)]);
        f.add(35, &[c, t(pv), t(pv - 1), w(e)]);
        f.add(36, &[c, l(e - 1), t(e - 1)]);
    }
    if view.tagged(heads.near, &[Ex]) {
        let head = view.head(i + 1).map_or(3, |head| view.number(head));
        f.add(37, &[c, head]);
        f.add(38, &[c, n1, head]);
    }
    let opens = u64::from(e < 0);
    f.add(39, &[c, opens, t(i + 1)]);
    f.add(42, &[c, w(view.len() - 1), opens, view.number(i + 1)]);
    if e < 0 || view.tagged(e, &[Wrb, Wp, Comma]) {
        let head = view.head(i + 1).map_or(3, |head| view.number(head));
        f.add(43, &[c, head, t(e)]);
    }
    let own = match be {
        Some(form) => u64::from(form) + 20,
        None => u64::from(token.map_or(0, |token| forms(token.facts))),
    };
    let (plain, ing) = if be.is_some() { (5, 7) } else { (0, 2) };
    let bare = be.map_or_else(|| token.map_or(0, |token| forms(token.facts)), |form| 1 << form);
    let written = match to {
        true => (bare >> plain & 1) << TO_BASE | (bare >> ing & 1) << TO_ING,
        false => bare,
    };
    Slot {
        kind: if be.is_some() { Kind::BeForm } else { Kind::Verb },
        tokens: (i - isize::from(to)) as usize..i as usize + 1,
        anchor: i as usize,
        labels: if be.is_some() { BE_LABELS } else { LABELS },
        written,
        set: 0,
        after_to: to,
        features: f.keys,
    }
}

/// The same for every form of a verb, whatever it was tagged as.
fn lemma_key(view: &View, token: &crate::analysis::token::Token) -> u64 {
    hash::word(&base(view, token))
}

/// The plain form of a verb.
pub fn base(view: &View, token: &crate::analysis::token::Token) -> String {
    let lexicon = view.sentence.lexicon;
    let inflected = matches!(token.tag, Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbz);
    if token.facts.has(Facts::BASE) && !inflected {
        return token.lower.clone();
    }
    lexicon.verb_lemma(&token.lower).unwrap_or_else(|| token.lower.clone())
}

/// The auxiliary before place `e`, adverbs apart; of a question, the one before its subject.
fn auxiliary(view: &View, e: isize, subject: isize) -> u64 {
    let mut at = e;
    while at > e - 3 && (view.tagged(at, &[Tag::Rb]) && !view.lower(at).contains('\'')) {
        at -= 1;
    }
    if let Some(found) = view.auxiliary(at) {
        return found;
    }
    if subject < 0 || subject != at {
        return 1;
    }
    let mut front = subject - 1;
    while view.tagged(front, &[Tag::Dt, Tag::Jj, Tag::PrpPossessive]) {
        front -= 1;
    }
    view.auxiliary(front).map_or(1, |found| hash::mix(found, 8))
}

/// Tenses of the verbs before `i` as bits, and the place of the last of them or -1.
fn verbs_before(view: &View, i: isize) -> (u64, isize) {
    let (mut tenses, mut last) = (0, -1);
    for k in 0..i {
        if view.is(k, Tag::is_verbal) {
            last = k;
            if k < i - 1 {
                tenses |= tense_bit(view, k);
            }
        }
    }
    (tenses, last)
}

fn tense_bit(view: &View, k: isize) -> u64 {
    match view.tag(k) {
        Some(Tag::Vbd) => 1,
        Some(Tag::Vbz | Tag::Vbp) => 2,
        Some(Tag::Md) => 4,
        _ => 0,
    }
}
