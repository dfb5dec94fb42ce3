//! Comparatives, superlatives and adverbs made of an adjective.

use crate::analysis::{Lexicon, inflect};

/// Short adjectives that take `more` all the same.
const WITH_MORE: &str =
    "fun real right wrong bored tired like ill just alone afraid famous careful useful";
/// Adjectives of two syllables that take the ending.
const WITH_ENDING: &str = "clever narrow quiet simple gentle shallow";

/// `taller`, `happier`, `better`, `more beautiful`.
pub fn comparative(lexicon: &Lexicon, adjective: &str) -> String {
    graded(lexicon, adjective, "er", "more")
}

/// `tallest`, `happiest`, `best`, `most beautiful`.
pub fn superlative(lexicon: &Lexicon, adjective: &str) -> String {
    graded(lexicon, adjective, "est", "most")
}

/// True where the comparative is made by an ending, or irregular.
pub fn is_short(lexicon: &Lexicon, adjective: &str) -> bool {
    !comparative(lexicon, adjective).contains(' ')
}

fn graded(lexicon: &Lexicon, adjective: &str, ending: &str, mark: &str) -> String {
    let irregular = match (adjective, ending) {
        ("good", "er") => Some("better"),
        ("good", _) => Some("best"),
        ("bad", "er") => Some("worse"),
        ("bad", _) => Some("worst"),
        ("far", "er") => Some("farther"),
        ("far", _) => Some("farthest"),
        _ => None,
    };
    if let Some(form) = irregular {
        return form.to_owned();
    }
    let listed = |list: &str| list.split(' ').any(|word| word == adjective);
    let count = syllables(adjective);
    let short = !listed(WITH_MORE)
        && !adjective.ends_with("ed")
        && !adjective.ends_with("ing")
        && (count == 1 || count == 2 && adjective.ends_with('y') || listed(WITH_ENDING));
    let form = short
        .then(|| {
            inflect::add_degree(adjective, ending).into_iter().find(|form| lexicon.knows(form))
        })
        .flatten();
    form.unwrap_or_else(|| format!("{mark} {adjective}"))
}

/// Groups of vowels, a silent `e` at the end apart.
fn syllables(word: &str) -> usize {
    let stem = word
        .strip_suffix('e')
        .filter(|stem| stem.len() > 2 && !word.ends_with("le"))
        .unwrap_or(word);
    let mut before = false;
    let mut count = 0;
    for letter in stem.bytes() {
        let vowel = b"aeiouy".contains(&letter);
        count += usize::from(vowel && !before);
        before = vowel;
    }
    count.max(1)
}

/// `quick` → `quickly`, `easy` → `easily`, `good` → `well`; none where no such word is known.
pub fn adverb(lexicon: &Lexicon, adjective: &str) -> Option<String> {
    let form = match adjective {
        "good" => "well".to_owned(),
        "true" => "truly".to_owned(),
        "public" => "publicly".to_owned(),
        "full" => "fully".to_owned(),
        "fast" | "hard" | "early" | "late" | "high" | "low" | "straight" | "long" | "friendly" => {
            return None;
        }
        word if word.ends_with("ic") => format!("{word}ally"),
        word if word.ends_with("le") && word.len() > 4 => format!("{}y", &word[..word.len() - 1]),
        word if word.ends_with('y') => format!("{}ily", &word[..word.len() - 1]),
        word => format!("{word}ly"),
    };
    lexicon.knows(&form).then_some(form)
}

/// `happily` → `happy`, `well` → `good`, `beautifully` → `beautiful`.
pub fn adjective(lexicon: &Lexicon, written: &str) -> Option<String> {
    if written == "well" {
        return Some("good".to_owned());
    }
    let stem = written.strip_suffix("ly")?;
    let mut candidates = vec![stem.to_owned(), format!("{stem}le")];
    if let Some(short) = stem.strip_suffix('i') {
        candidates.insert(0, format!("{short}y"));
    }
    if let Some(short) = stem.strip_suffix("al") {
        candidates.push(short.to_owned());
    }
    candidates
        .into_iter()
        .find(|word| lexicon.knows(word) && adverb(lexicon, word).as_deref() == Some(written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_and_adverbs_are_formed() {
        let lexicon = Lexicon::load();
        for (word, more) in [
            ("tall", "taller"),
            ("heavy", "heavier"),
            ("difficult", "more difficult"),
            ("good", "better"),
            ("big", "bigger"),
            ("careful", "more careful"),
            ("nice", "nicer"),
        ] {
            assert_eq!(comparative(&lexicon, word), more);
        }
        assert_eq!(superlative(&lexicon, "beautiful"), "most beautiful");
        for (word, manner) in [
            ("quick", "quickly"),
            ("easy", "easily"),
            ("good", "well"),
            ("comfortable", "comfortably"),
        ] {
            assert_eq!(adverb(&lexicon, word).as_deref(), Some(manner));
            assert_eq!(adjective(&lexicon, manner).as_deref(), Some(word));
        }
        assert_eq!(adverb(&lexicon, "fast"), None);
    }
}
