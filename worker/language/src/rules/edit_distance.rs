//! How far a misspelling is from a word: Damerau's distance with the slips of learners made cheaper.

use std::sync::LazyLock;

/// Longest word that is compared, in bytes.
pub const LONGEST: usize = 24;

/// Letters that stand for the same or a near sound.
const NEAR_SOUNDS: &[[u8; 2]] = &[
    *b"ck", *b"cs", *b"sz", *b"iy", *b"fp", *b"dt", *b"gj", *b"fv", *b"mn", *b"ct", *b"sx", *b"kq",
];
const KEYBOARD: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];

/// What the cost of words that sound alike is multiplied with.
const ALIKE: f32 = 0.8;

/// Cost of writing `a` where `b` was meant, about 1 a letter; none when it is above `most`. Both are lower-case letters.
pub fn distance(a: &[u8], b: &[u8], most: f32) -> Option<f32> {
    if a.len().max(b.len()) > LONGEST {
        return None;
    }
    // A little more, so that rounding rejects nothing.
    let above = most / ALIKE + 1e-3;
    let (mut gaps_a, mut gaps_b) = ([0.0_f32; LONGEST], [0.0_f32; LONGEST]);
    (0..a.len()).for_each(|i| gaps_a[i] = gap(a, i));
    (0..b.len()).for_each(|j| gaps_b[j] = gap(b, j));
    let mut rows = [[0.0_f32; LONGEST + 1]; 3];
    for j in 1..=b.len() {
        rows[0][j] = rows[0][j - 1] + gaps_b[j - 1];
    }
    let mut last_least = 0.0;
    for i in 1..=a.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = rows[last][0] + gaps_a[i - 1];
        let mut row_least = rows[now][0];
        for j in 1..=b.len() {
            let first = if i == 1 && j == 1 { FIRST } else { 0.0 };
            let kept = rows[last][j - 1] + substitution(a[i - 1], b[j - 1], first);
            let dropped = rows[last][j] + gaps_a[i - 1];
            let added = rows[now][j - 1] + gaps_b[j - 1];
            let mut least = kept.min(dropped).min(added);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped && a[i - 1] != a[i - 2] {
                least = least.min(rows[before][j - 2] + 0.7);
            }
            rows[now][j] = least;
            row_least = least.min(row_least);
        }
        // A swap passes over one row, never over two.
        if row_least > above && last_least > above {
            return None;
        }
        last_least = row_least;
    }
    let cost = rows[a.len() % 3][b.len()];
    if cost > above {
        return None;
    }
    let cost = if sounds(a) == sounds(b) { cost * ALIKE } else { cost };
    (cost <= most).then_some(cost)
}

/// Cost of a letter that the other word lacks.
fn gap(word: &[u8], at: usize) -> f32 {
    let doubled = at > 0 && word[at - 1] == word[at];
    match () {
        () if doubled => 0.5,
        () if at == 0 => 1.9,
        // `wich`, `shcool`: an h that changes no sound.
        () if word[at] == b'h' && b"wctgrs".contains(&word[at - 1]) => 0.65,
        () if word[at] == b'e' && at + 1 == word.len() => 0.7,
        // The ending says what a word does in its sentence: "points" is no slip of "point".
        () if word[at] == b's' && at + 1 == word.len() => 1.1,
        () if is_vowel(word[at]) => 0.85,
        // One of several consonants is easily lost: "contruction".
        () if at > 0
            && at + 1 < word.len()
            && !is_vowel(word[at - 1])
            && !is_vowel(word[at + 1]) =>
        {
            0.8
        }
        () => 1.0,
    }
}

/// What a wrong first letter costs more.
const FIRST: f32 = 0.7;

fn substitution(a: u8, b: u8, first: f32) -> f32 {
    let place = |letter: u8| usize::from(letter.wrapping_sub(b'a'));
    let known = SUBSTITUTIONS.get(place(a)).and_then(|row| row.get(place(b)));
    let cost = known.copied().unwrap_or(OTHER);
    if a == b {
        0.0
    } else if is_vowel(a) && is_vowel(b) {
        cost + first * 0.3
    } else {
        cost + first
    }
}

/// Cost of a letter in the place of one that has nothing to do with it.
const OTHER: f32 = 1.2;

/// By the letter that was written, then by the one that was meant.
static SUBSTITUTIONS: LazyLock<[[f32; 26]; 26]> = LazyLock::new(|| {
    std::array::from_fn(|a| std::array::from_fn(|b| of_letters(b'a' + a as u8, b'a' + b as u8)))
});

fn of_letters(a: u8, b: u8) -> f32 {
    let near = NEAR_SOUNDS.iter().any(|pair| *pair == [a, b] || *pair == [b, a]);
    match () {
        () if is_vowel(a) && is_vowel(b) => 0.75,
        () if near => 0.85,
        () if neighbours(a, b) => 1.0,
        () => OTHER,
    }
}

/// True for letters beside each other on a keyboard.
fn neighbours(a: u8, b: u8) -> bool {
    KEYBOARD.iter().any(|row| row.windows(2).any(|pair| pair == [a, b] || pair == [b, a]))
}

/// One number for the letters that stand for one sound, vowels alike.
pub fn sounds_like(letter: u8) -> u8 {
    match letter {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => 0,
        b'c' | b'k' | b'q' | b's' | b'x' | b'z' => 1,
        b'f' | b'p' | b'v' => 2,
        b'g' | b'j' => 3,
        letter => letter,
    }
}

/// The consonants as they sound, a nibble each: letters for one sound alike, doubled ones once, vowels only in front.
fn sounds(word: &[u8]) -> u128 {
    let mut key = 0_u128;
    let mut last = 0;
    for (i, letter) in word.iter().enumerate() {
        let next = word.get(i + 1).copied().unwrap_or(0);
        let front = b"eiy".contains(&next);
        let sound = match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => u8::from(i == 0),
            b'h' | b'w' => 0,
            b'c' | b's' | b't' if next == b'h' => 2,
            b'c' if front => 3,
            b's' | b'z' => 3,
            b'c' | b'k' | b'q' | b'x' => 4,
            b'g' if front => 5,
            b'j' => 5,
            b'g' => 6,
            b'p' if next == b'h' => 7,
            b'f' | b'v' => 7,
            b'p' | b'b' => 8,
            b't' | b'd' => 9,
            b'l' => 10,
            b'm' => 11,
            b'n' => 12,
            b'r' => 13,
            _ => 14,
        };
        if sound != 0 && sound != last {
            key = key << 4 | u128::from(sound);
        }
        last = sound;
    }
    key
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cost(a: &str, b: &str) -> f32 {
        distance(a.as_bytes(), b.as_bytes(), f32::INFINITY).unwrap()
    }

    #[test]
    fn slips_of_learners_cost_less_than_other_changes() {
        assert!(cost("recieve", "receive") < cost("rexeive", "receive"));
        assert!(cost("tommorow", "tomorrow") < cost("tomorrop", "tomorrow"));
        assert!(cost("wich", "which") < cost("wich", "rich"));
        assert!(cost("fisical", "physical") < cost("fisical", "musical") + 0.5);
        assert!(cost("hause", "house") < cost("hause", "pause"));
    }

    proptest! {
        #[test]
        fn equal_words_cost_nothing_and_others_something(
            a in "[a-z]{1,24}",
            b in "[a-z]{1,24}",
        ) {
            prop_assert_eq!(cost(&a, &a), 0.0);
            prop_assert!(a == b || cost(&a, &b) > 0.0);
        }

        #[test]
        fn a_bound_leaves_out_what_costs_more_and_nothing_else(
            a in "[abch]{1,8}",
            b in "[abch]{1,8}",
            most in 0.1_f32..6.0,
        ) {
            let whole = cost(&a, &b);
            let bounded = distance(a.as_bytes(), b.as_bytes(), most);
            prop_assert_eq!(bounded, (whole <= most).then_some(whole));
        }
    }
}
