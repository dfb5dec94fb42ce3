//! Readability: the Flesch–Kincaid grade (Kincaid et al. 1975) and the Coleman–Liau index (1975), both in school years
//! of the United States. Flesch–Kincaid counts syllables, Coleman–Liau letters.

/// What the formulas are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub sentences: usize,
    pub words: usize,
    pub syllables: usize,
    pub letters: usize,
}

impl Counts {
    /// Adds one word; letters are counted without its marks.
    pub fn add_word(&mut self, word: &str) {
        self.words += 1;
        self.syllables += syllables(word);
        self.letters += word.chars().filter(|c| c.is_alphanumeric()).count();
    }
}

/// `0.39 · words/sentences + 11.8 · syllables/words − 15.59`. None where there is no word.
pub fn flesch_kincaid(counts: &Counts) -> Option<f64> {
    let (sentences, words) = (nonzero(counts.sentences)?, nonzero(counts.words)?);
    Some(0.39 * words / sentences + 11.8 * counts.syllables as f64 / words - 15.59)
}

/// `0.0588 · L − 0.296 · S − 15.8` with letters and sentences per 100 words. None where there is no word.
pub fn coleman_liau(counts: &Counts) -> Option<f64> {
    let (sentences, words) = (nonzero(counts.sentences)?, nonzero(counts.words)?);
    let letters = counts.letters as f64 / words * 100.0;
    Some(0.0588 * letters - 0.296 * sentences / words * 100.0 - 15.8)
}

fn nonzero(count: usize) -> Option<f64> {
    (count > 0).then_some(count as f64)
}

/// Syllables of an English word by its spelling: groups of vowels, without a silent final e or ed. At least one.
pub fn syllables(word: &str) -> usize {
    let letters: Vec<char> =
        word.to_lowercase().chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut last = false;
    for (i, letter) in letters.iter().enumerate() {
        let now = vowel(*letter);
        let apart = i > 0
            && matches!(
                (letters[i - 1], *letter),
                ('i', 'a') | ('i', 'o') | ('e', 'o') | ('u', 'a')
            )
            // `people` has one syllable where `video` has two.
            && (letters[i - 1] != 'e' || i + 1 == letters.len())
            && !letters[..i].ends_with(&['t', 'i'])
            && !letters[..i].ends_with(&['s', 'i'])
            && !letters[..i].ends_with(&['c', 'i'])
            && !letters[..i].ends_with(&['q', 'u'])
            && !letters[..i].ends_with(&['g', 'u']);
        count += usize::from(now && (!last || apart));
        last = now;
    }
    let ends = |end: &str| letters.iter().collect::<String>().ends_with(end);
    let consonant_before = |at: usize| {
        letters.len().checked_sub(at).and_then(|i| letters.get(i)).is_some_and(|c| !vowel(*c))
    };
    let silent_e = ends("e") && consonant_before(2) && !(ends("le") && consonant_before(3));
    let silent_ed = ends("ed") && consonant_before(3) && !ends("ted") && !ends("ded");
    let silent_es = ends("es")
        && consonant_before(3)
        && !["ses", "zes", "xes", "ces", "ges", "ches", "shes", "les"].iter().any(|end| ends(end));
    let silent = usize::from(silent_e || silent_ed || silent_es);
    (count - silent.min(count)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{prop_assert, proptest};

    #[test]
    fn syllables_are_counted_by_spelling() {
        for (word, count) in [
            ("cat", 1),
            ("make", 1),
            ("table", 2),
            ("walked", 1),
            ("wanted", 2),
            ("beautiful", 3),
            ("nation", 2),
            ("radio", 3),
            ("video", 3),
            ("houses", 2),
            ("makes", 1),
            ("the", 1),
            ("environment", 4),
            ("people", 2),
            ("Vietnamese", 3),
            ("hmm", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn formulas_give_their_published_values() {
        // 100 words in 5 sentences, 150 syllables, 450 letters.
        let counts = Counts { sentences: 5, words: 100, syllables: 150, letters: 450 };
        assert!((flesch_kincaid(&counts).unwrap() - 9.91).abs() < 1e-9);
        assert!((coleman_liau(&counts).unwrap() - 9.18).abs() < 1e-9);
        assert_eq!(flesch_kincaid(&Counts::default()), None);
    }

    proptest! {
        #[test]
        fn every_word_has_a_syllable_and_no_more_than_letters(word in "\\PC{1,40}") {
            let count = syllables(&word);
            prop_assert!(count >= 1 && count <= word.chars().count());
        }
    }
}
