//! Fixed phrases and collocations: `good at maths`, `on the other hand`, `turn on the light`. One line of
//! `data/phrases.txt` is one phrase, with an example that the tests correct.

mod pattern;

use crate::{
    analysis::Sentence,
    rules::rule::{Proposal, Rule, Stage},
};
use lexilingo_shared::errant::{Category, ErrantType, Operation};
use pattern::Pattern;
use std::collections::HashMap;

static TABLE: &str = include_str!("../../../data/phrases.txt");

/// The sections that run before the rules of grammar: message, what kind of word its edits concern, confidence.
const EARLY: [Section; 2] =
    [("phrase-confused", Category::Other, 0.9), ("phrase-one-word", Category::Orth, 0.95)];
/// The sections that run after them, because they know more of a sentence than a phrase does.
const LATE: [Section; 8] = [
    ("phrase-preposition", Category::Prep, 0.92),
    ("phrase-extra-word", Category::Other, 0.92),
    ("phrase-missing-word", Category::Other, 0.9),
    ("phrase-article", Category::Det, 0.9),
    ("phrase-fixed", Category::Other, 0.92),
    ("phrase-collocation", Category::Verb, 0.88),
    ("phrase-transfer", Category::Verb, 0.92),
    ("phrase-verb-form", Category::VerbForm, 0.92),
];

type Section = (&'static str, Category, f64);

fn sections(early: bool) -> &'static [Section] {
    if early { &EARLY } else { &LATE }
}

const fn messages<const N: usize>(sections: [Section; N]) -> [&'static str; N] {
    let mut names = [""; N];
    let mut i = 0;
    while i < N {
        names[i] = sections[i].0;
        i += 1;
    }
    names
}

/// The phrases of some sections, which run at one stage.
pub struct Phrases {
    early: bool,
    patterns: Vec<Pattern>,
    /// Numbers of the patterns that may begin with a word or a lemma.
    by_word: HashMap<&'static str, Vec<usize>>,
    /// Those that begin with a class of words.
    anywhere: Vec<usize>,
}

/// One line of the table.
struct Line {
    section: &'static str,
    pattern: &'static str,
    #[cfg(test)]
    example: (&'static str, &'static str),
}

/// The table's lines; a line that is no phrase is left out (a test counts them).
fn lines() -> impl Iterator<Item = Line> {
    let mut section = "";
    TABLE.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        let mut parts = line.split(" :: ");
        let (pattern, wrong, right) = (parts.next()?, parts.next()?, parts.next()?);
        let _ = (wrong, right);
        Some(Line {
            section,
            pattern: pattern.trim(),
            #[cfg(test)]
            example: (wrong.trim(), right.trim()),
        })
    })
}

impl Phrases {
    /// `early`: confused words and words written apart, which every other rule should see put right; or all the rest.
    pub fn load(early: bool) -> Phrases {
        let patterns: Vec<Pattern> = lines()
            .filter(|line| sections(early).iter().any(|(name, ..)| *name == line.section))
            .filter_map(|line| Pattern::parse(line.pattern, line.section))
            .collect();
        let mut by_word: HashMap<&'static str, Vec<usize>> = HashMap::new();
        let mut anywhere = Vec::new();
        for (number, pattern) in patterns.iter().enumerate() {
            match pattern.beginnings() {
                Some(words) => {
                    words.iter().for_each(|word| by_word.entry(word).or_default().push(number));
                }
                None => anywhere.push(number),
            }
        }
        Phrases { early, patterns, by_word, anywhere }
    }

    fn at(&self, sentence: &Sentence, at: usize, found: &mut Vec<Proposal>) {
        let token = &sentence.tokens[at];
        let mut tried = self.anywhere.clone();
        let stem = token.lemma.as_str();
        for key in [token.lower.as_str(), stem] {
            tried.extend(self.by_word.get(key).into_iter().flatten());
        }
        // What the tagger takes for a noun or an adjective may be a verb: "he opens".
        if let Some(verb) = sentence.lexicon.verb_lemma(&token.lower)
            && verb != stem
        {
            tried.extend(self.by_word.get(verb.as_str()).into_iter().flatten());
        }
        tried.sort_unstable();
        tried.dedup();
        for number in tried {
            let pattern = &self.patterns[number];
            if let Some(edit) = pattern.edit(sentence, at) {
                found.push(proposal(sentence, pattern.section, edit));
            }
        }
    }
}

fn proposal(sentence: &Sentence, section: &'static str, edit: pattern::Edit) -> Proposal {
    let (category, confidence) = EARLY
        .iter()
        .chain(&LATE)
        .find(|(name, ..)| *name == section)
        .map_or((Category::Other, 0.9), |(_, category, confidence)| (*category, *confidence));
    let operation = match (edit.removed, edit.added) {
        (0, _) => Operation::Missing,
        (_, 0) => Operation::Unnecessary,
        _ => Operation::Replacement,
    };
    let errant = ErrantType::new(operation, category);
    Proposal::new(sentence, edit.tokens, &edit.replacement, (errant, section), confidence)
}

impl Rule for Phrases {
    fn name(&self) -> &'static str {
        if self.early { "confused-phrase" } else { "phrase" }
    }

    fn stage(&self) -> Stage {
        if self.early { Stage::Spelling } else { Stage::Prepositions }
    }

    fn messages(&self) -> &'static [&'static str] {
        const NAMES: ([&str; 2], [&str; 8]) = (messages(EARLY), messages(LATE));
        if self.early { &NAMES.0 } else { &NAMES.1 }
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let mut found = Vec::new();
        for at in 0..sentence.tokens.len() {
            self.at(sentence, at, &mut found);
        }
        found
    }
}

#[cfg(test)]
mod tests;
