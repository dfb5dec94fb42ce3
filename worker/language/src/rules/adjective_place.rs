//! Adjectives stand before their noun and have no plural: `a red car`, `a very beautiful girl`, `different opinions`.

use crate::{
    analysis::{Sentence, Tag, facts::Facts, words},
    confusions::decision::indefinite,
    rules::{
        edit,
        rule::{Proposal, Rule, Stage},
    },
};
use lexilingo_shared::errant::{Category, ErrantType};

pub struct AdjectivePlace;

const ORDER: ErrantType = ErrantType::replacement(Category::Wo);
const FORM: ErrantType = ErrantType::replacement(Category::AdjForm);

/// Adjectives that describe a thing lastingly and never follow it alone.
const DESCRIBING: &str = "red blue green yellow white black brown pink purple grey gray orange big small large beautiful \
    pretty nice new old expensive cheap long short tall interesting delicious modern famous friendly handsome \
    lovely colorful colourful difficult easy important dangerous kind clever intelligent strong comfortable \
    fast good bad young rich poor useful wonderful traditional";
/// After these the adjective says what becomes of the thing: "paint a wall red".
const RESULTS: &str = "make paint find keep consider call leave turn dye colour color get think believe want prefer wear see have";
const COLOURS: &str = "reds blues greens whites blacks yellows browns";

impl Rule for AdjectivePlace {
    fn name(&self) -> &'static str {
        "adjective-place"
    }

    fn stage(&self) -> Stage {
        Stage::Spelling
    }

    fn messages(&self) -> &'static [&'static str] {
        &["adjective-after-noun", "plural-adjective"]
    }

    fn find(&self, sentence: &Sentence) -> Vec<Proposal> {
        let tokens = 0..sentence.tokens.len();
        tokens
            .filter_map(|i| {
                plural(sentence, i)
                    .or_else(|| after_noun(sentence, i))
                    .or_else(|| pair_after_noun(sentence, i))
                    .or_else(|| in_order(sentence, i))
            })
            .collect()
    }
}

const SIZES: &str = "big small large little tiny huge long short tall old new young beautiful nice lovely ugly pretty \
    expensive cheap good bad comfortable";
const SHADES: &str = "red blue green yellow black white brown pink purple grey gray orange golden";
const MATERIALS: &str = "wooden plastic cotton silk woollen metal leather golden japanese chinese vietnamese french english \
    american korean italian";

/// `a wooden big table`, `a leather brown bag`: opinion and size, colour, then what it is made of.
fn in_order(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let rank = |word: &str| match () {
        () if words::among(SIZES, word) => Some(0),
        () if words::among(SHADES, word) => Some(1),
        () if words::among(MATERIALS, word) => Some(2),
        () => None,
    };
    let first = rank(sentence.word(i))?;
    let second = rank(sentence.word(i + 1))?;
    let noun =
        sentence.tagged(i + 2, Tag::is_common_noun) && sentence.has(i + 2, Facts::USUAL_NOUN);
    let compound = matches!(
        (sentence.word(i + 1), sentence.word(i + 2)),
        (_, "man" | "lady" | "people" | "woman" | "school")
    );
    let determined = i > 0
        && (words::is_determiner(sentence.word(i - 1))
            || sentence.tagged(i - 1, |tag| tag == Tag::Cd || tag.is_verb()));
    if first <= second || !noun || compound || !determined {
        return None;
    }
    let kind = (ErrantType::replacement(Category::Wo), "adjective-after-noun");
    // The article follows the sound of the word that is next to it now.
    let article = matches!(sentence.word(i - 1), "a" | "an");
    if article {
        let text = format!(
            "{} {} {}",
            indefinite(&sentence.tokens[i + 1]),
            sentence.word(i + 1),
            sentence.word(i)
        );
        return Some(Proposal::new(sentence, i - 1..i + 2, &text, kind, 0.9));
    }
    edit::reordered(sentence, &[i + 1..i + 2, i..i + 1], kind, 0.9)
}

/// `a car red.`, `a girl very beautiful.`
fn after_noun(sentence: &Sentence, article: usize) -> Option<Proposal> {
    if !matches!(sentence.word(article), "a" | "an") {
        return None;
    }
    let noun = article + 1;
    let graded = matches!(sentence.at(noun, 1), "very" | "so" | "really");
    let adjective = noun + 1 + usize::from(graded);
    let described =
        words::among(DESCRIBING, sentence.word(adjective)) && sentence.is_word(adjective);
    let thing = sentence.has(noun, Facts::SINGULAR | Facts::USUAL_NOUN)
        && !sentence.has(noun, Facts::USUAL_ADJECTIVE)
        && sentence.is_word(noun);
    if !described || !thing {
        return None;
    }
    let next = sentence.word(adjective + 1);
    let ends = adjective + 1 >= sentence.tokens.len()
        || matches!(
            next,
            "." | "!"
                | ","
                | "and"
                | "but"
                | "for"
                | "in"
                | "from"
                | "because"
                | "yesterday"
                | "with"
        );
    let noun_next = matches!(next, "and")
        && !(sentence.tagged(adjective + 2, Tag::is_adjective) || sentence.is_word(adjective + 2));
    let verb = article.checked_sub(1).map(|at| &sentence.tokens[at]);
    let result = verb.is_some_and(|verb| words::among(RESULTS, &verb.lemma))
        && !matches!(verb.map(|verb| verb.lemma.as_str()), Some("have" | "wear" | "see"));
    let governed = verb.is_some_and(|verb| verb.tag.is_verb() || verb.tag == Tag::In);
    let amount = matches!(
        sentence.word(noun),
        "bit"
            | "little"
            | "lot"
            | "way"
            | "day"
            | "year"
            | "time"
            | "thing"
            | "while"
            | "moment"
            | "few"
            | "kind"
    );
    if !ends || noun_next || result || !governed || amount {
        return None;
    }
    // The article follows the sound of the word that is next to it now.
    let first = noun + 1;
    let new = indefinite(&sentence.tokens[first]);
    let words = format!(
        "{new} {} {}",
        sentence.original(first..adjective + 1),
        sentence.original(noun..noun + 1)
    );
    let edit = edit::rewritten(
        sentence,
        article..adjective + 1,
        &words,
        (ORDER, "adjective-after-noun"),
        0.93,
    );
    Some(edit.with_clue(sentence.original(noun..noun + 1)))
}

/// `has hair long and black`.
fn pair_after_noun(sentence: &Sentence, noun: usize) -> Option<Proposal> {
    let (first, second) = (noun + 1, noun + 3);
    let verb = noun.checked_sub(1)?;
    let has = matches!(sentence.tokens[verb].lemma.as_str(), "have" | "with");
    let described = sentence.at(noun, 2) == "and"
        && words::among(DESCRIBING, sentence.word(first))
        && words::among(DESCRIBING, sentence.word(second))
        && !sentence.tagged(second + 1, Tag::is_noun);
    let thing = sentence.has(noun, Facts::USUAL_NOUN)
        && !sentence.has(noun, Facts::USUAL_ADJECTIVE)
        && sentence.tagged(noun, Tag::is_common_noun);
    let text = format!(
        "{} {} {}",
        sentence.original(first..first + 1),
        sentence.original(second..second + 1),
        sentence.original(noun..noun + 1)
    );
    (has && described && thing).then(|| {
        let kind = (ORDER, "adjective-after-noun");
        let edit = edit::rewritten(sentence, noun..second + 1, &text, kind, 0.9);
        edit.with_clue(sentence.original(noun..noun + 1))
    })
}

/// `differents opinions`, `reds cars`, `beautifuls places`.
fn plural(sentence: &Sentence, i: usize) -> Option<Proposal> {
    let word = sentence.word(i);
    let stem = word.strip_suffix('s')?;
    if stem.len() < 3 || sentence.is_capitalised(i) && i > 0 || !sentence.is_word(i) {
        return None;
    }
    let noun = sentence.has(i + 1, Facts::PLURAL | Facts::USUAL_NOUN)
        && !sentence.has(i + 1, Facts::SINGULAR)
        || matches!(sentence.at(i, 1), "people" | "children");
    let colour = words::among(COLOURS, word) && noun;
    let listed = matches!(
        stem,
        "different"
            | "important"
            | "beautiful"
            | "interesting"
            | "difficult"
            | "expensive"
            | "dangerous"
            | "famous"
            | "delicious"
            | "modern"
            | "new"
            | "many"
            | "other"
    ) && (noun || !sentence.has(i, Facts::KNOWN));
    let other = stem == "other" && noun && !sentence.has(i + 1, Facts::THIRD | Facts::USUAL_VERB);
    let listed = listed && !matches!(stem, "other" | "new" | "modern") || other;
    (colour || listed).then(|| {
        let edit = Proposal::new(sentence, i..i + 1, stem, (FORM, "plural-adjective"), 0.93);
        edit.with_clue(stem)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::proof::{expect, stays};

    #[test]
    fn adjectives_stand_before_and_have_no_plural() {
        expect(
            &AdjectivePlace,
            &[
                ("I have a car red.", "I have a red car."),
                ("She is a girl very beautiful.", "She is a very beautiful girl."),
                ("They live in a house big.", "They live in a big house."),
                ("I like reds cars.", "I like red cars."),
                ("We have differents opinions.", "We have different opinions."),
                ("It is a book interesting.", "It is an interesting book."),
                ("She has hair long and black.", "She has long black hair."),
            ],
        );
    }

    #[test]
    fn other_orders_stay() {
        stays(
            &AdjectivePlace,
            "
            He painted a wall red.
            It is a bit long.
            She has a red car.
            I saw a man in black.
            The blues are sad songs.
            We wait for the others.
            It is a day old.
            Her hair is long and black.
            ",
        );
    }
}
