//! Places of a sentence where a learner chooses among few forms (an article, a preposition, a verb's ending), and
//! classifiers that tell which form the context asks for.
//!
//! A *slot* is such a place with its features; the form that stands there is no feature of an article, a comma or a
//! set. `lexilingo-train confusions` makes the weights (`worker/training/README.md`).

mod articles;
mod be;
mod commas;
pub mod decision;
mod numbers;
mod prepositions;
pub mod sets;
mod subjects;
mod verbs;
pub mod view;
pub mod weights;
mod window;

pub use prepositions::PREPOSITIONS;
pub use verbs::{BE_FORMS, TO_BASE, TO_ING, base, forms};

use crate::hash;
use std::ops::Range;
use view::View;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Labels: none, a or an, the.
    Article,
    /// Labels: none, then `PREPOSITIONS`.
    Preposition,
    /// Labels: singular, plural.
    Number,
    /// Labels: base, third person, -ing, past, participle, to + base, to + -ing.
    Verb,
    /// Labels: `BE_FORMS`, to be, to being.
    BeForm,
    /// Labels: no form of be, a form of be.
    MissingBe,
    /// Labels: no comma, a comma.
    Comma,
    /// Labels: the members of a set of `sets::SETS`.
    Set,
}

impl Kind {
    pub const ALL: [Kind; 8] = [
        Kind::Article,
        Kind::Preposition,
        Kind::Number,
        Kind::Verb,
        Kind::BeForm,
        Kind::MissingBe,
        Kind::Comma,
        Kind::Set,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Preposition => "preposition",
            Kind::Number => "number",
            Kind::Verb => "verb",
            Kind::BeForm => "be-form",
            Kind::MissingBe => "missing-be",
            Kind::Comma => "comma",
            Kind::Set => "set",
        }
    }
}

/// A place with a choice.
#[derive(Debug, Clone)]
pub struct Slot {
    pub kind: Kind,
    /// The tokens that another choice replaces; empty where a word may be missing, then before `tokens.start`.
    pub tokens: Range<usize>,
    /// The token whose form is chosen, or that the choice stands before.
    pub anchor: usize,
    /// Labels in 0..16 that can stand here.
    pub labels: &'static [u8],
    /// Labels that the learner's form has; several where forms look alike (`put`).
    pub written: u16,
    /// Number of the set, for `Kind::Set`.
    pub set: usize,
    /// Whether a `to` stands before, for verbs.
    pub after_to: bool,
    pub features: Vec<u64>,
}

impl Slot {
    pub fn is_written(&self, label: u8) -> bool {
        self.written >> label & 1 == 1
    }
}

/// All slots of a sentence. Cost is linear in its length.
pub fn slots(view: &View) -> Vec<Slot> {
    let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::BeForm);
    kinds.flat_map(|kind| found(view, kind)).collect()
}

/// The slots of one kind.
pub fn slots_of(view: &View, kind: Kind) -> Vec<Slot> {
    let mut found = found(view, kind);
    found.retain(|slot| slot.kind == kind);
    found
}

/// Verbs and forms of be are found together.
fn found(view: &View, kind: Kind) -> Vec<Slot> {
    let mut found = Vec::new();
    match kind {
        Kind::Article => articles::find(view, &mut found),
        Kind::Preposition => prepositions::find(view, &mut found),
        Kind::Number => numbers::find(view, &mut found),
        Kind::Verb | Kind::BeForm => verbs::find(view, &mut found),
        Kind::MissingBe => be::find(view, &mut found),
        Kind::Comma => commas::find(view, &mut found),
        Kind::Set => sets::find(view, &mut found),
    }
    found
}

/// Collects features of one slot; each has a number of its own within the kind.
struct Features {
    kind: u64,
    keys: Vec<u64>,
}

impl Features {
    fn new(kind: u64) -> Features {
        Features { kind: hash::mix(kind + 1, 0xabcd), keys: Vec::with_capacity(64) }
    }

    fn add(&mut self, number: u64, parts: &[u64]) {
        let start = hash::mix(self.kind, number);
        self.keys.push(parts.iter().fold(start, |key, part| hash::mix(key, *part)));
    }

    /// Says the first `count` features once more together with the form that stands there.
    fn with_own(mut self, own: u64, count: usize) -> Vec<u64> {
        for i in 0..count.min(self.keys.len()) {
            self.keys.push(hash::mix(self.keys[i], hash::mix(own, 0x7777)));
        }
        self.keys
    }
}
