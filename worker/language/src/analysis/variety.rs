//! British and American spelling: which of them a word shows, and which a text keeps to.

use crate::analysis::{Sentence, tokenise::Kind};
use std::{collections::HashMap, sync::LazyLock};

static TABLE: &str = include_str!("../../data/varieties.tsv");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variety {
    British,
    American,
}

/// A spelling that only one of the varieties has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    pub variety: Variety,
    /// The same word as the other variety spells it.
    pub other: String,
}

static SPELLINGS: LazyLock<HashMap<String, Spelling>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(british), Some(american), Some(ends)) =
            (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let (american, shared) = match american.strip_prefix('>') {
            Some(american) => (american, true),
            None => (american, false),
        };
        for end in ends.split(' ').map(|end| if end == "." { "" } else { end }) {
            let (british, american) = (format!("{british}{end}"), format!("{american}{end}"));
            if !shared {
                let spelling = Spelling { variety: Variety::American, other: british.clone() };
                all.insert(american.clone(), spelling);
            }
            all.insert(british, Spelling { variety: Variety::British, other: american });
        }
    }
    all
});

/// What the spelling of word `i` shows; none for names, and for the many words that both varieties spell alike.
pub fn spelling(sentence: &Sentence, i: usize) -> Option<&'static Spelling> {
    let token = sentence.tokens.get(i).filter(|token| token.kind == Kind::Word)?;
    let name = token.capitalised && (i > 0 || sentence.is_capitalised(1));
    SPELLINGS.get(&token.lower).filter(|_| !name)
}

/// The variety of most such words of a text, of equally many the first; none where all of them are of one variety.
pub fn kept(sentences: &[Sentence]) -> Option<Variety> {
    let shown: Vec<Variety> = sentences
        .iter()
        .flat_map(|sentence| (0..sentence.tokens.len()).filter_map(|i| spelling(sentence, i)))
        .map(|spelling| spelling.variety)
        .collect();
    let first = *shown.first()?;
    let same = shown.iter().filter(|variety| **variety == first).count();
    let other = *shown.iter().find(|variety| **variety != first)?;
    Some(if same * 2 >= shown.len() { first } else { other })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Lexicon, Text};

    fn of(text: &str) -> Option<Variety> {
        kept(&Text::new(text, &Lexicon::load()).sentences)
    }

    #[test]
    fn every_line_gives_spellings_that_the_dictionary_knows() {
        let lexicon = Lexicon::load();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            for end in cells[2].split(' ') {
                let end = if end == "." { "" } else { end };
                let british = SPELLINGS.get(&format!("{}{end}", cells[0])).expect(line);
                assert_eq!(british.variety, Variety::British);
                assert_ne!(british.other, format!("{}{end}", cells[0]));
            }
            let known = |stem: &str| {
                let stem = stem.trim_start_matches('>');
                cells[2]
                    .split(' ')
                    .any(|end| lexicon.knows(&format!("{stem}{}", end.trim_matches('.'))))
            };
            assert!(known(cells[1]), "{line}");
        }
    }

    #[test]
    fn most_words_decide_and_of_equally_many_the_first() {
        let mixed = "My favourite colour is gray. We visited the centre.";
        assert_eq!(of(mixed), Some(Variety::British));
        assert_eq!(of("The color is gray. My neighbour likes it."), Some(Variety::American));
        assert_eq!(of("The color is nice. My neighbour likes it."), Some(Variety::American));
    }

    #[test]
    fn one_variety_alone_and_shared_spellings_are_no_mixture() {
        for text in [
            "My favourite colour is grey.",
            "My favorite color is gray.",
            "I like the colour and I organize a trip.",
            "We checked the tires in the city centre.",
            "The colour of the World Trade Center is grey.",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
