//! A hashed table of log probabilities, four bytes an entry, read in place.
//!
//! Open addressing: an entry is the key's upper 24 bits and a byte `b` that stands for `-b / STEPS`; zero is an empty
//! place. A key that was never stored is taken for another's in about one look-up of a million.

/// Steps a natural log unit is divided into.
const STEPS: f32 = 14.0;

static EMBEDDED: &[u8] = include_bytes!("../../data/ngrams.bin");

pub struct Table {
    bytes: &'static [u8],
}

impl Table {
    pub fn embedded() -> Table {
        Table { bytes: EMBEDDED }
    }

    pub fn get(&self, key: u64) -> Option<f32> {
        let places = self.bytes.len() / 4;
        let (mut place, print) = (place(key, places), fingerprint(key));
        // The table always has empty places, so that the search ends; the bound is for a damaged one.
        for _ in 0..places {
            let entry = self.bytes.get(place * 4..place * 4 + 4)?;
            if entry == [0; 4] {
                return None;
            }
            if entry[..3] == print {
                return Some(-f32::from(entry[3]) / STEPS);
            }
            place = if place + 1 == places { 0 } else { place + 1 };
        }
        None
    }
}

/// Writes a table that is three quarters full. `entries` are keys with natural log probabilities, at most 0.
pub fn encode(entries: &[(u64, f32)]) -> Vec<u8> {
    let places = entries.len() * 4 / 3 + 1;
    let mut bytes = vec![0; places * 4];
    for (key, value) in entries {
        let mut place = place(*key, places);
        while bytes[place * 4..place * 4 + 4] != [0; 4] {
            place = if place + 1 == places { 0 } else { place + 1 };
        }
        let [a, b, c] = fingerprint(*key);
        let value = (-value * STEPS).round().clamp(0.0, 255.0) as u8;
        bytes[place * 4..place * 4 + 4].copy_from_slice(&[a, b, c, value]);
    }
    bytes
}

fn place(key: u64, places: usize) -> usize {
    let spread = key.wrapping_mul(0xd6e8_feb8_6659_fd93);
    ((u128::from(spread) * places as u128) >> 64) as usize
}

/// Never zero, so that no entry looks empty.
fn fingerprint(key: u64) -> [u8; 3] {
    let [a, b, c, ..] = key.to_le_bytes();
    if [a, b, c] == [0; 3] { [1, 0, 0] } else { [a, b, c] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let entries: Vec<(u64, f32)> =
            (0..2_000).map(|i| (hash::mix(i, 5), -(i as f32 % 18.0))).collect();
        let table = Table { bytes: encode(&entries).leak() };
        for (key, value) in &entries {
            assert!((table.get(*key).expect("stored") - value).abs() < 0.05);
        }
        let ghosts = (2_000..52_000).filter(|i| table.get(hash::mix(*i, 5)).is_some()).count();
        assert!(ghosts < 5, "{ghosts}");
        assert_eq!(Table { bytes: &[] }.get(3), None);
    }
}
