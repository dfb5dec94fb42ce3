//! Cohesion from sentence to sentence: the words that neighbouring sentences share.

use std::collections::BTreeSet;

/// Mean overlap of neighbouring sentences in 0..=1: content lemmas that both have, by the number of the smaller set
/// (overlap coefficient). Pairs with a sentence without content words count as 0. None for fewer than two sentences.
pub fn overlap(sentences: &[BTreeSet<String>]) -> Option<f64> {
    let pairs = sentences.windows(2);
    let count = pairs.len();
    let sum: f64 = pairs.map(|pair| shared(&pair[0], &pair[1])).sum();
    (count > 0).then(|| sum / count as f64)
}

fn shared(left: &BTreeSet<String>, right: &BTreeSet<String>) -> f64 {
    let smaller = left.len().min(right.len());
    if smaller == 0 { 0.0 } else { left.intersection(right).count() as f64 / smaller as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &str) -> BTreeSet<String> {
        words.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn shared_words_tie_sentences_together() {
        let tied = [set("dog park"), set("dog run fast"), set("run home")];
        let loose = [set("dog park"), set("rain fall"), set("book read")];
        assert_eq!(overlap(&tied), Some(0.5));
        assert_eq!(overlap(&loose), Some(0.0));
    }

    #[test]
    fn one_sentence_has_no_neighbour() {
        assert_eq!(overlap(&[set("dog")]), None);
        assert_eq!(overlap(&[set(""), set("dog")]), Some(0.0));
    }
}
