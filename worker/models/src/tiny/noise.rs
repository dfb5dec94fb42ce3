//! Random numbers that are the same on every machine and in every release: weights of files that tests compare.

/// SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Self {
        Noise(seed)
    }

    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One number with mean 0 and standard deviation `deviation`: the sum of four uniform ones, which needs no function
    /// whose last digit differs between machines.
    pub fn weight(&mut self, deviation: f32) -> f32 {
        let bits = self.bits();
        let sum: u64 = (0..4).map(|part| (bits >> (16 * part)) & 0xffff).sum();
        let uniform = sum as f32 / 65535.0 - 2.0;
        // Four uniform numbers in 0..1 have a variance of 4/12.
        uniform * 1.732_050_8 * deviation
    }

    pub fn weights(&mut self, count: usize, deviation: f32) -> Vec<f32> {
        (0..count).map(|_| self.weight(deviation)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_have_the_deviation_that_was_asked_for_and_repeat() {
        let weights = Noise::new(1).weights(40_000, 0.5);
        let variance = weights.iter().map(|w| w * w).sum::<f32>() / weights.len() as f32;
        assert!((variance.sqrt() - 0.5).abs() < 0.01, "{variance}");
        assert_eq!(weights[..8], Noise::new(1).weights(8, 0.5)[..]);
    }
}
