//! The tagger's weights from a treebank in CoNLL-U.

use crate::random::Random;
use anyhow::{Context, Result};
use lexilingo_language::{
    analysis::{
        Lexicon,
        sentence::Sentence,
        tag::{Tag, TokenView},
    },
    tagger::{ROW_BITS, Tagger, best, features, row},
};
use std::{fs, ops::Range, path::Path, time::Instant};

const EPOCHS: usize = 6;
const TAGS: usize = Tag::ALL.len();

/// A sentence of the treebank in our tokens.
struct Example {
    features: features::Sentence,
    gold: Vec<Tag>,
}

/// Trains on one file and writes the weights.
pub fn train(treebank: &Path, out: &Path) -> Result<()> {
    let lexicon = Lexicon::load();
    let examples = examples(treebank, &lexicon)?;
    println!("{} sentences", examples.len());
    let mut weights = vec![0_f32; TAGS << ROW_BITS];
    // Sums of updates times the step at which they were made: what averaging needs.
    let mut sums = vec![0_f64; TAGS << ROW_BITS];
    let mut step = 1.0;
    let mut random = Random::new(7);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut wrong = 0;
        for &i in &order {
            let example = &examples[i];
            let (mut last, mut second) = (features::START, features::START);
            for (at, gold) in example.gold.iter().enumerate() {
                let keys = example.features.features(at, last, second);
                let mut scores = [0_f32; TAGS];
                for key in keys {
                    let start = row(key);
                    for (score, weight) in scores.iter_mut().zip(&weights[start..start + TAGS]) {
                        *score += weight;
                    }
                }
                let guess = best(&scores);
                let gold = *gold as usize;
                if guess != gold {
                    wrong += 1;
                    for key in keys {
                        let start = row(key);
                        weights[start + gold] += 1.0;
                        sums[start + gold] += step;
                        weights[start + guess] -= 1.0;
                        sums[start + guess] -= step;
                    }
                }
                step += 1.0;
                (second, last) = (last, guess as u64);
            }
        }
        println!("epoch {epoch}: {wrong} wrong");
    }
    for (weight, sum) in weights.iter_mut().zip(&sums) {
        *weight -= (sum / step) as f32;
    }
    fs::write(out, quantised(&weights)).with_context(|| format!("writing {}", out.display()))
}

/// Signed bytes; the few greatest weights are cut so that the many small ones keep their differences.
fn quantised(weights: &[f32]) -> Vec<u8> {
    let mut sizes: Vec<f32> = weights.iter().map(|w| w.abs()).filter(|w| *w > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let greatest = sizes.get(sizes.len() * 9_995 / 10_000).copied().unwrap_or(1.0);
    let byte = |w: &f32| (w * 127.0 / greatest).round().clamp(-127.0, 127.0) as i8 as u8;
    weights.iter().map(byte).collect()
}

/// Prints the share of rightly tagged tokens and the speed of the weights that the language crate holds.
pub fn evaluate(treebank: &Path) -> Result<()> {
    let lexicon = Lexicon::load();
    let text = fs::read_to_string(treebank)?;
    let (mut right, mut all, mut seconds) = (0, 0, 0.0);
    for (tokens, text) in blocks(&text) {
        let plain = unquoted(text);
        let sentence = Sentence::new(&plain, &lexicon);
        let views: Vec<TokenView> = sentence.tokens.iter().map(|t| t.view(&plain)).collect();
        let Some(gold) = aligned(&sentence, &tokens, text) else { continue };
        let start = Instant::now();
        let tags = Tagger.tag(&views);
        seconds += start.elapsed().as_secs_f64();
        all += gold.len();
        right += tags.iter().zip(&gold).filter(|(a, b)| a == b).count();
    }
    println!("{:.2} % of {all} tokens", 100.0 * right as f64 / all as f64);
    println!("{:.0} tokens/s", all as f64 / seconds);
    Ok(())
}

fn examples(treebank: &Path, lexicon: &Lexicon) -> Result<Vec<Example>> {
    let text = fs::read_to_string(treebank)
        .with_context(|| format!("reading {}", treebank.display()))?;
    let mut examples = Vec::new();
    for (tokens, text) in blocks(&text) {
        let plain = unquoted(text);
        let sentence = Sentence::new(&plain, lexicon);
        let views: Vec<TokenView> = sentence.tokens.iter().map(|t| t.view(&plain)).collect();
        let features = features::Sentence::new(&views);
        examples.extend(aligned(&sentence, &tokens, text).map(|gold| Example { features, gold }));
    }
    Ok(examples)
}

/// Form and tag of each token of a sentence with its text.
fn blocks(treebank: &str) -> impl Iterator<Item = (Vec<(&str, &str)>, &str)> {
    treebank.split("\n\n").flat_map(|block| block.split("\n# newdoc")).filter_map(|block| {
        let text = block.lines().find_map(|line| line.strip_prefix("# text = "))?;
        let rows = block.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        let tokens = rows.filter_map(|row| {
            let mut columns = row.split('\t');
            let id = columns.next()?;
            let form = columns.next()?;
            let tag = columns.nth(2)?;
            (!id.contains(['-', '.'])).then_some((form, tag))
        });
        Some((tokens.collect(), text))
    })
}

/// Quotations are opaque to our tokeniser; without their marks they are text like any other. Offsets stay.
fn unquoted(text: &str) -> String {
    text.replace('"', " ")
}

/// The treebank's tag for each of our tokens: of the part that a contraction begins with, of the last part of a
/// compound. None where the two do not cover the same text.
fn aligned(sentence: &Sentence, tokens: &[(&str, &str)], text: &str) -> Option<Vec<Tag>> {
    let mut spans: Vec<(Range<usize>, &str)> = Vec::new();
    let mut at = 0;
    for (form, tag) in tokens {
        let start = at + text[at..].find(form)?;
        spans.push((start..start + form.len(), tag));
        at = start + form.len();
    }
    sentence
        .tokens
        .iter()
        .map(|token| {
            let inside = |span: &Range<usize>| {
                span.start < token.span.end && token.span.start < span.end
            };
            let mut parts = spans.iter().filter(|(span, _)| inside(span)).map(|(_, tag)| *tag);
            let first = parts.next()?;
            let tag = if token.lower.contains('-') { parts.last().unwrap_or(first) } else { first };
            // The treebank tells the preposition from the mark of the infinitive; Penn's tag set does not.
            if token.lower == "to" { Some(Tag::To) } else { tag_of(tag) }
        })
        .collect()
}

fn tag_of(written: &str) -> Option<Tag> {
    match written {
        "HYPH" | "NFP" => Some(Tag::Colon),
        "ADD" => Some(Tag::Nnp),
        "AFX" => Some(Tag::Jj),
        "GW" | "XX" => Some(Tag::Fw),
        tag => Tag::parse(tag),
    }
}
