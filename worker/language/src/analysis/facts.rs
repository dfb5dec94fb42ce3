//! What the dictionary says a word form can be, as a set of flags.

use std::ops::BitOr;

/// A set of possible readings of one word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts(u32);

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u32)]
        enum Bit { $($name),+ }

        impl Facts {
            $($(#[$doc])* pub const $name: Facts = Facts(1 << Bit::$name as u32);)+
        }
    };
}

facts! {
    /// In the dictionary in any capitalisation.
    KNOWN,
    /// In the dictionary only with a capital.
    PROPER,
    SINGULAR,
    PLURAL,
    /// A noun with a sense that cannot be counted.
    MASS,
    BASE,
    THIRD,
    PAST,
    PARTICIPLE,
    ING,
    ADJECTIVE,
    COMPARATIVE,
    SUPERLATIVE,
    ADVERB,
    PREPOSITION,
    /// The lemma is listed as a noun for learners; without a listing, the dictionary's word for it.
    USUAL_NOUN,
    USUAL_VERB,
    USUAL_ADJECTIVE,
    /// Learned as a verb before it is learned as a noun or an adjective: `live`, `study`, `go`.
    RATHER_VERB,
    /// The lemma is in the learners' list at all.
    LISTED,
}

impl Facts {
    pub const NONE: Facts = Facts(0);

    /// True when every flag of `wanted` is set.
    pub fn has(self, wanted: Facts) -> bool {
        self.0 & wanted.0 == wanted.0
    }

    /// True when at least one flag of `wanted` is set.
    pub fn any(self, wanted: Facts) -> bool {
        self.0 & wanted.0 != 0
    }

    /// One bit a flag: a key for statistics.
    pub fn bits(self) -> u32 {
        self.0
    }

    pub fn set(&mut self, flag: Facts, on: bool) {
        if on {
            self.0 |= flag.0;
        }
    }
}

impl BitOr for Facts {
    type Output = Facts;

    fn bitor(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_wants_all_and_any_wants_one() {
        let noun_or_verb = Facts::SINGULAR | Facts::BASE;
        assert!(noun_or_verb.has(Facts::BASE) && noun_or_verb.any(Facts::BASE | Facts::PAST));
        assert!(!noun_or_verb.has(Facts::BASE | Facts::PAST) && !Facts::NONE.any(noun_or_verb));
    }
}
