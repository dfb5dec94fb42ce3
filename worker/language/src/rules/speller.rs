//! Candidates for a word that is in no dictionary, from the learners' list and its inflected forms.

use crate::{analysis::Lexicon, vocabulary::levels::Part};
use std::collections::HashMap;

/// The words that a misspelling may have been meant for.
pub struct Speller {
    by_first_letter: HashMap<u8, Vec<Candidate>>,
}

struct Candidate {
    word: String,
    /// Which letters occur, a bit each.
    letters: u32,
    /// 0.0 for A1 to 0.3 for B2, more for inflected forms: rarer words need to be nearer.
    rarity: f32,
}

/// A word that was probably meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    pub word: String,
    pub confidence: f64,
}

/// Longest word that is compared, in bytes.
const LONGEST: usize = 24;

impl Speller {
    pub fn new(lexicon: &Lexicon) -> Speller {
        let mut by_first_letter: HashMap<u8, Vec<Candidate>> = HashMap::new();
        for (word, rarity) in vocabulary(lexicon) {
            let candidate = Candidate { letters: letters(&word), word, rarity };
            by_first_letter.entry(candidate.word.as_bytes()[0]).or_default().push(candidate);
        }
        Speller { by_first_letter }
    }

    /// The nearest word, where it is near enough for the word's length and clearly nearer than any other.
    pub fn suggest(&self, word: &str) -> Option<Suggestion> {
        let bytes = word.as_bytes();
        if !(3..=LONGEST).contains(&bytes.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let limit = limit_for(bytes.len());
        let mask = letters(word);
        let mut best: [Option<(f32, &str)>; 2] = [None, None];
        // A first letter is rarely wrong; it may be missing or have changed places with the second.
        let mut heads: Vec<u8> = bytes[..2].to_vec();
        if is_vowel(bytes[0]) {
            heads.extend(b"aeiou");
        }
        heads.sort_unstable();
        heads.dedup();
        for candidate in heads.iter().filter_map(|head| self.by_first_letter.get(head)).flatten() {
            let apart = candidate.word.len().abs_diff(bytes.len());
            if apart > 2 || (candidate.letters ^ mask).count_ones() > 4 {
                continue;
            }
            let cost = distance(bytes, candidate.word.as_bytes());
            if cost > limit {
                continue;
            }
            let cost = cost + candidate.rarity;
            if cost > limit + 0.15 {
                continue;
            }
            if best[0].is_none_or(|(least, _)| cost < least) {
                best = [Some((cost, &candidate.word)), best[0]];
            } else if best[1].is_none_or(|(second, _)| cost < second) {
                best[1] = Some((cost, &candidate.word));
            }
        }
        let (cost, meant) = best[0]?;
        let margin = best[1].map_or(1.0, |(second, _)| second - cost);
        let confidence = (0.97 - 0.12 * f64::from(cost) - if margin < 0.3 { 0.15 } else { 0.0 })
            .clamp(0.5, 0.97);
        (margin >= if bytes.len() <= 5 { 0.2 } else { 0.1 })
            .then(|| Suggestion { word: meant.to_owned(), confidence })
    }
}

/// Greatest cost of a correction, by the length of what was written.
fn limit_for(length: usize) -> f32 {
    match length {
        0..=3 => 0.6,
        4 => 1.0,
        5 | 6 => 1.3,
        7..=9 => 1.7,
        _ => 2.1,
    }
}

fn vocabulary(lexicon: &Lexicon) -> HashMap<String, f32> {
    let mut words: HashMap<String, f32> = HashMap::new();
    let mut add = |word: String, rarity: f32| {
        if word.len() >= 2 && word.len() <= LONGEST && word.bytes().all(|b| b.is_ascii_lowercase())
        {
            let least = words.entry(word).or_insert(rarity);
            *least = least.min(rarity);
        }
    };
    for (lemma, level) in lexicon.levels.lemmas() {
        let rarity = 0.1 * level as u8 as f32;
        add(lemma.to_owned(), rarity);
        let rarity = rarity + 0.06;
        if lexicon.levels.lists(lemma, Part::Verb) {
            add(lexicon.third(lemma), rarity);
            lexicon.past(lemma).into_iter().for_each(|past| add(past, rarity));
            lexicon.ing(lemma).into_iter().for_each(|ing| add(ing, rarity));
        }
        if lexicon.levels.lists(lemma, Part::Noun) {
            lexicon
                .plural(lemma)
                .into_iter()
                .filter(|plural| plural != "peoples")
                .for_each(|plural| add(plural, rarity));
        }
    }
    words
}

fn letters(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, b| mask | 1 << (b - b'a'))
}

/// Damerau's distance with the slips of learners made cheaper: doubled letters, vowels, letters that change places.
fn distance(a: &[u8], b: &[u8]) -> f32 {
    let mut rows = [[0.0_f32; LONGEST + 3]; 3];
    for j in 1..=b.len() {
        rows[0][j] = rows[0][j - 1] + gap(b, j - 1);
    }
    for i in 1..=a.len() {
        let (now, last, before) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        rows[now][0] = rows[last][0] + gap(a, i - 1);
        for j in 1..=b.len() {
            let kept = rows[last][j - 1] + substitution(a[i - 1], b[j - 1], i == 1 && j == 1);
            let dropped = rows[last][j] + gap(a, i - 1);
            let added = rows[now][j - 1] + gap(b, j - 1);
            let mut least = kept.min(dropped).min(added);
            if i > 1
                && j > 1
                && a[i - 1] == b[j - 2]
                && a[i - 2] == b[j - 1]
                && a[i - 1] != a[i - 2]
            {
                least = least.min(rows[before][j - 2] + 0.6);
            }
            rows[now][j] = least;
        }
    }
    rows[a.len() % 3][b.len()]
}

/// Cost of a letter that the other word lacks.
fn gap(word: &[u8], at: usize) -> f32 {
    let doubled = at > 0 && word[at - 1] == word[at];
    match () {
        () if doubled => 0.5,
        () if at == 0 => 1.5,
        // `wich`, `shcool`: an h that changes no sound.
        () if word[at] == b'h' && b"wctgrs".contains(&word[at - 1]) => 0.6,
        () if word[at] == b'e' && at + 1 == word.len() => 0.65,
        () if is_vowel(word[at]) => 0.85,
        () => 1.0,
    }
}

fn substitution(a: u8, b: u8, first: bool) -> f32 {
    let near = [(b'c', b'k'), (b'c', b's'), (b's', b'z'), (b'i', b'y'), (b'f', b'p'), (b'd', b't')];
    match () {
        () if a == b => 0.0,
        () if first && is_vowel(a) && is_vowel(b) => 0.9,
        () if first => 1.8,
        () if is_vowel(a) && is_vowel(b) => 0.75,
        () if near.contains(&(a, b)) || near.contains(&(b, a)) => 0.85,
        () => 1.05,
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_slips_are_put_right() {
        let speller = Speller::new(&Lexicon::load());
        for (wrong, right) in [
            ("recieve", "receive"),
            ("freind", "friend"),
            ("beautifull", "beautiful"),
            ("enviroment", "environment"),
            ("becuase", "because"),
            ("tommorow", "tomorrow"),
            ("goverment", "government"),
            ("teh", "the"),
            ("definately", "definitely"),
            ("diffrent", "different"),
            ("knowlege", "knowledge"),
        ] {
            assert_eq!(speller.suggest(wrong).map(|s| s.word).as_deref(), Some(right), "{wrong}");
        }
    }

    #[test]
    fn far_words_get_no_suggestion() {
        let speller = Speller::new(&Lexicon::load());
        for word in ["prokaryotes", "xyzzy", "barograph", "qq", "bipedalism", "ơi", ""] {
            assert_eq!(speller.suggest(word), None, "{word}");
        }
    }
}
