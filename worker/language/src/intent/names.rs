//! Finds the concept that a question names.

use crate::knowledge::{Concept, KnowledgeGraph};
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words of a question that are looked at.
pub const LONGEST: usize = 60;
/// Weight of a name that stands where questions put what they are about, in words.
const POINTED_AT: usize = 2;

/// Words after which a question names what it is about.
const POINTERS: &str = "use using between about on with explain mean means meaning of say practise practice practising \
    practicing for dùng về giữa của từ tập thì biệt thích luyện học cấu trúc";
/// Words that may stand between a pointer and the name.
const PASSED_OVER: &str =
    "the a an what word words verb verbs tense phrase rule từ thì động danh tính câu";

/// Words that may follow an article which is itself what is asked about: "When do I use the before names?"
const AFTER_ARTICLE: &str =
    "and or before with without in when for hay và với khi trước thế như được trong là vs";

/// Every way to name every concept.
pub struct ConceptNames {
    /// Normalised phrase → concept.
    exact: HashMap<String, String>,
    /// Vietnamese phrases of several words as they are typed without marks. One word alone has too many readings.
    unmarked: HashMap<String, String>,
    longest: usize,
}

/// A concept as a question names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub concept: String,
    /// The learner's words, normalised.
    pub words: String,
    /// It stands where questions put what they are about.
    pub pointed_at: bool,
}

impl Named {
    /// A single word may stand in a question by chance.
    pub fn is_sure(&self) -> bool {
        self.pointed_at || self.words.contains(' ')
    }
}

impl ConceptNames {
    pub fn of(graph: &KnowledgeGraph) -> ConceptNames {
        let (mut exact, mut unmarked) = (HashMap::new(), HashMap::new());
        let mut longest = 1;
        for concept in graph.concepts() {
            for phrase in phrases(concept) {
                let words = words(phrase);
                longest = longest.max(words.len());
                let phrase = words.join(" ");
                let folded = fold(&phrase);
                if words.len() > 1 && folded != phrase {
                    unmarked.insert(folded, concept.id.clone());
                }
                exact.insert(phrase, concept.id.clone());
            }
        }
        ConceptNames { exact, unmarked, longest }
    }

    /// The concept that the words name best: the longest name, one that is pointed at before others, the last of equals.
    pub fn find(&self, words: &[String]) -> Option<Named> {
        let words = &words[..words.len().min(LONGEST)];
        let mut best: Option<(usize, Named)> = None;
        for start in 0..words.len() {
            for length in 1..=self.longest.min(words.len() - start) {
                let phrase = words[start..start + length].join(" ");
                let Some(concept) = self.concept(&phrase) else { continue };
                if is_mere_article(&phrase, words.get(start + length)) {
                    continue;
                }
                let pointed_at = is_pointed_at(words, start);
                let weight = length + if pointed_at { POINTED_AT } else { 0 };
                if best.as_ref().is_none_or(|(most, _)| weight >= *most) {
                    best = Some((
                        weight,
                        Named { concept: concept.clone(), words: phrase, pointed_at },
                    ));
                }
            }
        }
        best.map(|(_, named)| named)
    }

    fn concept(&self, phrase: &str) -> Option<&String> {
        let found = self.exact.get(phrase).or_else(|| self.unmarked.get(phrase));
        // `gerunds` for `gerund`.
        found.or_else(|| self.exact.get(phrase.strip_suffix('s')?))
    }
}

/// Words in lower case, composed, with straight apostrophes; hyphens stay inside them.
pub fn words(text: &str) -> Vec<String> {
    let lower = text.nfc().collect::<String>().to_lowercase().replace(['’', '‘'], "'");
    let between = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '-' | '+');
    lower
        .split(between)
        .map(|word| word.trim_matches(['\'', '-']))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Titles, whole and up to their colon, and what else it is called.
fn phrases(concept: &Concept) -> impl Iterator<Item = &str> {
    let titles = [concept.title.en.as_str(), concept.title.vi.as_str()];
    let short = titles.map(|title| title.split(':').next().unwrap_or(title));
    titles.into_iter().chain(short).chain(concept.asked.iter().map(String::as_str))
}

/// Without the marks of Vietnamese: `mạo từ` → `mao tu`.
fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// True for an article that only goes with the word behind it: "the difference", "in the morning".
fn is_mere_article(phrase: &str, next: Option<&String>) -> bool {
    let named = |next: &String| AFTER_ARTICLE.split(' ').any(|word| word == next);
    matches!(phrase, "the" | "a" | "an") && next.is_some_and(|next| !named(next))
}

fn is_pointed_at(words: &[String], start: usize) -> bool {
    let among = |list: &str, word: &String| list.split_whitespace().any(|listed| listed == word);
    let before = words[..start].iter().rev();
    before
        .clone()
        .take(3)
        .find(|word| !among(PASSED_OVER, word) || among(POINTERS, word))
        .is_some_and(|word| among(POINTERS, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Option<String> {
        let names = ConceptNames::of(&KnowledgeGraph::load());
        names.find(&words(text)).map(|named| named.concept)
    }

    #[test]
    fn the_longest_name_wins_and_what_is_pointed_at() {
        assert_eq!(named("When do I use the present perfect?").as_deref(), Some("present-perfect"));
        assert_eq!(named("When should I use the?").as_deref(), Some("definite-article"));
        assert_eq!(named("Can you explain articles?").as_deref(), Some("articles"));
        assert_eq!(named("What is a qwertz?"), None);
    }

    #[test]
    fn vietnamese_names_are_found_with_and_without_marks() {
        for text in ["Giải thích thì hiện tại hoàn thành", "giai thich thi hien tai hoan thanh"]
        {
            assert_eq!(named(text).as_deref(), Some("present-perfect"), "{text}");
        }
    }

    #[test]
    fn words_lose_marks_but_keep_apostrophes_and_hyphens() {
        assert_eq!(words("Don’t use “well-known”, OK?"), ["don't", "use", "well-known", "ok"]);
    }
}
