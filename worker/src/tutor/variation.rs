//! Choosing between ways to say the same, so that two replies seldom read alike and one request is always answered the
//! same.

use lexilingo_shared::digest;

/// Where the choices of one reply come from.
#[derive(Debug, Clone)]
pub struct Variation(String);

impl Variation {
    pub fn of(text: &str, session: &str, turn: u32) -> Variation {
        Variation(digest::of_parts(&[text, session, &turn.to_string()]))
    }

    /// One of `all`; `salt` (0..=15) tells apart the choices of one reply. `all` must not be empty.
    pub fn pick<'a, T: ?Sized>(&self, salt: usize, all: &[&'a T]) -> &'a T {
        all[self.number(salt) % all.len()]
    }

    /// A number in 0..=65535 that is as good as random.
    pub fn number(&self, salt: usize) -> usize {
        let digits = self.0.chars().skip(salt * 4).take(4).filter_map(|digit| digit.to_digit(16));
        digits.fold(0, |number, digit| number * 16 + digit as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn one_request_is_always_answered_the_same() {
        let of = |text, session, turn| Variation::of(text, session, turn).number(0);
        assert_eq!(of("a", "s", 1), of("a", "s", 1));
        assert!(of("a", "s", 1) != of("b", "s", 1) && of("a", "s", 1) != of("a", "s", 2));
    }

    #[test]
    fn every_way_is_taken_by_some_text_and_choices_differ() {
        let texts: Vec<String> = (0..200).map(|n| n.to_string()).collect();
        let picks = |salt| -> Vec<&str> {
            let all = ["a", "b", "c", "d", "e"];
            texts.iter().map(|text| Variation::of(text, "s", 1).pick(salt, &all)).collect()
        };
        assert_eq!(picks(0).into_iter().collect::<HashSet<_>>().len(), 5);
        assert_ne!(picks(0), picks(15));
    }
}
