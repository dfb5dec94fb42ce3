//! A fixed piece of work, timed beside every run: it tells a slow machine from a slow program.

use sha2::{Digest, Sha256};
use std::time::Instant;

const BYTES: usize = 1 << 20;
const ROUNDS: u8 = 32;

/// Milliseconds that hashing 32 MiB takes on one thread.
pub fn millis() -> f64 {
    let block = vec![7_u8; BYTES];
    let begun = Instant::now();
    let mut digest = Sha256::new();
    for round in 0..ROUNDS {
        digest.update([round]);
        digest.update(&block);
    }
    std::hint::black_box(digest.finalize());
    begun.elapsed().as_secs_f64() * 1000.0
}
