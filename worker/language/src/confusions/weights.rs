//! The classifiers' weights: a table of signed bytes, read in place. The weights of a feature's labels lie together.

use crate::{confusions::Slot, hash};

/// The table has `1 << BITS` places.
pub const BITS: u32 = 23;
/// What one unit of a byte stands for.
pub const UNIT: f32 = 1.0 / 40.0;

static EMBEDDED: &[u8; 1 << BITS] = include_bytes!("../../data/confusions.bin");

/// Where the weights of a feature begin; labels are added, around the end.
#[inline]
pub fn place(feature: u64) -> usize {
    hash::slot(feature, BITS)
}

#[inline]
pub fn wrapped(place: usize) -> usize {
    place & ((1 << BITS) - 1)
}

/// Probability of each of the slot's labels, in their order; they add up to 1.
pub fn probabilities(slot: &Slot) -> Vec<f32> {
    let mut sums = vec![0_i32; slot.labels.len()];
    for feature in &slot.features {
        let start = place(*feature);
        for (sum, label) in sums.iter_mut().zip(slot.labels) {
            *sum += i32::from(EMBEDDED[wrapped(start + usize::from(*label))] as i8);
        }
    }
    softmax(sums.into_iter().map(|sum| sum as f32 * UNIT).collect())
}

/// Turns scores into probabilities.
pub fn softmax(mut scores: Vec<f32>) -> Vec<f32> {
    let greatest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|score| *score = (*score - greatest).exp());
    let sum: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
    scores
}
