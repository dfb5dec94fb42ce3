//! Word families: the noun, adjective, adverb and verb of one stem.

use std::{collections::HashMap, sync::LazyLock};

static TABLE: &str = include_str!("../../data/derivations.tsv");

/// The members of one family.
#[derive(Debug)]
pub struct Family {
    pub noun: &'static str,
    pub adjective: Option<&'static str>,
    pub verb: Option<&'static str>,
    /// The noun names a quality or a state: `danger`, not `nature`.
    pub is_quality: bool,
}

struct Families {
    all: Vec<Family>,
    by_noun: HashMap<&'static str, usize>,
    by_adjective: HashMap<&'static str, usize>,
    by_verb: HashMap<&'static str, usize>,
}

static FAMILIES: LazyLock<Families> = LazyLock::new(|| {
    let mut families = Families {
        all: Vec::new(),
        by_noun: HashMap::new(),
        by_adjective: HashMap::new(),
        by_verb: HashMap::new(),
    };
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [noun, adjective, _, verb, mark] = cells.as_slice() else { continue };
        let cell = |word: &'static str| (word != "-").then_some(word);
        let number = families.all.len();
        let family =
            Family { noun, adjective: cell(adjective), verb: cell(verb), is_quality: *mark == "s" };
        families.by_noun.entry(noun).or_insert(number);
        // The first family of an adjective or a verb is the one to name.
        if let Some(adjective) = family.adjective {
            families.by_adjective.entry(adjective).or_insert(number);
        }
        if let Some(verb) = family.verb {
            families.by_verb.entry(verb).or_insert(number);
        }
        families.all.push(family);
    }
    families
});

pub fn of_noun(noun: &str) -> Option<&'static Family> {
    FAMILIES.by_noun.get(noun).map(|number| &FAMILIES.all[*number])
}

pub fn of_adjective(adjective: &str) -> Option<&'static Family> {
    FAMILIES.by_adjective.get(adjective).map(|number| &FAMILIES.all[*number])
}

pub fn of_verb(verb: &str) -> Option<&'static Family> {
    FAMILIES.by_verb.get(verb).map(|number| &FAMILIES.all[*number])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_read_by_each_member() {
        let success = of_noun("success").unwrap();
        assert_eq!((success.adjective, success.verb), (Some("successful"), Some("succeed")));
        assert_eq!(of_adjective("beautiful").map(|family| family.noun), Some("beauty"));
        assert_eq!(of_verb("develop").map(|family| family.noun), Some("development"));
        assert!(of_noun("table").is_none());
    }

    #[test]
    fn every_line_has_five_cells_in_lower_case() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 5, "{line}");
            assert_eq!(line, line.to_lowercase());
        }
    }
}
