//! More precise words for those that learners lean on, one level above the text's.

use crate::{
    analysis::{Sentence, Tag, Text, words},
    counts::{self, Counts},
    hash,
    rules::{Finding, rule::match_case},
    vocabulary::{
        lemma::lemmas,
        levels::Part,
        reading::{Reading, reading},
        upper,
    },
};
use lexilingo_shared::level::Level;
use std::{ops::Range, sync::LazyLock};

static TABLE: &str = include_str!("../../data/upgrades.tsv");

/// Tokens on either side within which a word's neighbour stands.
const NEAR: usize = 4;
/// Suggestions for one text; more are not read.
const MOST: usize = 5;
/// A word that fits its place by so much less than the learner's is not suggested: "unacceptable habit" for "bad habit" is
/// 17 below, "purchased a car" 10, because rare words were seldom counted beside anything.
const LEAST_FIT: f32 = -10.5;
/// Natural log of the share of a word that the counted text does not hold.
const RAREST: f32 = -15.5;

/// A word that could be more precise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Bytes of the text.
    pub span: Range<usize>,
    pub level: Level,
    /// In the form that the sentence needs.
    pub word: String,
    pub word_level: Level,
}

struct Row {
    lemma: &'static str,
    part: Part,
    neighbours: Vec<&'static str>,
    alternatives: Vec<&'static str>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(read_row).collect()
});

fn read_row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let lemma = cells.next()?;
    let part = match cells.next()? {
        "n" => Part::Noun,
        "v" => Part::Verb,
        "j" => Part::Adjective,
        "r" => Part::Adverb,
        _ => return None,
    };
    let neighbours = cells.next()?.split(' ').collect();
    let alternatives = cells.next()?.split(' ').collect();
    Some(Row { lemma, part, neighbours, alternatives })
}

/// Suggestions for a text whose writer stands at `level`: alternatives of the next level, or of the nearest below it
/// that is above the word's own. Each word is named once, in the order of the text; none that one of the text's
/// `findings` touches.
pub fn suggestions(
    read: &Text,
    counts: &Counts,
    findings: &[Finding],
    level: Level,
) -> Vec<Suggestion> {
    let target = Level::ALL.into_iter().find(|above| *above > level).unwrap_or(level);
    let mut found: Vec<Suggestion> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for sentence in &read.sentences {
        if sentence.is_foreign() {
            continue;
        }
        let keys: Vec<u64> =
            sentence.tokens.iter().map(|token| counts::key(&token.lower, token.kind)).collect();
        for i in 0..sentence.tokens.len() {
            if found.len() >= MOST {
                return found;
            }
            let Some(Reading::Listed { lemma, part, level }) = reading(sentence, i) else {
                continue;
            };
            if seen.contains(&lemma) {
                continue;
            }
            let span = sentence.span(i..i + 1);
            let span = sentence.start + span.start..sentence.start + span.end;
            let touches =
                |found: &Finding| found.span.start < span.end && span.start < found.span.end;
            if findings.iter().any(touches) {
                continue;
            }
            let fits = |word: &str| fit(counts, &keys, i, word) >= LEAST_FIT;
            let Some((word, word_level)) =
                alternative(sentence, i, (&lemma, part, level), target, fits)
            else {
                continue;
            };
            found.push(Suggestion { span, level, word, word_level });
            seen.push(lemma);
        }
    }
    found
}

fn alternative(
    sentence: &Sentence,
    i: usize,
    (lemma, part, level): (&str, Part, Level),
    target: Level,
    fits: impl Fn(&str) -> bool,
) -> Option<(String, Level)> {
    let levels = &sentence.lexicon.levels;
    let level_of = |word: &str| levels.level(word, part).or_else(|| upper::level(word, Some(part)));
    let rows = ROWS.iter().filter(|row| row.lemma == lemma && row.part == part);
    let fitting = rows.filter(|row| has_neighbour(sentence, i, row));
    let offered = fitting.flat_map(|row| &row.alternatives).filter_map(|word| {
        let own = level_of(word).filter(|own| *own > level && *own <= target)?;
        let made = inflected(sentence, i, part, word)?;
        fits(&made).then_some((made, own))
    });
    // The first of the highest level; rows and alternatives stand in the order of their fitness.
    offered.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// By how much the words around make `word` at place `i` likelier than the one that stands there, beyond how usual each
/// is by itself: natural log units, about 0 for two that fit alike.
fn fit(counts: &Counts, keys: &[u64], i: usize, word: &str) -> f32 {
    let key = hash::word(&word.to_lowercase());
    let alone = |key| counts.vocabulary.log_prob(key).unwrap_or(RAREST);
    counts.change(keys, i..i + 1, &[key]) - (alone(key) - alone(keys[i]))
}

fn has_neighbour(sentence: &Sentence, i: usize, row: &Row) -> bool {
    if row.neighbours == ["*"] {
        return true;
    }
    let after = i + 1..(i + 1 + NEAR).min(sentence.tokens.len());
    let before = i.saturating_sub(NEAR)..i;
    let near = after.chain(if row.part == Part::Noun { before } else { 0..0 });
    let is_neighbour = |at: usize| {
        lemmas(sentence.lexicon, sentence.word(at))
            .iter()
            .any(|own| row.neighbours.contains(&own.as_str()))
    };
    near.into_iter().any(is_neighbour)
}

/// The alternative in the form of word `i`; None where the form cannot be made, or where an article before it would
/// have to change.
fn inflected(sentence: &Sentence, i: usize, part: Part, word: &str) -> Option<String> {
    let vowel = |word: &str| word.starts_with(['a', 'e', 'i', 'o', 'u']);
    let lexicon = sentence.lexicon;
    let form = sentence.word(i);
    let made = match part {
        Part::Verb if sentence.tagged(i, Tag::is_verb) => {
            lexicon.verb_form(word, sentence.tag(i)?)?
        }
        Part::Noun if lexicon.singular(form).is_some_and(|one| one != form) => {
            lexicon.plural(word)?
        }
        Part::Adjective if lexicon.positive(form).is_some_and(|plain| plain != form) => {
            return None;
        }
        _ => word.to_owned(),
    };
    let before = sentence.at(i, -1);
    let clashes = matches!(before, "a" | "an") && vowel(&made) != vowel(form)
        // "very enormous" is too much of it.
        || matches!(before, "very" | "so" | "too") && part == Part::Adjective
        || words::is_auxiliary(before) && part == Part::Noun;
    (!clashes).then(|| match_case(sentence.original(i..i + 1), &made))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis::Lexicon, rules::RulePack};
    use std::sync::OnceLock;

    fn pack() -> &'static RulePack {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        PACK.get_or_init(RulePack::load)
    }

    fn words(text: &str, level: Level) -> Vec<String> {
        let read = pack().read(text);
        let findings = pack().correct(&read).findings;
        let found = suggestions(&read, pack().counts(), &findings, level);
        for suggestion in &found {
            assert!(suggestion.word_level > suggestion.level, "{suggestion:?}");
            assert!(text.get(suggestion.span.clone()).is_some());
        }
        found.into_iter().map(|suggestion| suggestion.word).collect()
    }

    #[test]
    fn every_row_offers_words_of_a_higher_level() {
        let lexicon = Lexicon::load();
        let level = |word: &str, part| {
            lexicon.levels.level(word, part).or_else(|| upper::level(word, Some(part)))
        };
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert!(rows == ROWS.len() && rows > 80);
        for row in ROWS.iter() {
            for word in &row.alternatives {
                assert!(level(word, row.part) > level(row.lemma, row.part), "{} {word}", row.lemma);
            }
        }
    }

    #[test]
    fn alternatives_fit_their_neighbours_and_take_their_form() {
        assert_eq!(words("He has a big problem.", Level::A2), ["serious"]);
        assert_eq!(words("She visited a big city.", Level::A2), ["huge"]);
        assert_eq!(words("We bought a car.", Level::B1), ["purchased"]);
        assert_eq!(words("Big changes came.", Level::A2), ["Serious"]);
    }

    #[test]
    fn the_form_agrees_with_the_word_that_it_replaces() {
        for (text, level, wanted) in [
            ("She buys a car every year.", Level::B1, "purchases"),
            ("They are buying a car.", Level::B1, "purchasing"),
            ("They have bought a car.", Level::B1, "purchased"),
            ("I must buy a car.", Level::B1, "purchase"),
        ] {
            assert_eq!(words(text, level), [wanted], "{text}");
        }
    }

    #[test]
    fn neither_errors_nor_words_that_do_not_fit_are_touched() {
        for text in ["She buyed a car.", "Yesterday she buy a car.", "He has a bad habit."] {
            let found = words(text, Level::B1);
            assert!(!found.iter().any(|word| word.starts_with("purchas")), "{text}: {found:?}");
            assert!(!found.contains(&"unacceptable".to_owned()), "{text}: {found:?}");
        }
    }

    #[test]
    fn nothing_is_suggested_that_does_not_fit() {
        for text in ["She has big eyes.", "It is very big.", "He saw a dog.", "", "Tôi đi học."]
        {
            assert_eq!(words(text, Level::B1), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_long_text_gets_few_suggestions_and_no_word_twice() {
        let text =
            "We bought big houses in big cities. Happy people often buy a big house. ".repeat(20);
        let found = words(&text, Level::B1);
        assert!(found.len() <= MOST && !found.is_empty());
    }
}
