//! Trigram counts: the vocabulary and the table of log probabilities.

use crate::corpus;
use anyhow::Result;
use lexilingo_language::{
    analysis::{
        Lexicon,
        facts::Facts,
        tokenise::{self, Kind},
    },
    counts::{self, Counts, EDGE, backoff, pair, table, triple},
};
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    hash::{BuildHasherDefault, Hasher},
    path::Path,
};

/// Taken off every count (absolute discounting).
const DISCOUNT: f64 = 0.75;
/// Words that occur less often are not kept.
const RAREST_WORD: u32 = 3;
/// Pairs and triples that occur less often leave their probability to shorter contexts.
const RAREST_PAIR: u32 = 2;
const RAREST_TRIPLE: u32 = 3;

/// The keys are hashes already.
#[derive(Default)]
pub struct Unhashed(u64);

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

type Tally = HashMap<u64, u32, BuildHasherDefault<Unhashed>>;

/// What follows one context.
#[derive(Default, Clone, Copy)]
struct Following {
    /// Occurrences of the context.
    total: u32,
    /// Of its probability, the part that goes to kept words, in counts.
    kept: f64,
}

/// Writes `words.tsv` and `ngrams.bin` into `out`.
pub fn train(corpus: &Path, out: &Path) -> Result<()> {
    let corpus = corpus::read(corpus)?;
    let mut words: HashMap<String, [u32; 3]> = HashMap::new();
    let (mut singles, mut pairs, mut triples) =
        (Tally::default(), HashMap::new(), HashMap::new());
    for line in &corpus.training {
        count_words(line, &mut words);
        let keys = keys(line);
        let mut context = [EDGE, EDGE];
        for key in keys.iter().chain([&EDGE]) {
            *singles.entry(*key).or_default() += 1;
            *pairs.entry((context[1], *key)).or_insert(0_u32) += 1;
            *triples.entry((context[0], context[1], *key)).or_insert(0_u32) += 1;
            context = [context[1], *key];
        }
    }
    println!("{} words, {} pairs, {} triples", words.len(), pairs.len(), triples.len());
    let list = list(&words);
    fs::write(out.join("words.tsv"), &list)?;
    let total: f64 = words.values().map(|[count, ..]| f64::from(*count)).filter(|c| *c >= 3.0).sum();
    let single = |word: u64| f64::from(*singles.get(&word).unwrap_or(&0)).max(0.3) / total;

    let mut after_one: HashMap<u64, Following> = HashMap::new();
    let mut after_two: HashMap<(u64, u64), Following> = HashMap::new();
    for ((last, _), count) in &pairs {
        after_one.entry(*last).or_default().add(*count, RAREST_PAIR);
    }
    for ((second, last, _), count) in &triples {
        after_two.entry((*second, *last)).or_default().add(*count, RAREST_TRIPLE);
    }
    let of_pair = |last: u64, word: u64| {
        let following = after_one.get(&last).copied().unwrap_or_default();
        let count = pairs.get(&(last, word)).copied().unwrap_or(0);
        following.probability(count, RAREST_PAIR, single(word))
    };
    let mut entries = Vec::new();
    for ((last, word), count) in &pairs {
        if *count >= RAREST_PAIR {
            entries.push((pair(*last, *word), of_pair(*last, *word).ln() as f32));
        }
    }
    let kept_pairs = entries.len();
    for ((second, last, word), count) in &triples {
        if *count >= RAREST_TRIPLE {
            let following = after_two[&(*second, *last)];
            let p = following.probability(*count, RAREST_TRIPLE, of_pair(*last, *word));
            entries.push((triple(*second, *last, *word), p.ln() as f32));
        }
    }
    println!("{kept_pairs} pairs and {} triples kept", entries.len() - kept_pairs);
    let weights_one = after_one.iter().map(|(last, following)| (*last, following));
    let weights_two =
        after_two.iter().map(|((second, last), following)| (pair(*second, *last), following));
    for (context, following) in weights_one.chain(weights_two) {
        if following.kept > 0.0 {
            entries.push((backoff(context), following.left_over().ln() as f32));
        }
    }
    entries.sort_unstable_by_key(|(key, _)| *key);
    let table = table::encode(&entries);
    println!("{} entries, {} bytes", entries.len(), table.len());
    fs::write(out.join("ngrams.bin"), table)?;
    Ok(())
}

/// Prints the perplexity of held-out text under the tables that the language crate holds.
pub fn evaluate(corpus: &Path) -> Result<()> {
    let counts = Counts::load();
    let (mut sum, mut tokens) = (0.0, 0);
    for line in corpus::read(corpus)?.held_out {
        let mut context = [EDGE, EDGE];
        for key in keys(&line).into_iter().chain([EDGE]) {
            sum += f64::from(counts.log_prob(context, key));
            tokens += 1;
            context = [context[1], key];
        }
    }
    println!("perplexity {:.1} over {tokens} tokens", (-sum / tokens as f64).exp());
    Ok(())
}

impl Following {
    fn add(&mut self, count: u32, rarest: u32) {
        self.total += count;
        if count >= rarest {
            self.kept += f64::from(count) - DISCOUNT;
        }
    }

    fn left_over(self) -> f64 {
        (1.0 - self.kept / f64::from(self.total.max(1))).max(1e-7)
    }

    fn probability(self, count: u32, rarest: u32, shorter: f64) -> f64 {
        let own = if count >= rarest { f64::from(count) - DISCOUNT } else { 0.0 };
        own / f64::from(self.total.max(1)) + self.left_over() * shorter
    }
}

fn keys(line: &str) -> Vec<u64> {
    let tokens = tokenise::tokens(line);
    tokens.iter().map(|t| counts::key(&line[t.span.clone()].to_lowercase(), t.kind)).collect()
}

/// Counts each word: in all, inside sentences, there with a capital.
fn count_words(line: &str, words: &mut HashMap<String, [u32; 3]>) {
    let mut inside = false;
    for token in tokenise::tokens(line) {
        let own = &line[token.span.clone()];
        match token.kind {
            Kind::Punctuation | Kind::Compound | Kind::Word => {
                let [all, within, capital] = words.entry(own.to_lowercase()).or_default();
                *all += 1;
                *within += u32::from(inside);
                *capital += u32::from(inside && own.starts_with(char::is_uppercase));
            }
            Kind::Number => {
                let year = own.len() == 4 && own.bytes().all(|b| b.is_ascii_digit());
                words.entry(if year { "!year" } else { "!number" }.into()).or_default()[0] += 1;
            }
            Kind::Opaque => {}
        }
        inside = !matches!(own, "." | "!" | "?" | ":");
    }
}

fn list(words: &HashMap<String, [u32; 3]>) -> String {
    let lexicon = Lexicon::load();
    let mut kept: Vec<(&String, &[u32; 3])> =
        words.iter().filter(|(_, [count, ..])| *count >= RAREST_WORD).collect();
    kept.sort_by_key(|(word, [count, ..])| (std::cmp::Reverse(*count), (*word).clone()));
    let mut list = String::new();
    for (word, [count, within, capital]) in kept {
        let tenths = (capital * 10 + within / 2) / (*within).max(1);
        let known = u8::from(lexicon.facts(word).has(Facts::KNOWN));
        let _ = writeln!(list, "{word}\t{count}\t{tenths}\t{known}");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use lexilingo_language::hash;

    #[test]
    fn the_probabilities_after_a_context_add_up_to_one() {
        let mut following = Following::default();
        [5, 3, 1, 1].into_iter().for_each(|count| following.add(count, 2));
        let shorter = [0.4, 0.3, 0.2, 0.1];
        let sum: f64 = [5, 3, 1, 1]
            .into_iter()
            .zip(shorter)
            .map(|(count, shorter)| following.probability(count, 2, shorter))
            .sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn contractions_are_one_word_and_numbers_are_alike() {
        assert_eq!(keys("I don't have 5 .")[1], hash::word("don't"));
        assert_eq!(keys("5 cats"), [hash::word("!number"), hash::word("cats")]);
    }
}
