//! Connectives by class (Halliday & Hasan 1976; conditional ones apart).

use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// `and`, `moreover`, `for example`.
    Additive,
    /// `but`, `however`, `although`.
    Adversative,
    /// `because`, `therefore`, `as a result`.
    Causal,
    /// `then`, `after`, `in the end`.
    Temporal,
    /// `if`, `unless`.
    Conditional,
}

/// Words that connect wherever they stand, and phrases of several words.
const CONNECTIVES: &[(Class, &[&str])] = &[
    (
        Class::Additive,
        &[
            "and",
            "also",
            "moreover",
            "furthermore",
            "besides",
            "additionally",
            "similarly",
            "likewise",
            "in addition",
            "for example",
            "for instance",
            "such as",
            "as well as",
            "in other words",
            "not only",
            "that is",
        ],
    ),
    (
        Class::Adversative,
        &[
            "but",
            "however",
            "although",
            "though",
            "whereas",
            "nevertheless",
            "nonetheless",
            "despite",
            "yet",
            "in spite of",
            "on the other hand",
            "on the contrary",
            "in contrast",
            "even though",
            "instead of",
            "even if",
        ],
    ),
    (
        Class::Causal,
        &[
            "because",
            "so",
            "therefore",
            "thus",
            "consequently",
            "hence",
            "because of",
            "as a result",
            "due to",
            "thanks to",
            "so that",
            "in order to",
            "that is why",
            "for this reason",
            "as a consequence",
        ],
    ),
    (
        Class::Temporal,
        &[
            "then",
            "when",
            "while",
            "after",
            "before",
            "until",
            "finally",
            "firstly",
            "secondly",
            "lastly",
            "meanwhile",
            "afterwards",
            "whenever",
            "in the end",
            "at first",
            "at last",
            "after that",
            "first of all",
            "as soon as",
            "at the same time",
            "in conclusion",
            "to sum up",
        ],
    ),
    (Class::Conditional, &["if", "unless", "otherwise", "as long as", "in case", "provided that"]),
];
/// Words of the longest phrase.
const LONGEST: usize = 4;

/// Connectives of each class in the words of a sentence, in lower case. The longest phrase counts, each word once.
pub fn count(words: &[&str]) -> BTreeMap<Class, usize> {
    let mut found = BTreeMap::new();
    let mut at = 0;
    while at < words.len() {
        let longest = LONGEST.min(words.len() - at);
        let hit = (1..=longest).rev().find_map(|n| Some((n, class(&words[at..at + n])?)));
        if let Some((_, class)) = hit
            && !is_degree(words, at)
        {
            *found.entry(class).or_default() += 1;
        }
        at += hit.map_or(1, |(length, _)| length);
    }
    found
}

fn class(words: &[&str]) -> Option<Class> {
    let same = |phrase: &&&str| phrase.split(' ').eq(words.iter().copied());
    CONNECTIVES.iter().find(|(_, phrases)| phrases.iter().any(|p| same(&p))).map(|row| row.0)
}

/// `so happy`, `so many`: a word of degree, known by not opening a clause.
fn is_degree(words: &[&str], at: usize) -> bool {
    const SUBJECTS: &str =
        "i you he she it we they the a an my your his her our their this that there";
    let next = words.get(at + 1).copied().unwrap_or_default();
    words[at] == "so" && next != "that" && !SUBJECTS.split(' ').any(|subject| subject == next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<(Class, usize)> {
        count(&text.split(' ').collect::<Vec<_>>()).into_iter().collect()
    }

    #[test]
    fn connectives_are_counted_by_class() {
        assert_eq!(of("we left because it rained"), [(Class::Causal, 1)]);
        assert_eq!(of("and then we slept"), [(Class::Additive, 1), (Class::Temporal, 1)]);
        assert_eq!(
            of("if it rains however we stay"),
            [(Class::Adversative, 1), (Class::Conditional, 1)]
        );
    }

    #[test]
    fn the_longest_phrase_counts_once() {
        assert_eq!(of("as a result we lost"), [(Class::Causal, 1)]);
        assert_eq!(of("because of the rain"), [(Class::Causal, 1)]);
    }

    #[test]
    fn so_before_an_adjective_connects_nothing() {
        assert_eq!(of("it was so hot"), []);
        assert_eq!(of("it was hot so we swam"), [(Class::Causal, 1)]);
    }
}
