//! The probability that a corrected text is acceptable.

use crate::{
    analysis::{Sentence, Text, tokenise},
    confidence::{probability, table::weight},
    counts::Counts,
    fluency::{self, Feature},
    rules::Checked,
};
use std::{collections::HashMap, ops::Range};

/// What is seen of a corrected sentence, in the order of `features`.
pub const FEATURES: [&str; 9] = [
    // 1.
    "bias",
    // Natural logarithm of the number of words.
    "log-words",
    // Edits that were made, three at most.
    "edits",
    // −ln of the probability that all of them are right, three at most.
    "doubt",
    // As `fluency::Feature` counts them, in the corrected sentence.
    "unknown-words",
    "small-beginning",
    "bare-nouns",
    "incomplete-clauses",
    "surprise",
];

/// More edits, or more doubt, say no more.
const MOST: f64 = 3.0;

/// The features of one corrected sentence, whose edits have these probabilities. None without a word.
pub fn features(
    sentence: &Sentence,
    counts: &Counts,
    edits: &[f64],
) -> Option<[f64; FEATURES.len()]> {
    let (seen, words) = fluency::features(sentence, 0, &[], counts)?;
    let of = |wanted: Feature| {
        seen.iter().find(|(feature, _)| *feature == wanted).map_or(0.0, |(_, value)| *value)
    };
    let doubt: f64 = edits.iter().map(|sure| -sure.max(1e-3).ln()).sum();
    Some([
        1.0,
        (words as f64).ln(),
        (edits.len() as f64).min(MOST),
        doubt.min(MOST),
        of(Feature::UnknownWords),
        of(Feature::SmallBeginning),
        of(Feature::BareNouns),
        of(Feature::IncompleteClauses),
        of(Feature::Surprise),
    ])
}

/// The probability that a corrected sentence with these features is acceptable as it is.
pub fn of_features(features: &[f64; FEATURES.len()]) -> f64 {
    let weights = FEATURES.iter().map(|name| weight("sentence", name).unwrap_or(0.0));
    probability(weights.zip(features).map(|(weight, value)| weight * value).sum())
}

/// The probability in 0..=1 that what was made of the text `read` is acceptable: that every sentence of it is, as if they were independent.
/// 1 for a text without words.
pub fn of_text(counts: &Counts, read: &Text, checked: &Checked) -> f64 {
    let edits = edits_in_corrected(checked);
    let mut edits = edits.into_iter().peekable();
    let mut sure = 1.0;
    let unchanged: HashMap<&str, &Sentence> =
        read.sentences.iter().map(|sentence| (sentence.text, sentence)).collect();
    for raw in tokenise::sentences(&checked.corrected) {
        let (Some(first), Some(last)) = (raw.first(), raw.last()) else { continue };
        let span = first.span.start..last.span.end;
        let begins = |(place, _): &(Range<usize>, f64)| place.start < span.end;
        let mut own = Vec::new();
        while let Some((_, sure)) = edits.next_if(begins) {
            own.push(sure);
        }
        let text = &checked.corrected[span.clone()];
        let known = unchanged.get(text).map(|sentence| features(sentence, counts, &own));
        let found =
            known.unwrap_or_else(|| features(&Sentence::new(text, read.lexicon), counts, &own));
        sure *= found.map_or(1.0, |found| of_features(&found));
    }
    sure
}

/// The bytes of `corrected` that each finding wrote, with its confidence.
fn edits_in_corrected(checked: &Checked) -> Vec<(Range<usize>, f64)> {
    // Findings are sorted and apart; each moves what follows it.
    let (mut before, mut after) = (0, 0);
    let place = |finding: &crate::rules::Finding| {
        let start = finding.span.start - before + after;
        let end = start + finding.replacement.len();
        (before, after) = (finding.span.end, end);
        (start..end, finding.confidence)
    };
    checked.findings.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RulePack;
    use proptest::prelude::{ProptestConfig, prop_assert, proptest};
    use std::sync::OnceLock;

    fn pack() -> &'static RulePack {
        static PACK: OnceLock<RulePack> = OnceLock::new();
        PACK.get_or_init(RulePack::load)
    }

    fn of(text: &str) -> f64 {
        let read = pack().read(text);
        of_text(pack().counts(), &read, &pack().correct(&read))
    }

    #[test]
    fn everyday_sentences_are_surer_than_broken_ones() {
        for (good, bad) in [
            ("I went to school yesterday.", "I school yesterday go with friend the."),
            ("My mother cooks rice every day.", "My mother cooks xqzrice every day."),
        ] {
            assert!(of(good) > of(bad), "{good}: {}, {bad}: {}", of(good), of(bad));
        }
    }

    #[test]
    fn two_sentences_are_less_sure_than_each_of_them() {
        let (one, two) = ("I went to school yesterday.", "My sister has a dog.");
        assert!((of(&format!("{one} {two}")) - of(one) * of(two)).abs() < 1e-9);
    }

    #[test]
    fn a_text_without_words_needs_no_correction() {
        for text in ["", "👍", "..."] {
            assert_eq!(of(text), 1.0, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_has_a_probability(text in "\\PC{0,80}|([A-Za-z]{1,8}[ .,!?]){0,20}") {
            prop_assert!((0.0..=1.0).contains(&of(&text)));
            let checked = pack().check(&text);
            for ((place, _), finding) in edits_in_corrected(&checked).iter().zip(&checked.findings) {
                prop_assert!(checked.corrected[place.clone()] == finding.replacement);
            }
        }
    }
}
