//! `a` before a consonant sound, `an` before a vowel sound.

use crate::{
    analysis::{Sentence, facts::Facts, tokenise::Kind, words},
    rules::rule::{Proposal, Rule, Stage},
};
use harper_core::{Dialect, InitialSound, starts_with_vowel};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct ArticleForm;

const DET: ErrantType = ErrantType::replacement(Category::Det);

impl Rule for ArticleForm {
    fn name(&self) -> &'static str {
        "a-or-an"
    }

    fn stage(&self) -> Stage {
        Stage::Articles
    }

    fn messages(&self) -> &'static [&'static str] {
        &["a-before-consonant", "an-before-vowel"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        (0..sentence.tokens.len()).filter_map(|i| find_at(sentence, i)).collect()
    }
}

fn find_at(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let article = sentence.word(i);
    // A capital in mid-sentence is a letter or a grade: "vitamin A".
    // "An Cafe" is a name.
    let letter = sentence.is_capitalised(i) && (i > 0 || sentence.is_capitalised(i + 1));
    if !matches!(article, "a" | "an") || letter || !stands_before_noun(sentence, i + 1) {
        return None;
    }
    // "bread an butter": a mistyped `and`.
    if article == "an"
        && sentence.has(i + 1, Facts::PLURAL)
        && !sentence.has(i + 1, Facts::SINGULAR)
    {
        return None;
    }
    let wanted = match begins_with_vowel_sound(sentence, i + 1)? {
        true => "an",
        false => "a",
    };
    let message = if wanted == "an" { "an-before-vowel" } else { "a-before-consonant" };
    (wanted != article).then(|| {
        let next = sentence.original(i + 1..i + 2).to_owned();
        Proposal::new(sentence, i..i + 1, wanted, (DET, message), 0.97).with_clue(&next)
    })
}

fn stands_before_noun(sentence: &Sentence, next: usize) -> bool {
    let word = sentence.word(next);
    let adjacent = sentence.tokens.get(next).is_some_and(|token| {
        token.span.start == sentence.tokens[next - 1].span.end + 1 && !token.foreign
    });
    adjacent
        && !words::is_auxiliary(word)
        && !words::is_determiner(word)
        && !words::is_subject_pronoun(word)
        && !matches!(word, "and" | "or" | "to" | "of" | "in" | "on" | "at" | "if" | "as" | "i")
}

/// None where speakers differ (`an historic`) or the sound is not known.
fn begins_with_vowel_sound(sentence: &Sentence, i: usize) -> Option<bool> {
    let token = &sentence.tokens[i];
    let lower = token.lower.as_str();
    match token.kind {
        Kind::Number => {
            let digits: String = lower.chars().take_while(char::is_ascii_digit).collect();
            return match digits.as_str() {
                "11" | "18" => Some(true),
                digits if digits.starts_with('8') => Some(true),
                digits if digits.len() <= 2 => Some(false),
                _ => None,
            };
        }
        Kind::Compound if lower.starts_with(|c: char| c.is_ascii_digit()) => {
            let digits: String = lower.chars().take_while(char::is_ascii_digit).collect();
            return Some(matches!(digits.as_str(), "11" | "18") || digits.starts_with('8'));
        }
        Kind::Word | Kind::Compound => {}
        Kind::Punctuation | Kind::Opaque => return None,
    }
    let first_part = lower.split(['-', '‑', '\'']).next().unwrap_or(lower);
    // Unstressed h may be silent for some; abbreviations are read in two ways; unknown words are not guessed at.
    let own = sentence.original(i..i + 1);
    let abbreviation =
        own.chars().filter(|c| c.is_uppercase()).count() > 1 || own.chars().count() == 1;
    let either = first_part.starts_with("histor")
        || matches!(first_part, "hotel" | "habitual" | "herb" | "herbal");
    if abbreviation && !either {
        return spelt_out(own);
    }
    if abbreviation || either || !first_part.is_ascii() {
        return None;
    }
    if ["uni", "use", "usu", "eu", "one", "once", "ewe", "uti", "ubi"]
        .iter()
        .any(|s| first_part.starts_with(s))
    {
        let negated = ["unin", "unim", "unid", "onew"].iter().any(|s| first_part.starts_with(s));
        return Some(negated);
    }
    let chars: Vec<char> = first_part.chars().collect();
    match starts_with_vowel(&chars, Dialect::American)? {
        InitialSound::Vowel => Some(true),
        InitialSound::Consonant => Some(false),
        InitialSound::Either => None,
    }
}

/// Abbreviations with vowels that are read letter by letter all the same.
const INITIALISMS: &str = "MBA MRI NGO SOS FBI HIV IQ IT ID MA MC SUV EU UK US USA UN UFO USB UNESCO UV CEO CIA BA AI ATM";

/// `an MBA`, `a UFO`: the name of the first letter decides. None for what may be read as a word: `NATO`, `SIM`.
fn spelt_out(abbreviation: &str) -> Option<bool> {
    let consonants = abbreviation.len() > 1
        && abbreviation.chars().all(|c| c.is_ascii_uppercase() && !"AEIOUY".contains(c));
    let read_by_letters = consonants && !matches!(abbreviation, "SQL" | "LTD" | "MR" | "MRS")
        || words::among(INITIALISMS, abbreviation);
    let first = abbreviation.chars().next()?;
    read_by_letters.then(|| "AEFHILMNORSX".contains(first) && abbreviation != "EU")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn the_article_follows_the_sound() {
        expect(
            &ArticleForm,
            &[
                ("I eat a apple.", "I eat an apple."),
                ("He studies at an university.", "He studies at a university."),
                ("I have a old bicycle.", "I have an old bicycle."),
                ("Wait a hour.", "Wait an hour."),
                ("An book is here.", "A book is here."),
                ("She has an European friend.", "She has a European friend."),
                ("A 8-year-old boy came.", "An 8-year-old boy came."),
                ("It was a unusual day.", "It was an unusual day."),
                ("He is a MBA student.", "He is an MBA student."),
                ("I saw an UFO.", "I saw a UFO."),
            ],
        );
    }

    #[test]
    fn right_articles_stay() {
        stays(
            &ArticleForm,
            "
            a university
            an hour
            an honest mistake
            a one-way street
            an umbrella
            a uniform
            a European
            an MP
            an X-ray
            Vitamin A is good
            an historic day
            a useful idea
            an heir
            a house
            an uninteresting film
            an 18-year-old
            a phở shop
            bread an apples
            a NATO base
            a SIM card
            a CD
            an HR manager
            a US citizen
            a SQL query
            ",
        );
    }
}
