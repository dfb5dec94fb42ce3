//! Part-of-speech tags by an averaged perceptron (Collins 2002), read from a table of small weights in place.
//!
//! `lexilingo-train tagger` makes the table (`worker/training/README.md`).

pub mod features;

use crate::{
    analysis::tag::{Tag, TokenView},
    hash,
};
use features::{START, Sentence};

/// Weights for every tag in a row per feature key: `1 << ROW_BITS` rows of one signed byte a tag.
pub const ROW_BITS: u32 = 16;

static WEIGHTS: &[u8; (1 << ROW_BITS) * Tag::ALL.len()] = include_bytes!("../../data/tagger-ewt.bin");

/// Gives every token its part of speech.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tagger;

impl Tagger {
    /// One tag for each token, in order. Cost is linear in the number of tokens.
    pub fn tag(&self, tokens: &[TokenView]) -> Vec<Tag> {
        let sentence = Sentence::new(tokens);
        let mut tags = Vec::with_capacity(tokens.len());
        let (mut last, mut second) = (START, START);
        for i in 0..sentence.len() {
            let mut scores = [0_i32; Tag::ALL.len()];
            for key in sentence.features(i, last, second) {
                let start = row(key);
                let weights = &WEIGHTS[start..start + Tag::ALL.len()];
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += i32::from(*weight as i8);
                }
            }
            let best = best(&scores);
            tags.push(Tag::ALL[best]);
            (second, last) = (last, best as u64);
        }
        tags
    }
}

/// Where the weights of a feature begin.
#[inline]
pub fn row(key: u64) -> usize {
    hash::slot(key, ROW_BITS) * Tag::ALL.len()
}

/// The place of the greatest score; of equal ones the first.
pub fn best<T: PartialOrd + Copy>(scores: &[T]) -> usize {
    let mut best = 0;
    for i in 1..scores.len() {
        if scores[i] > scores[best] {
            best = i;
        }
    }
    best
}
