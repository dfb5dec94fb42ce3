//! Which nouns are counted, and which have the other number than their form shows.

use crate::analysis::{facts::Facts, words};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countability {
    /// `teacher`: one of them needs a determiner.
    Countable,
    /// `information`: never with `a`, never in the plural.
    Uncountable,
    /// `rice`, `paper`, `experience`: it depends on the sense.
    Either,
}

/// Never counted, whatever the sense.
const NEVER_COUNTED: &str = "information advice furniture equipment homework housework luggage baggage software \
    hardware traffic jewelry jewellery machinery scenery feedback rubbish garbage knowledge \
    evidence stuff clothing electricity litter research weather pollution transportation vocabulary music \
    money";

/// Groups and amounts that speakers of English treat as one or as many.
const COLLECTIVE: &str = "family team staff government class group number majority minority variety couple \
    pair lot lots rest half total array bunch handful host collection mixture amount \
    proportion share portion data media series species means audience crowd committee \
    company band public percent crew army club party population generation politics \
    economics statistics athletics gymnastics headquarters crossroads us \
    range kind sort type none all some most bit little few other others dozen hundred \
    thousand million billion youth elite garrison squad council jury orchestra cast";

/// True for a lower-case singular that no sense of the word counts.
pub fn is_never_counted(noun: &str) -> bool {
    words::among(NEVER_COUNTED, noun)
}

/// True for groups and amounts that take a verb of either number.
pub fn is_collective(noun: &str) -> bool {
    words::among(COLLECTIVE, noun)
}

/// `news`, `mathematics`: one thing in spite of the `s`.
pub fn is_singular_in_s(noun: &str) -> bool {
    matches!(noun, "news" | "mathematics" | "maths" | "physics")
}

/// `people`, `police`: many in spite of their form.
pub fn is_plural_in_sense(noun: &str) -> bool {
    matches!(noun, "people" | "police" | "cattle")
}

/// Of a noun's form, its lemma and its readings. A plural that learners make of an uncountable counts as its lemma.
pub(super) fn of(lower: &str, lemma: &str, facts: Facts) -> Countability {
    let stem = lower.strip_suffix('s').unwrap_or(lower);
    match () {
        () if [lower, lemma, stem].iter().any(|noun| is_never_counted(noun)) => {
            Countability::Uncountable
        }
        () if facts.has(Facts::MASS) => Countability::Either,
        () => Countability::Countable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_plurals_count_as_their_noun() {
        assert_eq!(of("informations", "informations", Facts::NONE), Countability::Uncountable);
        assert_eq!(of("teachers", "teacher", Facts::PLURAL), Countability::Countable);
        assert_eq!(of("rice", "rice", Facts::MASS), Countability::Either);
        assert!(!is_never_counted("news") && is_singular_in_s("news"));
    }
}
