//! All measures of one text.

use crate::{
    analysis::{Sentence, Text, tokenise::Kind},
    measures::{
        cohesion,
        complexity::{self, Complexity, Units},
        connectives::{self, Class},
        diversity,
        readability::{self, Counts},
    },
    rules::Finding,
    vocabulary::{Reading, reading},
};
use std::collections::{BTreeMap, BTreeSet};

/// Errors per 100 words.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ErrorRates {
    pub spelling: f64,
    /// Everything that is not spelling.
    pub grammar: f64,
}

/// What can be measured of a text. A measure is None where the text is too short for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    pub words: usize,
    pub sentences: usize,
    /// Words per sentence.
    pub sentence_length: Option<f64>,
    pub mtld: Option<f64>,
    pub complexity: Option<Complexity>,
    /// Per 100 words.
    pub connectives: BTreeMap<Class, f64>,
    /// Lexical overlap of neighbouring sentences, 0..=1.
    pub cohesion: Option<f64>,
    /// Years of school.
    pub flesch_kincaid: Option<f64>,
    /// Years of school.
    pub coleman_liau: Option<f64>,
    pub errors: ErrorRates,
}

/// Measures a text. `findings` are those of this text.
pub fn measure(read: &Text, findings: &[Finding]) -> Measures {
    let mut counts = Counts::default();
    let mut units = Units::default();
    let mut words = Vec::new();
    let mut content = Vec::new();
    let mut connected: BTreeMap<Class, usize> = BTreeMap::new();
    for sentence in &read.sentences {
        let tokens = sentence.tokens.iter();
        let own: Vec<&str> = tokens
            .filter(|token| matches!(token.kind, Kind::Word | Kind::Compound))
            .map(|token| token.lower.as_str())
            .collect();
        if own.is_empty() {
            continue;
        }
        counts.sentences += 1;
        own.iter().for_each(|word| counts.add_word(word));
        words.extend(own.iter().map(|word| (*word).to_owned()));
        for (class, count) in connectives::count(&own) {
            *connected.entry(class).or_default() += count;
        }
        units += complexity::units(sentence, own.len());
        content.push(content_lemmas(sentence));
    }
    let per_100 = |count: usize| 100.0 * count as f64 / counts.words.max(1) as f64;
    let misspelt = findings.iter().filter(|finding| finding.concept == "spelling").count();
    Measures {
        words: counts.words,
        sentences: counts.sentences,
        sentence_length: (counts.sentences > 0)
            .then(|| counts.words as f64 / counts.sentences as f64),
        mtld: diversity::mtld(&words),
        complexity: complexity::complexity(&units),
        connectives: connected.into_iter().map(|(class, n)| (class, per_100(n))).collect(),
        cohesion: cohesion::overlap(&content),
        flesch_kincaid: readability::flesch_kincaid(&counts),
        coleman_liau: readability::coleman_liau(&counts),
        errors: ErrorRates {
            spelling: per_100(misspelt),
            grammar: per_100(findings.len() - misspelt),
        },
    }
}

fn content_lemmas(sentence: &Sentence) -> BTreeSet<String> {
    let lemma = |i: usize| match reading(sentence, i)? {
        Reading::Listed { lemma, .. } => Some(lemma),
        Reading::Beyond | Reading::Unknown => Some(sentence.word(i).to_owned()),
        Reading::Light => None,
    };
    (0..sentence.tokens.len()).filter_map(lemma).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RulePack;

    #[test]
    fn an_essay_is_measured() {
        let pack = RulePack::load();
        let text = "I have a dog. The dog likes the park, because the park is big. However, it doesnt like rain.";
        let read = pack.read(text);
        let found = measure(&read, &pack.correct(&read).findings);
        assert_eq!((found.words, found.sentences), (19, 3));
        assert!(found.mtld.is_some_and(|mtld| mtld > 5.0));
        assert!(found.cohesion.is_some_and(|overlap| overlap > 0.2));
        assert!(
            found.connectives.contains_key(&Class::Causal)
                && found.connectives.contains_key(&Class::Adversative)
        );
        assert!(found.flesch_kincaid.is_some_and(|grade| grade < 6.0));
    }

    #[test]
    fn errors_are_counted_per_hundred_words() {
        let pack = RulePack::load();
        let text = "Yesterday I goes to school with my freind and he like it.";
        let read = pack.read(text);
        let found = measure(&read, &pack.correct(&read).findings);
        assert!(found.errors.grammar > 5.0 && found.errors.spelling > 5.0, "{:?}", found.errors);
    }

    #[test]
    fn a_text_without_words_has_no_measures() {
        let pack = RulePack::load();
        let found = measure(&pack.read("😀 123"), &[]);
        assert_eq!(
            (found.words, found.mtld, found.flesch_kincaid, found.cohesion),
            (0, None, None, None)
        );
    }
}
