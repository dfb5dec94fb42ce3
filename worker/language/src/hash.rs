//! The hash that the statistical tables are addressed with. It is part of their format: a change makes them useless.

/// FNV-1a over the bytes, then mixed: the key of a word (lower case, straight apostrophe).
pub fn word(word: &str) -> u64 {
    let fnv = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv, 0x4d)
}

/// One key from two; the order matters.
#[inline]
pub fn mix(a: u64, b: u64) -> u64 {
    let x = (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 29)
}

/// The upper `bits` (1..=32) of a key, spread again: a place in a table of `1 << bits`.
#[inline]
pub fn slot(key: u64, bits: u32) -> usize {
    (key.wrapping_mul(0xd6e8_feb8_6659_fd93) >> (64 - bits)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_keep_their_addresses() {
        // Tables that were written before stay readable: these values never change.
        assert_eq!(word("the"), 0);
        assert_eq!(slot(mix(word("the"), word("cat")), 16), 0);
    }

    #[test]
    fn order_matters() {
        assert_ne!(mix(1, 2), mix(2, 1));
    }
}
