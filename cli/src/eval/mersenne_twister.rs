//! MT19937 (Matsumoto and Nishimura 1998), seeded as Python's `random` does it: the published GLEU draws its references
//! by that generator, and figures compare only when ours does too.

const N: usize = 624;
const M: usize = 397;

pub struct MersenneTwister {
    state: [u32; N],
    at: usize,
}

impl MersenneTwister {
    pub fn new(seed: u32) -> Self {
        let mut twister = MersenneTwister { state: [0; N], at: N };
        twister.fill(19_650_218);
        let state = &mut twister.state;
        let mixed = |state: &[u32; N], i: usize, factor: u32| {
            state[i] ^ (state[i - 1] ^ (state[i - 1] >> 30)).wrapping_mul(factor)
        };
        let mut i = 1;
        let step = |state: &mut [u32; N], i: usize| {
            if i + 1 >= N {
                state[0] = state[N - 1];
                1
            } else {
                i + 1
            }
        };
        for _ in 0..N {
            state[i] = mixed(state, i, 1_664_525).wrapping_add(seed);
            i = step(state, i);
        }
        for _ in 0..N - 1 {
            state[i] = mixed(state, i, 1_566_083_941).wrapping_sub(i as u32);
            i = step(state, i);
        }
        state[0] = 0x8000_0000;
        twister
    }

    fn fill(&mut self, seed: u32) {
        self.state[0] = seed;
        for i in 1..N {
            let before = self.state[i - 1];
            self.state[i] =
                1_812_433_253u32.wrapping_mul(before ^ (before >> 30)).wrapping_add(i as u32);
        }
    }

    fn next(&mut self) -> u32 {
        if self.at >= N {
            for i in 0..N {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
            }
            self.at = 0;
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A number below `bound`, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        let bits = usize::BITS - bound.leading_zeros();
        loop {
            let drawn = (self.next() >> (32 - bits.clamp(1, 32))) as usize;
            if drawn < bound {
                return drawn;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_draws_what_pythons_random_draws() {
        // random.seed(101); [random.randint(0, 3) for _ in range(12)]
        let mut twister = MersenneTwister::new(101);
        let drawn: Vec<usize> = (0..12).map(|_| twister.below(4)).collect();
        assert_eq!(drawn, PYTHON);
    }

    const PYTHON: [usize; 12] = [1, 2, 3, 0, 1, 1, 2, 3, 1, 2, 3, 0];
}
