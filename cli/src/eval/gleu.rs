//! GLEU (Napoles et al. 2015, 2016): n-grams shared with a reference, less those shared only with the source.

use super::mersenne_twister::MersenneTwister;
use std::collections::HashMap;

const ORDER: usize = 4;
/// Rounds over the corpus, each of which draws one reference for every sentence.
const ROUNDS: u32 = 500;

/// Lengths, and matches and possible matches of each order.
type Counts = [usize; 2 + 2 * ORDER];

/// One sentence: its source, its correction, its references.
pub struct Sentence<'a> {
    pub source: &'a [String],
    pub corrected: &'a [String],
    pub references: &'a [Vec<String>],
}

/// GLEU of a corpus, 0..=1: the mean over rounds when there are several references. All sentences have as many.
pub fn gleu(sentences: &[Sentence<'_>]) -> f64 {
    let counts: Vec<Vec<Counts>> = sentences.iter().map(of_sentence).collect();
    let references = counts.first().map_or(0, Vec::len);
    if references == 0 {
        return 0.0;
    }
    let rounds = if references > 1 { ROUNDS } else { 1 };
    let scores = (0..rounds).map(|round| {
        let mut random = MersenneTwister::new(round * 101);
        let mut total = Counts::default();
        for sentence in &counts {
            let drawn = &sentence[random.below(references)];
            total.iter_mut().zip(drawn).for_each(|(total, count)| *total += count);
        }
        of_total(&total)
    });
    scores.sum::<f64>() / f64::from(rounds)
}

fn of_total(total: &Counts) -> f64 {
    if total.contains(&0) {
        return 0.0;
    }
    let [corrected, reference, orders @ ..] = total;
    let logs = orders.chunks_exact(2).map(|pair| (pair[0] as f64 / pair[1] as f64).ln());
    let precision = logs.sum::<f64>() / ORDER as f64;
    let brevity = (1.0 - *reference as f64 / *corrected as f64).min(0.0);
    (brevity + precision).exp()
}

/// Counts against each reference.
fn of_sentence(sentence: &Sentence<'_>) -> Vec<Counts> {
    let of_reference = |reference: &Vec<String>| {
        let mut counts = Counts::default();
        (counts[0], counts[1]) = (sentence.corrected.len(), reference.len());
        for n in 1..=ORDER {
            let corrected = ngrams(sentence.corrected, n);
            let wanted = ngrams(reference, n);
            let mut avoided = ngrams(sentence.source, n);
            avoided.retain(|ngram, _| !wanted.contains_key(ngram));
            let good = shared(&corrected, &wanted);
            let bad = shared(&corrected, &avoided);
            counts[2 * n] = good.saturating_sub(bad);
            counts[2 * n + 1] = (sentence.corrected.len() + 1).saturating_sub(n);
        }
        counts
    };
    sentence.references.iter().map(of_reference).collect()
}

fn ngrams(tokens: &[String], n: usize) -> HashMap<&[String], usize> {
    let mut counts = HashMap::new();
    for ngram in tokens.windows(n) {
        *counts.entry(ngram).or_default() += 1;
    }
    counts
}

fn shared(a: &HashMap<&[String], usize>, b: &HashMap<&[String], usize>) -> usize {
    a.iter().map(|(ngram, count)| (*count).min(b.get(ngram).copied().unwrap_or(0))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn of(source: &str, corrected: &str, references: &[&str]) -> f64 {
        let references: Vec<_> = references.iter().map(|text| words(text)).collect();
        let (source, corrected) = (words(source), words(corrected));
        gleu(&[Sentence { source: &source, corrected: &corrected, references: &references }])
    }

    #[test]
    fn a_reference_itself_scores_1() {
        let score = of("I goes to school now", "I go to school now", &["I go to school now"]);
        assert!((score - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_only_the_source_has_counts_against_a_correction() {
        // Source "a b c d x", reference "a b c d e", nothing corrected. Of the five words four are shared and "x" is only
        // the source's: (4 − 1)/5; of two words (3 − 1)/4, of three (2 − 1)/3, of four (1 − 1)/2 = 0, so nothing is left.
        assert_eq!(of("a b c d x", "a b c d x", &["a b c d e"]), 0.0);
        // One word more in front: (5 − 1)/6, (4 − 1)/5, (3 − 1)/4, (2 − 1)/3.
        let score = of("z a b c d x", "z a b c d x", &["z a b c d e"]);
        let expected = (4.0 / 6.0 * 3.0 / 5.0 * 2.0 / 4.0 * 1.0 / 3.0f64).powf(0.25);
        assert!((score - expected).abs() < 1e-12, "{score}");
    }

    #[test]
    fn a_short_correction_is_punished() {
        let long = "a b c d e f g h";
        let score = of("x x x x x x x x", "a b c d e f", &[long]);
        assert!((score - (1.0f64 - 8.0 / 6.0).exp()).abs() < 1e-12, "{score}");
    }

    #[test]
    fn several_references_are_drawn_from() {
        let score = of("q q q q q", "a b c d e", &["a b c d e", "v w x y z"]);
        assert!(score > 0.3 && score < 0.7, "{score}");
    }
}
