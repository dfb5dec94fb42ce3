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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analysis::{Lexicon, Sentence},
        confusions::decision::choices,
        counts::Counts,
    };
    use proptest::prelude::*;
    use std::sync::OnceLock;

    fn lexicon() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::load)
    }

    fn kinds(text: &str) -> Vec<(Kind, usize)> {
        let sentence = Sentence::new(text, lexicon());
        slots(&View::new(&sentence)).iter().map(|slot| (slot.kind, slot.anchor)).collect()
    }

    #[test]
    fn a_sentence_has_a_slot_for_each_of_its_choices() {
        let found = kinds("She goes to the market with a friend.");
        for slot in [
            (Kind::Verb, 1),
            (Kind::Preposition, 2),
            (Kind::Article, 3),
            (Kind::Number, 4),
            (Kind::Preposition, 5),
            (Kind::Article, 6),
            (Kind::Comma, 5),
        ] {
            assert!(found.contains(&slot), "{slot:?} in {found:?}");
        }
        assert!(!found.contains(&(Kind::Article, 1)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn slots_and_choices_stay_inside_any_sentence(
            words in prop::collection::vec("[a-zA-Z',.!?0-9’-]{1,8}|the|is|to|of|books|in", 0..30),
        ) {
            let text = words.join(" ");
            let sentence = Sentence::new(&text, lexicon());
            let view = View::new(&sentence);
            let found = slots(&view);
            for slot in &found {
                prop_assert!(slot.tokens.start <= slot.tokens.end);
                prop_assert!(slot.tokens.end <= sentence.tokens.len());
                prop_assert!(slot.anchor < sentence.tokens.len());
                prop_assert!(slot.labels.iter().any(|label| slot.is_written(*label)) || slot.after_to);
                let sum: f32 = weights::probabilities(slot).iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-3);
            }
            static COUNTS: OnceLock<Counts> = OnceLock::new();
            for choice in choices(&view, &found, COUNTS.get_or_init(Counts::load)) {
                prop_assert!(choice.margin.is_finite());
                prop_assert!(!choice.tokens.is_empty() || !choice.replacement.is_empty());
            }
        }
    }
}
