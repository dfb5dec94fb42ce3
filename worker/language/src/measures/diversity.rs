//! Lexical diversity: MTLD (McCarthy & Jarvis 2010), the mean length of stretches that keep a type–token ratio of 0.72.

/// The ratio at which a stretch ends.
const THRESHOLD: f64 = 0.72;
/// Fewer words say nothing about diversity.
pub const LEAST: usize = 10;

/// MTLD of the words in reading order, the mean of both directions; higher is more varied (learners' essays lie between
/// about 30 and 120). None for texts of fewer than ten words.
pub fn mtld(words: &[String]) -> Option<f64> {
    if words.len() < LEAST {
        return None;
    }
    let forward = factors(words.iter());
    let backward = factors(words.iter().rev());
    let length = words.len() as f64;
    Some((length / forward + length / backward) / 2.0)
}

/// Number of stretches, the last one counted by the share of the way that it has gone to the threshold. A text whose
/// words are all different has less than one; one repetition short of its end is assumed.
fn factors<'w>(words: impl Iterator<Item = &'w String>) -> f64 {
    let mut types = std::collections::HashSet::new();
    let (mut full, mut tokens) = (0.0, 0usize);
    for word in words {
        types.insert(word.as_str());
        tokens += 1;
        if (types.len() as f64 / tokens as f64) < THRESHOLD {
            full += 1.0;
            types.clear();
            tokens = 0;
        }
    }
    if tokens == 0 {
        return full;
    }
    let ratio = types.len() as f64 / tokens as f64;
    let partial = (1.0 - ratio) / (1.0 - THRESHOLD);
    if full + partial > 0.0 {
        return full + partial;
    }
    (1.0 / (tokens as f64 + 1.0)) / (1.0 - THRESHOLD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    fn words(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn stretches_end_below_the_threshold() {
        // a b a: 2/3 < 0.72 ends a stretch after three words, in both directions.
        let repeated = words("a b a a b a a b a a b a");
        assert_eq!(mtld(&repeated), Some(3.0));
    }

    #[test]
    fn varied_words_score_higher_than_repeated_ones() {
        let varied = words("the cat saw a bird over our old garden wall near that big tree");
        let repeated = words("the cat saw the bird and the bird saw the cat and the cat ran");
        assert!(mtld(&varied) > mtld(&repeated));
    }

    #[test]
    fn short_texts_have_no_measure() {
        assert_eq!(mtld(&words("one two three")), None);
        assert_eq!(mtld(&[]), None);
    }

    proptest! {
        #[test]
        fn the_measure_is_finite_and_positive(text in "[a-d]( [a-d]){9,60}") {
            let found = mtld(&words(&text)).unwrap_or(-1.0);
            prop_assert!(found.is_finite() && found > 0.0, "{found}");
        }
    }
}
