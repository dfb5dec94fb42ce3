//! How fluent a text reads, 0..=1, from features that can be shown to its writer.
//!
//! Each sentence scores `clamp(BASE − Σ coefficient · feature, 0, 1)` with the coefficients of `features.rs`; a text
//! scores the mean of its sentences, weighted by their words, less what monotony costs. The coefficients are round
//! figures set by hand, chosen after comparing many sets of them, and regressions on the training split, by how well
//! they agree with human ratings of single sentences by learners (GUG, Heilman et al. 2014). So the agreement on the
//! development split is optimistic (`docs/language-quality.md`).

mod features;
mod variety;

pub use features::{Feature, Features, features};

use crate::{analysis::Text, counts::Counts, rules::Finding};

/// A sentence in which nothing is wrong and whose words are neither usual nor unusual.
const BASE: f64 = 0.9;
/// Words that a sentence weighs at least: a short answer is no accident between long sentences.
const LEAST_WORDS: usize = 3;

/// The fluency of a text; `findings` are those of this text. A text without words scores 0: nothing was said.
pub fn score(counts: &Counts, read: &Text, findings: &[Finding]) -> f64 {
    let (mut sum, mut weights) = (0.0, 0usize);
    let mut openers = Vec::new();
    let (offset, inner) = unquoted(read.text);
    let unquoted = (inner != read.text).then(|| Text::new(inner, read.lexicon));
    for sentence in &unquoted.as_ref().unwrap_or(read).sentences {
        let start = offset + sentence.start;
        let Some((features, words)) = features(sentence, start, findings, counts) else {
            continue;
        };
        let weight = words.max(LEAST_WORDS);
        sum += weight as f64 * of_sentence(&features);
        weights += weight;
        openers.extend(variety::opener(sentence));
    }
    if weights == 0 {
        return 0.0;
    }
    (sum / weights as f64 - variety::cost(&openers)).clamp(0.0, 1.0)
}

/// A text that is one quotation, without its marks, and the byte where it begins: quotations inside a text are not
/// judged, but here there is nothing else.
fn unquoted(text: &str) -> (usize, &str) {
    let blank = text.len() - text.trim_start().len();
    let whole = text.trim();
    let inner = [('"', '"'), ('“', '”')].into_iter().find_map(|(open, close)| {
        whole.strip_prefix(open)?.strip_suffix(close).map(|inner| (open.len_utf8(), inner))
    });
    inner.map_or((0, text), |(mark, inner)| (blank + mark, inner))
}

/// The score of one sentence with these features.
pub fn of_sentence(features: &Features) -> f64 {
    let cost: f64 = features.iter().map(|(feature, value)| feature.coefficient() * value).sum();
    (BASE - cost).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RulePack;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};
    use std::sync::OnceLock;

    fn of(text: &str) -> f64 {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        let pack = PACK.get_or_init(RulePack::load);
        let read = pack.read(text);
        score(pack.counts(), &read, &pack.correct(&read).findings)
    }

    #[test]
    fn sentences_without_errors_are_fluent() {
        for text in ["I went to school yesterday.", "My mother cooks rice every day.", "Yes, I do."]
        {
            assert!(of(text) > 0.85, "{text}: {}", of(text));
        }
    }

    #[test]
    fn errors_slips_and_broken_sentences_lower_it() {
        let good = of("Yesterday I went to school with my friend.");
        for text in [
            "Yesterday I goes to school with my friend.",
            "Yesterday I went to shcool with my freind.",
            "yesterday i went to school with my friend.",
            "Yesterday with my friend to school.",
        ] {
            assert!(of(text) < good, "{text}: {}", of(text));
        }
        assert!(of("yestarday i goed shcool wiht freind") < 0.5);
    }

    #[test]
    fn one_bad_sentence_among_many_weighs_little() {
        let good =
            "We visited my uncle in Hue. He has a big garden. Many birds live there. ".repeat(4);
        assert!(of(&format!("{good} She go home.")) > of("She go home."));
    }

    #[test]
    fn texts_without_english_words_are_not_fluent() {
        for text in ["", "😀 123", "..."] {
            assert_eq!(of(text), 0.0, "{text}");
        }
        assert!(of("Tôi đi học mỗi ngày.") < of("I go to school every day."));
    }

    #[test]
    fn a_text_that_is_one_quotation_is_judged() {
        assert!(of("“I went to school yesterday.”") > 0.85);
        assert!(of("\"yestarday i goed shcool\"") < 0.6);
    }

    #[test]
    fn monotony_costs_a_little() {
        let varied = "I like tea. My sister likes milk. Every morning we drink it.";
        let monotonous = "I like tea. I like milk. I like it.";
        assert!(of(monotonous) < of(varied));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn the_score_stays_in_its_bounds(text in "\\PC{0,120}") {
            prop_assert!((0.0..=1.0).contains(&of(&text)));
        }
    }
}
